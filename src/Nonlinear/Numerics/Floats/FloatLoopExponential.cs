using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Numerics;

/// <summary>
/// eˣ in the loops of softmax in the fast tier; its constants stay in registers, for the reason that <see cref="LoopExponential{L}"/> has.
/// </summary>
internal readonly struct FloatLoopExponential<S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly S _log2E, _rounder, _upRounder, _minusLn2High, _minusLn2Low, _c0, _c1, _c2, _c3, _c4;

    /// <param name="constants">The first of <see cref="Constants"/>, handed to the method in which the loop stands.</param>
    [MethodImpl(Inline)] public FloatLoopExponential(ref float constants)
    {
        (_log2E, _rounder, _upRounder) = (constants, Unsafe.Add(ref constants, 1), Unsafe.Add(ref constants, 9));
        (_minusLn2High, _minusLn2Low) = (Unsafe.Add(ref constants, 2), Unsafe.Add(ref constants, 3));
        (_c0, _c1, _c2) = (Unsafe.Add(ref constants, 4), Unsafe.Add(ref constants, 5), Unsafe.Add(ref constants, 6));
        (_c3, _c4) = (Unsafe.Add(ref constants, 7), Unsafe.Add(ref constants, 8));
    }

    /// <summary>What the loops of all widths make their constants of.</summary>
    public static ref float Constants => ref MemoryMarshal.GetReference(Numbers);

    private static ReadOnlySpan<float> Numbers =>
    [
        FloatConstants.Log2E, FloatElementary.Rounder, -FloatConstants.Ln2High, -FloatConstants.Ln2Low,
        FloatExpSeries.C0, FloatExpSeries.C1, FloatExpSeries.C2, FloatExpSeries.C3, FloatExpSeries.C4, FloatPower<S>.UpRounder,
    ];

    // With half as many registers there is no room for them beside two exponentials at a time.
    private static bool KeepsConstants => S.Count == 16;

    /// <summary>eˣ for |x| ≤ 80.</summary>
    [MethodImpl(Inline)] public S Of(S x) => Of(x, default, isPair: false);

    /// <summary>e^(x + low), where low is at most a place of x or so.</summary>
    [MethodImpl(Inline)] public S Of(S x, S low) => Of(x, low, isPair: true);

    [MethodImpl(Inline)] private S Of(S x, S low, bool isPair) => KeepsConstants
        ? Of(x, low, isPair, _log2E, _rounder, _minusLn2High, _minusLn2Low, _c0, _c1, _c2, _c3, _c4)
        : Of(
            x, low, isPair, FloatConstants.Log2E, FloatElementary.Rounder, -FloatConstants.Ln2High, -FloatConstants.Ln2Low,
            FloatExpSeries.C0, FloatExpSeries.C1, FloatExpSeries.C2, FloatExpSeries.C3, FloatExpSeries.C4);

    /// <summary>eˣ for x ≤ 20, also where it is subnormal: what <see cref="FloatElementary.Exp{S}"/> gives.</summary>
    [MethodImpl(Inline)] public S OfAny(S x) => !KeepsConstants
        ? FloatElementary.Exp(x)
        : Of(
            S.AtLeast(-FloatElementary.EndOfDecay, x), default, isPair: false, _log2E, _upRounder, _minusLn2High, _minusLn2Low,
            _c0, _c1, _c2, _c3, _c4)
            * FloatPower<S>.Lower;

    [MethodImpl(Inline)]
    private static S Of(
        S x, S low, bool isPair, S log2E, S rounder, S minusLn2High, S minusLn2Low, S c0, S c1, S c2, S c3, S c4)
    {
        S shifted = S.Fma(x, log2E, rounder), k = shifted - rounder, r = S.Fma(k, minusLn2High, x);
        r = isPair ? r + S.Fma(k, minusLn2Low, low) : S.Fma(k, minusLn2Low, r);
        S square = r * r;
        S series = S.Fma(S.Fma(c4, square, S.Fma(c3, r, c2)), square, S.Fma(c1, r, c0));
        S p = S.Fma(series, square, r), scale = S.PowerOfTwo(shifted);
        return S.Fma(p, scale, scale);
    }
}
