namespace Nonlinear;

public readonly partial struct Softmax
{
    static bool IAlongAxis<Softmax>.FloatsSuffice => true;

    static bool IAlongAxis<Softmax>.IsOfShares => true;
}
