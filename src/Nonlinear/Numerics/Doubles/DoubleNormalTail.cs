using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The tail of the standard normal law, Φ(-t), over lanes of doubles: what GELU is below 0.</summary>
/// <remarks>
/// e^(-t²/2) times u = 1 / (1 + t / c) times a factor that varies slowly, of which a polynomial is taken: for t up to 19.7, for what lies
/// beyond vanishes in a float even when it is multiplied by the largest; who multiplies it by two of them looks at <see cref="End"/>.
/// </remarks>
internal static class DoubleNormalTail
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Up to this t it is right.</summary>
    public const double End = 19.7;

    /// <summary>u from t ≥ 0. It is worked out ahead of e^(-t²/2), which is ready as late as the quotient.</summary>
    [MethodImpl(Inline)] public static L Argument<L>(L t)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        double middle = L.UsesShortSeries ? 5 : 6;
        return middle / (L.AtMost(End, t) + middle);
    }

    /// <summary>e^(t²/2) Φ(-t) from u.</summary>
    [MethodImpl(Inline)] public static L Ratio<L>(L u)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        u * (L.UsesShortSeries ? ShortFactor(u) : LongFactor(L.Fma(u, LongTailFactor.Scale, -LongTailFactor.Shift)));

    // e^(t²/2) Φ(-t) / u in u = 5 / (t + 5). Even and odd powers apart, so that fewer steps wait for each other.
    [MethodImpl(Inline)] private static L ShortFactor<L>(L u)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = u * u;
        L even = L.Fma(ShortTailFactor.C14, square, ShortTailFactor.C12);
        even = L.Fma(even, square, ShortTailFactor.C10);
        even = L.Fma(even, square, ShortTailFactor.C8);
        even = L.Fma(even, square, ShortTailFactor.C6);
        even = L.Fma(even, square, ShortTailFactor.C4);
        even = L.Fma(even, square, ShortTailFactor.C2);
        even = L.Fma(even, square, ShortTailFactor.C0);
        L odd = L.Fma(ShortTailFactor.C15, square, ShortTailFactor.C13);
        odd = L.Fma(odd, square, ShortTailFactor.C11);
        odd = L.Fma(odd, square, ShortTailFactor.C9);
        odd = L.Fma(odd, square, ShortTailFactor.C7);
        odd = L.Fma(odd, square, ShortTailFactor.C5);
        odd = L.Fma(odd, square, ShortTailFactor.C3);
        odd = L.Fma(odd, square, ShortTailFactor.C1);
        return L.Fma(odd, u, even);
    }

    // The same in the s that maps u = 6 / (t + 6) onto -1 to 1.
    [MethodImpl(Inline)] private static L LongFactor<L>(L s)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = s * s;
        L even = L.Fma(LongTailFactor.C20, square, LongTailFactor.C18);
        even = L.Fma(even, square, LongTailFactor.C16);
        even = L.Fma(even, square, LongTailFactor.C14);
        even = L.Fma(even, square, LongTailFactor.C12);
        even = L.Fma(even, square, LongTailFactor.C10);
        even = L.Fma(even, square, LongTailFactor.C8);
        even = L.Fma(even, square, LongTailFactor.C6);
        even = L.Fma(even, square, LongTailFactor.C4);
        even = L.Fma(even, square, LongTailFactor.C2);
        even = L.Fma(even, square, LongTailFactor.C0);
        L odd = L.Fma(LongTailFactor.C19, square, LongTailFactor.C17);
        odd = L.Fma(odd, square, LongTailFactor.C15);
        odd = L.Fma(odd, square, LongTailFactor.C13);
        odd = L.Fma(odd, square, LongTailFactor.C11);
        odd = L.Fma(odd, square, LongTailFactor.C9);
        odd = L.Fma(odd, square, LongTailFactor.C7);
        odd = L.Fma(odd, square, LongTailFactor.C5);
        odd = L.Fma(odd, square, LongTailFactor.C3);
        odd = L.Fma(odd, square, LongTailFactor.C1);
        return L.Fma(odd, s, even);
    }
}
