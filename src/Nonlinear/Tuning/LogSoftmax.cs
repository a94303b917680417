namespace Nonlinear;

public readonly partial struct LogSoftmax
{
    static bool IAlongAxis<LogSoftmax>.UsesExponential => false;

    static bool IAlongAxis<LogSoftmax>.FloatsSuffice => true;
}
