using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// The polynomial p(s) of the tail of the standard normal law, (1 + t) e^(t²/2) Φ(-t) from t = 0 to 40, as sloppy double-doubles take it.
/// </summary>
internal static class SloppyDoubleDoubleNormalTail
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Even and odd powers apart, so that fewer steps wait for each other.
    /// <summary>(p(s) - p(0)) / s</summary>
    [MethodImpl(Inline)] public static L Quotient<L>(L s)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = s * s;
        L even = L.Fma(SloppyTailPolynomial.C23, square, SloppyTailPolynomial.C21);
        even = L.Fma(even, square, SloppyTailPolynomial.C19);
        even = L.Fma(even, square, SloppyTailPolynomial.C17);
        even = L.Fma(even, square, SloppyTailPolynomial.C15);
        even = L.Fma(even, square, SloppyTailPolynomial.C13);
        even = L.Fma(even, square, SloppyTailPolynomial.C11);
        even = L.Fma(even, square, SloppyTailPolynomial.C9);
        even = L.Fma(even, square, SloppyTailPolynomial.C7);
        even = L.Fma(even, square, SloppyTailPolynomial.C5);
        even = L.Fma(even, square, SloppyTailPolynomial.C3);
        even = L.Fma(even, square, SloppyTailPolynomial.C1);
        L odd = L.Fma(SloppyTailPolynomial.C24, square, SloppyTailPolynomial.C22);
        odd = L.Fma(odd, square, SloppyTailPolynomial.C20);
        odd = L.Fma(odd, square, SloppyTailPolynomial.C18);
        odd = L.Fma(odd, square, SloppyTailPolynomial.C16);
        odd = L.Fma(odd, square, SloppyTailPolynomial.C14);
        odd = L.Fma(odd, square, SloppyTailPolynomial.C12);
        odd = L.Fma(odd, square, SloppyTailPolynomial.C10);
        odd = L.Fma(odd, square, SloppyTailPolynomial.C8);
        odd = L.Fma(odd, square, SloppyTailPolynomial.C6);
        odd = L.Fma(odd, square, SloppyTailPolynomial.C4);
        odd = L.Fma(odd, square, SloppyTailPolynomial.C2);
        return L.Fma(odd, s, even);
    }

    /// <summary>p′(s)</summary>
    [MethodImpl(Inline)] public static L Derivative<L>(L s)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(SloppyTailDerivative.C5, s, SloppyTailDerivative.C4);
        sum = L.Fma(sum, s, SloppyTailDerivative.C3);
        sum = L.Fma(sum, s, SloppyTailDerivative.C2);
        sum = L.Fma(sum, s, SloppyTailDerivative.C1);
        return L.Fma(sum, s, SloppyTailDerivative.C0);
    }
}
