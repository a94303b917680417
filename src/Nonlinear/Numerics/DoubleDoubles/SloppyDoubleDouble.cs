using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// A number as the unevaluated sum of two doubles, which may overlap in a few bits: good to about 2⁻⁵⁷, which is what a double result
/// within an ulp needs where nothing cancels in the formula.
/// </summary>
/// <remarks>
/// As in <see cref="DoubleDouble{L}"/>, less the steps that only put the two parts in order; |<see cref="Low"/>| is at most about 2⁻⁴⁵
/// |<see cref="High"/>|. Those elementary functions that have no short form are those of the pair.
/// </remarks>
internal readonly struct SloppyDoubleDouble<L>(L high, L low) : IReal<SloppyDoubleDouble<L>>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public readonly L High = high, Low = low;

    /// <summary>The nearest double.</summary>
    public L Rounded { [MethodImpl(Inline)] get => High + Low; }

    [MethodImpl(Inline)] public static implicit operator SloppyDoubleDouble<L>(double value) => new(value, 0);
    [MethodImpl(Inline)] public static implicit operator SloppyDoubleDouble<L>(L value) => new(value, 0);
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Of(Constant constant) => new(constant.High, constant.Low);

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> operator +(SloppyDoubleDouble<L> a, SloppyDoubleDouble<L> b)
    {
        L sum = a.High + b.High, shift = sum - a.High;
        return new(sum, a.High - (sum - shift) + (b.High - shift) + (a.Low + b.Low));
    }

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> operator -(SloppyDoubleDouble<L> a, SloppyDoubleDouble<L> b) => a + -b;
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> operator -(SloppyDoubleDouble<L> a) => new(-a.High, -a.Low);

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> operator *(SloppyDoubleDouble<L> a, SloppyDoubleDouble<L> b)
    {
        L product = a.High * b.High;
        return new(product, L.Fma(a.High, b.Low, L.Fma(a.Low, b.High, L.Fms(a.High, b.High, product))));
    }

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> operator /(SloppyDoubleDouble<L> a, SloppyDoubleDouble<L> b)
    {
        L quotient = a.High / b.High;
        return new(quotient, (L.Fma(-quotient, b.High, a.High) + L.Fma(-quotient, b.Low, a.Low)) / b.High);
    }

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> operator <(SloppyDoubleDouble<L> a, SloppyDoubleDouble<L> b) =>
        a.High - b.High + (a.Low - b.Low) < 0;
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> operator >(SloppyDoubleDouble<L> a, SloppyDoubleDouble<L> b) => b < a;

    [MethodImpl(Inline)]
    public static SloppyDoubleDouble<L> Select(
        SloppyDoubleDouble<L> mask, SloppyDoubleDouble<L> whereTrue, SloppyDoubleDouble<L> whereFalse) =>
        new(L.Select(mask.High, whereTrue.High, whereFalse.High), L.Select(mask.High, whereTrue.Low, whereFalse.Low));

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> WithAllDigits(SloppyDoubleDouble<L> factor) =>
        new(L.SelectGreater(DoubleRange.LeastExact, L.Abs(factor.High), double.NaN, factor.High), factor.Low);

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Max(SloppyDoubleDouble<L> a, SloppyDoubleDouble<L> b) =>
        Of(DoubleDouble<L>.Max(a.ToDoubleDouble(), b.ToDoubleDouble()));
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Abs(SloppyDoubleDouble<L> x) => Of(DoubleDouble<L>.Abs(x.ToDoubleDouble()));

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Expm1(SloppyDoubleDouble<L> x) => SloppyDoubleDoubleElementary.Expm1(x);
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Tanh(SloppyDoubleDouble<L> x) => SloppyDoubleDoubleElementary.Tanh(x);
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Sigmoid(SloppyDoubleDouble<L> x) => SloppyDoubleDoubleElementary.Sigmoid(x);
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> TanhSoftplus(SloppyDoubleDouble<L> x) =>
        SloppyDoubleDoubleElementary.TanhSoftplus(x);
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> NormalCdf(SloppyDoubleDouble<L> x) =>
        SloppyDoubleDoubleElementary.NormalCdf(x);

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Exp(SloppyDoubleDouble<L> x) =>
        Of(DoubleDoubleElementary.Exp(x.ToDoubleDouble()));
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Log1p(SloppyDoubleDouble<L> x) =>
        Of(DoubleDoubleElementary.Log1p(x.ToDoubleDouble()));
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Log(SloppyDoubleDouble<L> x) =>
        Of(DoubleDoubleElementary.Log(x.ToDoubleDouble()));
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Sqrt(SloppyDoubleDouble<L> x) =>
        Of(DoubleDoubleElementary.Sqrt(x.ToDoubleDouble()));
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Sin(SloppyDoubleDouble<L> x) =>
        Of(DoubleDoubleTrigonometry.Sin(x.ToDoubleDouble()));
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Cos(SloppyDoubleDouble<L> x) =>
        Of(DoubleDoubleTrigonometry.Cos(x.ToDoubleDouble()));
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Erf(SloppyDoubleDouble<L> x) =>
        Of(DoubleDoubleElementary.Erf(x.ToDoubleDouble()));
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> TanhDerivative(SloppyDoubleDouble<L> x) =>
        Of(DoubleDoubleElementary.TanhDerivative(x.ToDoubleDouble()));
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> SigmoidDerivative(SloppyDoubleDouble<L> x) =>
        Of(DoubleDoubleElementary.SigmoidDerivative(x.ToDoubleDouble()));
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> TanhSoftplusDerivative(SloppyDoubleDouble<L> x) =>
        Of(DoubleDoubleElementary.TanhSoftplusDerivative(x.ToDoubleDouble()));
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> NormalPdf(SloppyDoubleDouble<L> x) =>
        Of(DoubleDoubleElementary.NormalPdf(x.ToDoubleDouble()));

    [MethodImpl(Inline)] private static SloppyDoubleDouble<L> Of(DoubleDouble<L> pair) => new(pair.High, pair.Low);
    [MethodImpl(Inline)] private DoubleDouble<L> ToDoubleDouble() => DoubleDouble<L>.QuickSum(High, Low);
}
