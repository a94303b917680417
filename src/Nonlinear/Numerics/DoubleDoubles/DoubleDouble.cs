using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// A number as the unevaluated sum of two doubles, to about 2⁻¹⁰⁴: what double results are computed over, and rounded from once.
/// </summary>
/// <remarks>
/// The algorithms are those of Dekker (1971) and Knuth, with the products by fused multiply-add. An infinite high part leaves the low
/// part undefined; <see cref="DoubleDoubleElementary"/> bounds its arguments first.
/// </remarks>
internal readonly struct DoubleDouble<L>(L high, L low) : IReal<DoubleDouble<L>>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    public readonly L High = high, Low = low;

    [MethodImpl(Inline)] public static implicit operator DoubleDouble<L>(double value) => new(value, 0);
    [MethodImpl(Inline)] public static implicit operator DoubleDouble<L>(L value) => new(value, 0);
    [MethodImpl(Inline)] public static DoubleDouble<L> Of(Constant constant) => new(constant.High, constant.Low);

    /// <summary>a + b exactly, whatever their sizes.</summary>
    [MethodImpl(Inline)] public static DoubleDouble<L> Sum(L a, L b)
    {
        L sum = a + b, shift = sum - a;
        return new(sum, a - (sum - shift) + (b - shift));
    }

    /// <summary>a + b exactly where |a| ≥ |b| or a = 0.</summary>
    [MethodImpl(Inline)] public static DoubleDouble<L> QuickSum(L a, L b)
    {
        L sum = a + b;
        return new(sum, b - (sum - a));
    }

    /// <summary>a · b exactly.</summary>
    [MethodImpl(Inline)] public static DoubleDouble<L> Product(L a, L b)
    {
        L product = a * b;
        return new(product, L.Fma(a, b, -product));
    }

    // The operators repeat Sum, Product and QuickSum line by line: nested calls would use up the locals that the compiler inlines into.
    [MethodImpl(Inline)] public static DoubleDouble<L> operator +(DoubleDouble<L> a, DoubleDouble<L> b)
    {
        L sum = a.High + b.High, shift = sum - a.High;
        L low = a.High - (sum - shift) + (b.High - shift) + (a.Low + b.Low);
        L high = sum + low;
        return new(high, low - (high - sum));
    }

    [MethodImpl(Inline)] public static DoubleDouble<L> operator -(DoubleDouble<L> a, DoubleDouble<L> b) => a + -b;
    [MethodImpl(Inline)] public static DoubleDouble<L> operator -(DoubleDouble<L> a) => new(-a.High, -a.Low);

    [MethodImpl(Inline)] public static DoubleDouble<L> operator *(DoubleDouble<L> a, DoubleDouble<L> b)
    {
        L product = a.High * b.High;
        L low = L.Fma(a.High, b.Low, L.Fma(a.Low, b.High, L.Fma(a.High, b.High, -product)));
        L high = product + low;
        return new(high, low - (high - product));
    }

    [MethodImpl(Inline)] public static DoubleDouble<L> operator /(DoubleDouble<L> a, DoubleDouble<L> b)
    {
        L quotient = a.High / b.High;
        L low = (L.Fma(-quotient, b.High, a.High) + L.Fma(-quotient, b.Low, a.Low)) / b.High;
        L high = quotient + low;
        return new(high, low - (high - quotient));
    }

    [MethodImpl(Inline)] public static DoubleDouble<L> operator <(DoubleDouble<L> a, DoubleDouble<L> b) =>
        a.High - b.High + (a.Low - b.Low) < 0;
    [MethodImpl(Inline)] public static DoubleDouble<L> operator >(DoubleDouble<L> a, DoubleDouble<L> b) => b < a;

    [MethodImpl(Inline)]
    public static DoubleDouble<L> Select(DoubleDouble<L> mask, DoubleDouble<L> whereTrue, DoubleDouble<L> whereFalse) =>
        new(L.Select(mask.High, whereTrue.High, whereFalse.High), L.Select(mask.High, whereTrue.Low, whereFalse.Low));

    [MethodImpl(Inline)] public static DoubleDouble<L> WithAllDigits(DoubleDouble<L> factor) =>
        new(L.SelectGreater(DoubleRange.LeastExact, L.Abs(factor.High), double.NaN, factor.High), factor.Low);

    [MethodImpl(Inline)] public static DoubleDouble<L> Max(DoubleDouble<L> a, DoubleDouble<L> b) =>
        new(L.Max(a.High, b.High), Select(a > b, a, b).Low);

    [MethodImpl(Inline)] public static DoubleDouble<L> Abs(DoubleDouble<L> x)
    {
        L sign = L.CopySign(1, x.High);
        return new(x.High * sign, x.Low * sign);
    }

    [MethodImpl(Inline)] public static DoubleDouble<L> Exp(DoubleDouble<L> x) => DoubleDoubleElementary.Exp(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> Expm1(DoubleDouble<L> x) => DoubleDoubleElementary.Expm1(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> Log1p(DoubleDouble<L> x) => DoubleDoubleElementary.Log1p(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> Log(DoubleDouble<L> x) => DoubleDoubleElementary.Log(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> Sqrt(DoubleDouble<L> x) => DoubleDoubleElementary.Sqrt(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> Erf(DoubleDouble<L> x) => DoubleDoubleElementary.Erf(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> Sin(DoubleDouble<L> x) => DoubleDoubleTrigonometry.Sin(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> Cos(DoubleDouble<L> x) => DoubleDoubleTrigonometry.Cos(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> OnePlusSinOfProduct(DoubleDouble<L> a, DoubleDouble<L> b) =>
        DoubleDoubleTrigonometry.OnePlusSin(a * b);
    [MethodImpl(Inline)] public static DoubleDouble<L> Tanh(DoubleDouble<L> x) => DoubleDoubleElementary.Tanh(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> TanhDerivative(DoubleDouble<L> x) => DoubleDoubleElementary.TanhDerivative(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> Sigmoid(DoubleDouble<L> x) => DoubleDoubleElementary.Sigmoid(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> SigmoidDerivative(DoubleDouble<L> x) => DoubleDoubleElementary.SigmoidDerivative(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> TanhSoftplus(DoubleDouble<L> x) => DoubleDoubleElementary.TanhSoftplus(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> TanhSoftplusDerivative(DoubleDouble<L> x) =>
        DoubleDoubleElementary.TanhSoftplusDerivative(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> NormalCdf(DoubleDouble<L> x) => DoubleDoubleElementary.NormalCdf(x);
    [MethodImpl(Inline)] public static DoubleDouble<L> NormalPdf(DoubleDouble<L> x) => DoubleDoubleElementary.NormalPdf(x);

    [MethodImpl(Inline)] public static DoubleDouble<L> SigmoidGateDerivative(DoubleDouble<L> z) =>
        NearRoot<SigmoidGateRoot>(z, GateDerivatives.Sigmoid(z));

    [MethodImpl(Inline)] public static DoubleDouble<L> NormalGateDerivative(DoubleDouble<L> z) =>
        NearRoot<NormalGateRoot>(z, GateDerivatives.Normal(z));

    [MethodImpl(Inline)] public static DoubleDouble<L> TanhSoftplusGateDerivative(DoubleDouble<L> z) =>
        NearRoot<TanhSoftplusGateRoot>(z, GateDerivatives.TanhSoftplus(z));

    [MethodImpl(Inline)] public static DoubleDouble<L> PreciseExp(DoubleDouble<L> x) => DoubleDoubleElementary.PreciseExp(x);

    [MethodImpl(OutOfLine)] public static DoubleDouble<L> NearRoot<TRoot>(DoubleDouble<L> x, DoubleDouble<L> elsewhere)
        where TRoot : struct, IRoot
    {
        DoubleDouble<L> distance = x - new DoubleDouble<L>(TRoot.High, TRoot.Low);
        L d = distance.High;
        ReadOnlySpan<double> coefficients = TRoot.Coefficients;
        DoubleDouble<L> quotient = Sum(coefficients[0], d * DoubleElementary.Polynomial(d, coefficients[1..]));
        DoubleDouble<L> series = distance * new DoubleDouble<L>(quotient.High, quotient.Low + TRoot.DerivativeLow);
        return Select(L.Abs(d) < TRoot.Radius, series, elsewhere);
    }
}
