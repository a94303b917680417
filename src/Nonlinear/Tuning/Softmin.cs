namespace Nonlinear;

public readonly partial struct Softmin
{
    static bool IAlongAxis<Softmin>.FloatsSuffice => true;
}
