using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct LogSigmoid
{
    static bool IElementwise<LogSigmoid>.KeepsDigits => true;

    static bool IElementwise<LogSigmoid>.DerivativeKeepsDigits => true;

    static bool IElementwise<LogSigmoid>.FloatsSuffice(in ParameterSet p) => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<LogSigmoid>.ForwardInFloats<S>(S x, in Parameters<S> p) => -FloatElementary.Softplus(-x);
}
