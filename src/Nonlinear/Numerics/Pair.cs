using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// A number as the unevaluated sum of two doubles, to about 2⁻¹⁰⁴: what double results are computed over, and rounded from once.
/// </summary>
/// <remarks>
/// The algorithms are those of Dekker (1971) and Knuth, with the products by fused multiply-add. An infinite high part leaves the low
/// part undefined; <see cref="PairElementary"/> bounds its arguments first.
/// </remarks>
internal readonly struct Pair<L>(L high, L low) : IReal<Pair<L>>
    where L : struct, IReal<L>, ILanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    public readonly L High = high, Low = low;

    [MethodImpl(Inline)] public static implicit operator Pair<L>(double value) => new(value, 0);
    [MethodImpl(Inline)] public static implicit operator Pair<L>(L value) => new(value, 0);
    [MethodImpl(Inline)] public static Pair<L> Of(Constant constant) => new(constant.High, constant.Low);

    /// <summary>a + b exactly, whatever their sizes.</summary>
    [MethodImpl(Inline)] public static Pair<L> Sum(L a, L b)
    {
        L sum = a + b, shift = sum - a;
        return new(sum, a - (sum - shift) + (b - shift));
    }

    /// <summary>a + b exactly where |a| ≥ |b| or a = 0.</summary>
    [MethodImpl(Inline)] public static Pair<L> QuickSum(L a, L b)
    {
        L sum = a + b;
        return new(sum, b - (sum - a));
    }

    /// <summary>a · b exactly.</summary>
    [MethodImpl(Inline)] public static Pair<L> Product(L a, L b)
    {
        L product = a * b;
        return new(product, L.Fma(a, b, -product));
    }

    // The operators repeat Sum, Product and QuickSum line by line: nested calls would use up the locals that the compiler inlines into.
    [MethodImpl(Inline)] public static Pair<L> operator +(Pair<L> a, Pair<L> b)
    {
        L sum = a.High + b.High, shift = sum - a.High;
        L low = a.High - (sum - shift) + (b.High - shift) + (a.Low + b.Low);
        L high = sum + low;
        return new(high, low - (high - sum));
    }

    [MethodImpl(Inline)] public static Pair<L> operator -(Pair<L> a, Pair<L> b) => a + -b;
    [MethodImpl(Inline)] public static Pair<L> operator -(Pair<L> a) => new(-a.High, -a.Low);

    [MethodImpl(Inline)] public static Pair<L> operator *(Pair<L> a, Pair<L> b)
    {
        L product = a.High * b.High;
        L low = L.Fma(a.High, b.Low, L.Fma(a.Low, b.High, L.Fma(a.High, b.High, -product)));
        L high = product + low;
        return new(high, low - (high - product));
    }

    [MethodImpl(Inline)] public static Pair<L> operator /(Pair<L> a, Pair<L> b)
    {
        L quotient = a.High / b.High;
        L low = (L.Fma(-quotient, b.High, a.High) + L.Fma(-quotient, b.Low, a.Low)) / b.High;
        L high = quotient + low;
        return new(high, low - (high - quotient));
    }

    [MethodImpl(Inline)] public static Pair<L> operator <(Pair<L> a, Pair<L> b) => a.High - b.High + (a.Low - b.Low) < 0;
    [MethodImpl(Inline)] public static Pair<L> operator >(Pair<L> a, Pair<L> b) => b < a;

    [MethodImpl(Inline)] public static Pair<L> Select(Pair<L> mask, Pair<L> whereTrue, Pair<L> whereFalse) =>
        new(L.Select(mask.High, whereTrue.High, whereFalse.High), L.Select(mask.High, whereTrue.Low, whereFalse.Low));

    [MethodImpl(Inline)] public static Pair<L> Max(Pair<L> a, Pair<L> b) => new(L.Max(a.High, b.High), Select(a > b, a, b).Low);

    [MethodImpl(Inline)] public static Pair<L> Abs(Pair<L> x)
    {
        L sign = L.CopySign(1, x.High);
        return new(x.High * sign, x.Low * sign);
    }

    [MethodImpl(Inline)] public static Pair<L> Exp(Pair<L> x) => PairElementary.Exp(x);
    [MethodImpl(Inline)] public static Pair<L> Expm1(Pair<L> x) => PairElementary.Expm1(x);
    [MethodImpl(Inline)] public static Pair<L> Log1p(Pair<L> x) => PairElementary.Log1p(x);
    [MethodImpl(Inline)] public static Pair<L> Tanh(Pair<L> x) => PairElementary.Tanh(x);
    [MethodImpl(Inline)] public static Pair<L> TanhSlope(Pair<L> x) => PairElementary.TanhSlope(x);
    [MethodImpl(Inline)] public static Pair<L> Sigmoid(Pair<L> x) => PairElementary.Sigmoid(x);
    [MethodImpl(Inline)] public static Pair<L> SigmoidSlope(Pair<L> x) => PairElementary.SigmoidSlope(x);
    [MethodImpl(Inline)] public static Pair<L> TanhSoftplus(Pair<L> x) => PairElementary.TanhSoftplus(x);
    [MethodImpl(Inline)] public static Pair<L> TanhSoftplusSlope(Pair<L> x) => PairElementary.TanhSoftplusSlope(x);
    [MethodImpl(Inline)] public static Pair<L> NormalCdf(Pair<L> x) => PairElementary.NormalCdf(x);
    [MethodImpl(Inline)] public static Pair<L> NormalPdf(Pair<L> x) => PairElementary.NormalPdf(x);

    [MethodImpl(OutOfLine)] public static Pair<L> NearRoot(Pair<L> x, Root root, Pair<L> elsewhere)
    {
        Pair<L> distance = x - new Pair<L>(root.High, root.Low);
        L d = distance.High;
        ReadOnlySpan<double> coefficients = root.Coefficients.AsSpan();
        Pair<L> quotient = Sum(coefficients[0], d * Elementary.Polynomial(d, coefficients[1..]));
        Pair<L> series = distance * new Pair<L>(quotient.High, quotient.Low + root.SlopeLow);
        return Select(L.Abs(d) < Root.Radius, series, elsewhere);
    }
}
