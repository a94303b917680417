using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Numerics;

/// <summary>
/// eˣ for x ≤ 0 in a loop. As in <see cref="DoubleElementary.Decay{L}"/>, below -708 it stays at e⁻⁷⁰⁸, which is nothing to a float.
/// </summary>
/// <remarks>
/// Its constants are made before the loop and stay in registers. Written into the formula, each of them would be loaded and spread over a
/// vector again for every vector, as the compiler moves none of them out of a loop of this size; at 512 bits, where a cycle has one load,
/// that takes longer than the arithmetic.
/// </remarks>
internal readonly struct LoopExponential<L, TSeries>
    where L : struct, IReal<L>, IDoubleLanes<L>
    where TSeries : struct, IExpSeries
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly L _log2E, _rounder, _minusLn2, _c0, _c1, _c2, _c3, _c4, _c5, _c6, _c7;

    /// <param name="constants">The first of <see cref="IExpSeries.Constants"/>, handed to the method in which the loop stands: a reference
    /// to numbers that the compiler does not know, so that it keeps the vectors made of them.</param>
    [MethodImpl(Inline)] public LoopExponential(ref double constants)
    {
        (_log2E, _rounder, _minusLn2) = (DoubleConstants.Log2E * constants, DoubleElementary.Rounder * constants, -Ln2 * constants);
        (_c0, _c1) = (Unsafe.Add(ref constants, 1), Unsafe.Add(ref constants, 2));
        (_c2, _c3) = (Unsafe.Add(ref constants, 3), Unsafe.Add(ref constants, 4));
        (_c4, _c5) = (Unsafe.Add(ref constants, 5), Unsafe.Add(ref constants, 6));
        (_c6, _c7) = (Unsafe.Add(ref constants, 7), Unsafe.Add(ref constants, 8));
    }

    private static double Ln2 => DoubleConstants.Ln2High + DoubleConstants.Ln2Low;

    /// <summary>eˣ.</summary>
    [MethodImpl(Inline)] public L Of(L x)
    {
        x = L.AtLeast(DoubleElementary.SmallestExponent, x);
        L shifted = L.Fma(x, _log2E, _rounder), r = L.Fma(shifted - _rounder, _minusLn2, x), square = r * r;
        // Even and odd powers apart.
        L even = L.Fma(L.Fma(L.Fma(_c6, square, _c4), square, _c2), square, _c0);
        L odd = L.Fma(L.Fma(TSeries.HasC7 ? L.Fma(_c7, square, _c5) : _c5, square, _c3), square, _c1);
        L p = L.Fma(L.Fma(odd, r, even), square, r), scale = L.PowerOfTwo(shifted);
        return L.Fma(p, scale, scale);
    }
}

/// <summary>(e^r - 1 - r)/r² = C0 + C1 r + … for |r| ≤ log(2)/2.</summary>
internal interface IExpSeries
{
    /// <summary>1, C0, C1, … C7.</summary>
    static abstract ref double Constants { get; }

    /// <summary>Whether C7 is not 0.</summary>
    static abstract bool HasC7 { get; }
}

/// <summary>Good to 2⁻³⁷: for a share, 0.0001 units in the last place of a float.</summary>
internal readonly struct SeriesOfShares : IExpSeries
{
    public static bool HasC7 => false;

    public static ref double Constants => ref MemoryMarshal.GetReference(Numbers);

    private static ReadOnlySpan<double> Numbers =>
    [
        1, SoftmaxExpSeries.C0, SoftmaxExpSeries.C1, SoftmaxExpSeries.C2, SoftmaxExpSeries.C3, SoftmaxExpSeries.C4, SoftmaxExpSeries.C5,
        SoftmaxExpSeries.C6, 0,
    ];
}

/// <summary>Good to 2⁻⁴²: for a gradient, from which something may be left by cancellation.</summary>
internal readonly struct SeriesOfGradients : IExpSeries
{
    public static bool HasC7 => true;

    public static ref double Constants => ref MemoryMarshal.GetReference(Numbers);

    private static ReadOnlySpan<double> Numbers =>
    [
        1, ShortExpSeries.C0, ShortExpSeries.C1, ShortExpSeries.C2, ShortExpSeries.C3, ShortExpSeries.C4, ShortExpSeries.C5,
        ShortExpSeries.C6, ShortExpSeries.C7,
    ];
}
