using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Numerics;

/// <summary>
/// eˣ for x ≤ 0 in a loop, good to 2⁻⁴²: what <see cref="DoubleElementary.Decay{L}"/> gives where
/// <see cref="IDoubleLanes{L}.UsesShortSeries"/>.
/// </summary>
/// <remarks>
/// Its constants are made before the loop and stay in registers. Written into the formula, each of them would be loaded and spread over a
/// vector again for every vector, as the compiler moves none of them out of a loop of this size; at 512 bits, where a cycle has one load,
/// that takes longer than the arithmetic.
/// </remarks>
internal readonly struct LoopExponential<L>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly L _log2E, _rounder, _minusLn2, _c0, _c1, _c2, _c3, _c4, _c5, _c6, _c7;

    /// <param name="constants">The first of <see cref="Constants"/>, handed to the method in which the loop stands: a reference to numbers
    /// that the compiler does not know, so that it keeps the vectors made of them.</param>
    [MethodImpl(Inline)] public LoopExponential(ref double constants)
    {
        (_log2E, _rounder, _minusLn2) = (constants, Unsafe.Add(ref constants, 1), Unsafe.Add(ref constants, 2));
        (_c0, _c1) = (Unsafe.Add(ref constants, 3), Unsafe.Add(ref constants, 4));
        (_c2, _c3) = (Unsafe.Add(ref constants, 5), Unsafe.Add(ref constants, 6));
        (_c4, _c5) = (Unsafe.Add(ref constants, 7), Unsafe.Add(ref constants, 8));
        (_c6, _c7) = (Unsafe.Add(ref constants, 9), Unsafe.Add(ref constants, 10));
    }

    /// <summary>What the loops of all widths make their constants of.</summary>
    public static ref double Constants => ref MemoryMarshal.GetReference(Numbers);

    private static ReadOnlySpan<double> Numbers =>
    [
        DoubleConstants.Log2E, DoubleElementary.Rounder, -(DoubleConstants.Ln2High + DoubleConstants.Ln2Low),
        ShortExpSeries.C0, ShortExpSeries.C1, ShortExpSeries.C2, ShortExpSeries.C3,
        ShortExpSeries.C4, ShortExpSeries.C5, ShortExpSeries.C6, ShortExpSeries.C7,
    ];

    /// <summary>eˣ.</summary>
    [MethodImpl(Inline)] public L Of(L x)
    {
        x = L.AtLeast(DoubleElementary.SmallestExponent, x);
        L shifted = L.Fma(x, _log2E, _rounder), r = L.Fma(shifted - _rounder, _minusLn2, x), square = r * r;
        // Even and odd powers apart.
        L even = L.Fma(L.Fma(L.Fma(_c6, square, _c4), square, _c2), square, _c0);
        L odd = L.Fma(L.Fma(L.Fma(_c7, square, _c5), square, _c3), square, _c1);
        L p = L.Fma(L.Fma(odd, r, even), square, r), scale = L.PowerOfTwo(shifted);
        return L.Fma(p, scale, scale);
    }

    /// <summary>eˣ of two vectors in lock step: the processor does not look far enough ahead to begin the next while it waits.</summary>
    [MethodImpl(Inline)] public (L First, L Second) Of(L x, L u)
    {
        x = L.AtLeast(DoubleElementary.SmallestExponent, x);
        u = L.AtLeast(DoubleElementary.SmallestExponent, u);
        L shifted = L.Fma(x, _log2E, _rounder), shiftedU = L.Fma(u, _log2E, _rounder);
        L r = L.Fma(shifted - _rounder, _minusLn2, x), q = L.Fma(shiftedU - _rounder, _minusLn2, u);
        L square = r * r, squareU = q * q;
        L even = L.Fma(_c6, square, _c4), evenU = L.Fma(_c6, squareU, _c4);
        L odd = L.Fma(_c7, square, _c5), oddU = L.Fma(_c7, squareU, _c5);
        (even, evenU) = (L.Fma(even, square, _c2), L.Fma(evenU, squareU, _c2));
        (odd, oddU) = (L.Fma(odd, square, _c3), L.Fma(oddU, squareU, _c3));
        (even, evenU) = (L.Fma(even, square, _c0), L.Fma(evenU, squareU, _c0));
        (odd, oddU) = (L.Fma(odd, square, _c1), L.Fma(oddU, squareU, _c1));
        L p = L.Fma(odd, r, even), pU = L.Fma(oddU, q, evenU);
        (p, pU) = (L.Fma(p, square, r), L.Fma(pU, squareU, q));
        L scale = L.PowerOfTwo(shifted), scaleU = L.PowerOfTwo(shiftedU);
        return (L.Fma(p, scale, scale), L.Fma(pU, scaleU, scaleU));
    }
}
