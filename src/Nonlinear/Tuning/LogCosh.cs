using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct LogCosh
{
    // With m = 1 - e^-|x| it is log(1 + ½ m² / (1 - m)), and far from 0 |x| - log 2 + log(1 + (1 - m)²): one exponential, one logarithm.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<LogCosh>.ForwardWithSeries<V>(V x, in Parameters<V> p)
    {
        V size = V.Abs(x), m = -V.Expm1(-size), decay = 1 - m, isFar = size > 1;
        V log = V.Log1pOfFraction(V.Select(isFar, decay * decay, 0.5 * (m * m) / V.Max(decay, 0.25)));
        return V.Select(isFar, size - V.Of(DoubleElementary.LogTwo) + log, log);
    }
}
