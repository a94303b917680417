namespace Nonlinear;

public readonly partial struct Softmin
{
    static bool IAlongAxis<Softmin>.FloatsSuffice => true;

    static bool IAlongAxis<Softmin>.IsOfShares => true;
}
