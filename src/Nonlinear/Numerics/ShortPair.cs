using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// A number as the unevaluated sum of two doubles, which may overlap in a few bits: good to about 2⁻⁵⁷, which is what a double result within an ulp
/// needs where nothing cancels in the formula.
/// </summary>
/// <remarks>
/// As in <see cref="Pair{L}"/>, less the steps that only put the two parts in order; |<see cref="Low"/>| is at most about 2⁻⁴⁵ |<see cref="High"/>|.
/// Those elementary functions that have no short form are those of the pair.
/// </remarks>
internal readonly struct ShortPair<L>(L high, L low) : IReal<ShortPair<L>>
    where L : struct, IReal<L>, ILanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public readonly L High = high, Low = low;

    /// <summary>The nearest double.</summary>
    public L Rounded { [MethodImpl(Inline)] get => High + Low; }

    [MethodImpl(Inline)] public static implicit operator ShortPair<L>(double value) => new(value, 0);
    [MethodImpl(Inline)] public static implicit operator ShortPair<L>(L value) => new(value, 0);
    [MethodImpl(Inline)] public static ShortPair<L> Of(Constant constant) => new(constant.High, constant.Low);

    [MethodImpl(Inline)] public static ShortPair<L> operator +(ShortPair<L> a, ShortPair<L> b)
    {
        L sum = a.High + b.High, shift = sum - a.High;
        return new(sum, a.High - (sum - shift) + (b.High - shift) + (a.Low + b.Low));
    }

    [MethodImpl(Inline)] public static ShortPair<L> operator -(ShortPair<L> a, ShortPair<L> b) => a + -b;
    [MethodImpl(Inline)] public static ShortPair<L> operator -(ShortPair<L> a) => new(-a.High, -a.Low);

    [MethodImpl(Inline)] public static ShortPair<L> operator *(ShortPair<L> a, ShortPair<L> b)
    {
        L product = a.High * b.High;
        return new(product, L.Fma(a.High, b.Low, L.Fma(a.Low, b.High, L.Fms(a.High, b.High, product))));
    }

    [MethodImpl(Inline)] public static ShortPair<L> operator /(ShortPair<L> a, ShortPair<L> b)
    {
        L quotient = a.High / b.High;
        return new(quotient, (L.Fma(-quotient, b.High, a.High) + L.Fma(-quotient, b.Low, a.Low)) / b.High);
    }

    [MethodImpl(Inline)] public static ShortPair<L> operator <(ShortPair<L> a, ShortPair<L> b) => a.High - b.High + (a.Low - b.Low) < 0;
    [MethodImpl(Inline)] public static ShortPair<L> operator >(ShortPair<L> a, ShortPair<L> b) => b < a;

    [MethodImpl(Inline)] public static ShortPair<L> Select(ShortPair<L> mask, ShortPair<L> whereTrue, ShortPair<L> whereFalse) =>
        new(L.Select(mask.High, whereTrue.High, whereFalse.High), L.Select(mask.High, whereTrue.Low, whereFalse.Low));

    [MethodImpl(Inline)] public static ShortPair<L> Max(ShortPair<L> a, ShortPair<L> b) => Of(Pair<L>.Max(a.ToPair(), b.ToPair()));
    [MethodImpl(Inline)] public static ShortPair<L> Abs(ShortPair<L> x) => Of(Pair<L>.Abs(x.ToPair()));

    [MethodImpl(Inline)] public static ShortPair<L> Expm1(ShortPair<L> x) => ShortPairElementary.Expm1(x);
    [MethodImpl(Inline)] public static ShortPair<L> Tanh(ShortPair<L> x) => ShortPairElementary.Tanh(x);
    [MethodImpl(Inline)] public static ShortPair<L> Sigmoid(ShortPair<L> x) => ShortPairElementary.Sigmoid(x);
    [MethodImpl(Inline)] public static ShortPair<L> TanhSoftplus(ShortPair<L> x) => ShortPairElementary.TanhSoftplus(x);
    [MethodImpl(Inline)] public static ShortPair<L> NormalCdf(ShortPair<L> x) => ShortPairElementary.NormalCdf(x);

    [MethodImpl(Inline)] public static ShortPair<L> Exp(ShortPair<L> x) => Of(PairElementary.Exp(x.ToPair()));
    [MethodImpl(Inline)] public static ShortPair<L> Log1p(ShortPair<L> x) => Of(PairElementary.Log1p(x.ToPair()));
    [MethodImpl(Inline)] public static ShortPair<L> TanhSlope(ShortPair<L> x) => Of(PairElementary.TanhSlope(x.ToPair()));
    [MethodImpl(Inline)] public static ShortPair<L> SigmoidSlope(ShortPair<L> x) => Of(PairElementary.SigmoidSlope(x.ToPair()));
    [MethodImpl(Inline)] public static ShortPair<L> TanhSoftplusSlope(ShortPair<L> x) => Of(PairElementary.TanhSoftplusSlope(x.ToPair()));
    [MethodImpl(Inline)] public static ShortPair<L> NormalPdf(ShortPair<L> x) => Of(PairElementary.NormalPdf(x.ToPair()));

    [MethodImpl(Inline)] public static ShortPair<L> NearRoot(ShortPair<L> x, Root root, ShortPair<L> elsewhere) =>
        Of(Pair<L>.NearRoot(x.ToPair(), root, elsewhere.ToPair()));

    [MethodImpl(Inline)] private static ShortPair<L> Of(Pair<L> pair) => new(pair.High, pair.Low);
    [MethodImpl(Inline)] private Pair<L> ToPair() => Pair<L>.QuickSum(High, Low);
}
