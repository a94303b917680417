using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct LogCosh
{
    // cosh x = 1 + 2 sinh²(x/2), and sinh(x/2) = (m + m / (m + 1)) / 2 with m = e^(|x|/2) - 1; far from 0 it is |x| - log 2 and a rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<LogCosh>.ForwardWithSeries<V>(V x, in Parameters<V> p)
    {
        V size = V.Abs(x), m = V.Expm1(0.5 * V.Min(size, 2)), twice = m + (m / (m + 1));
        V far = size - V.Of(DoubleElementary.LogTwo) + V.Log1p(V.Exp(-2 * size));
        return V.Select(size > 1, far, V.Log1p(0.5 * (twice * twice)));
    }

    // With m = 1 - e^-|x| it is log(1 + ½ m² / (1 - m)), and far from 0 |x| - log 2 + log(1 + (1 - m)²): one exponential and one logarithm,
    // but next to 0 fewer digits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IElementwise<LogCosh>.ForwardInDoubles<L>(L x, in Parameters<L> p)
    {
        L size = L.Abs(x), m = -L.Expm1(-size), decay = 1 - m, isFar = size > 1;
        L log = L.Log1pOfFraction(L.Select(isFar, decay * decay, 0.5 * (m * m) / L.AtLeast(0.25, decay)));
        return L.Select(isFar, size - L.Of(DoubleElementary.LogTwo) + log, log);
    }
}
