namespace Nonlinear;

public readonly partial struct LogSigmoid
{
    static bool IElementwise<LogSigmoid>.KeepsDigits => true;
}
