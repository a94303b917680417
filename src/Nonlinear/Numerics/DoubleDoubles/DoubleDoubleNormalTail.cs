using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The tail of the standard normal law over double-doubles: what GELU is below 0, on doubles.</summary>
internal static class DoubleDoubleNormalTail
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Where the polynomial ends.</summary>
    public const double End = 40;

    private const double Middle = 4;

    private static Constant SixFifths => new(DoubleConstants.SixFifths, DoubleConstants.SixFifthsLow, "1.2");

    /// <summary>
    /// e^(t²/2) Φ(-t) for t ≥ 0. Times 1 + t it is a polynomial in s = (1.2 t - 4) / (t + 4), which maps 0 to 40 onto -1 to 1.
    /// </summary>
    [MethodImpl(Inline)] public static DoubleDouble<L> Ratio<L>(DoubleDouble<L> t)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        t = DoubleDoubleElementary.Bound(t, 0, End);
        DoubleDouble<L> s = (DoubleDouble<L>.Of(SixFifths) * t - Middle) / (t + Middle);
        return Polynomial(s) / (1 + t);
    }

    // The six leading terms need more than a double.
    [MethodImpl(OutOfLine)] private static DoubleDouble<L> Polynomial<L>(DoubleDouble<L> s)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> sum = PolynomialEnd(s.High);
        sum = sum * s + new DoubleDouble<L>(DoubleDoubleTailPolynomial.C5, DoubleDoubleTailPolynomial.C5Low);
        sum = sum * s + new DoubleDouble<L>(DoubleDoubleTailPolynomial.C4, DoubleDoubleTailPolynomial.C4Low);
        sum = sum * s + new DoubleDouble<L>(DoubleDoubleTailPolynomial.C3, DoubleDoubleTailPolynomial.C3Low);
        sum = sum * s + new DoubleDouble<L>(DoubleDoubleTailPolynomial.C2, DoubleDoubleTailPolynomial.C2Low);
        sum = sum * s + new DoubleDouble<L>(DoubleDoubleTailPolynomial.C1, DoubleDoubleTailPolynomial.C1Low);
        sum = sum * s + new DoubleDouble<L>(DoubleDoubleTailPolynomial.C0, DoubleDoubleTailPolynomial.C0Low);
        return sum;
    }

    [MethodImpl(Inline)] private static L PolynomialEnd<L>(L s)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(DoubleDoubleTailPolynomial.C28, s, DoubleDoubleTailPolynomial.C27);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C26);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C25);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C24);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C23);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C22);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C21);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C20);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C19);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C18);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C17);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C16);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C15);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C14);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C13);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C12);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C11);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C10);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C9);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C8);
        sum = L.Fma(sum, s, DoubleDoubleTailPolynomial.C7);
        return L.Fma(sum, s, DoubleDoubleTailPolynomial.C6);
    }
}
