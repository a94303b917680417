using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct LogSoftmax
{
    static bool IAlongAxis<LogSoftmax>.UsesExponential => false;

    static bool IAlongAxis<LogSoftmax>.FloatsSuffice => true;

    static bool IAlongAxis<LogSoftmax>.IsOfShares => true;

    static bool IAlongAxis<LogSoftmax>.BackwardUsesExponential => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IAlongAxis<LogSoftmax>.BackwardWith<V>(V exponential, V dy, V sum) => dy - exponential * sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IAlongAxis<LogSoftmax>.TangentTermWith<V>(V exponential, V v) => exponential * v;
}
