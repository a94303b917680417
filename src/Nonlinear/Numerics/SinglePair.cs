using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// A number as the unevaluated sum of two floats, to about 2⁻⁴⁴: what floats are tried over first in the exact tier, where lanes are wide. Four times as
/// many fit in a vector as correctly rounded floats need, and the check of the rounding tells the one in five hundred that needs more.
/// </summary>
/// <remarks>The algorithms of <see cref="Pair{L}"/>, but for the last step: the low part may be a few ulps of the high one.</remarks>
internal readonly struct SinglePair<S>(S high, S low) : IReal<SinglePair<S>>
    where S : struct, IReal<S>, ISingles<S>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public readonly S High = high, Low = low;

    [MethodImpl(Inline)] public static implicit operator SinglePair<S>(double value) => new(value, value - (float)value);
    [MethodImpl(Inline)] public static SinglePair<S> Of(Constant constant) => constant.High;

    [MethodImpl(Inline)] public static SinglePair<S> operator +(SinglePair<S> a, SinglePair<S> b)
    {
        S sum = a.High + b.High, shift = sum - a.High;
        return new(sum, a.High - (sum - shift) + (b.High - shift) + (a.Low + b.Low));
    }

    [MethodImpl(Inline)] public static SinglePair<S> operator -(SinglePair<S> a, SinglePair<S> b) => a + -b;
    [MethodImpl(Inline)] public static SinglePair<S> operator -(SinglePair<S> a) => new(-a.High, -a.Low);

    [MethodImpl(Inline)] public static SinglePair<S> operator *(SinglePair<S> a, SinglePair<S> b)
    {
        S product = a.High * b.High;
        return new(product, S.Fma(a.High, b.Low, S.Fma(a.Low, b.High, S.Fma(a.High, b.High, -product))));
    }

    [MethodImpl(Inline)] public static SinglePair<S> operator /(SinglePair<S> a, SinglePair<S> b)
    {
        S quotient = a.High / b.High;
        return new(quotient, (S.Fma(-quotient, b.High, a.High) + S.Fma(-quotient, b.Low, a.Low)) / b.High);
    }

    [MethodImpl(Inline)] public static SinglePair<S> operator <(SinglePair<S> a, SinglePair<S> b) => new(a.High - b.High + (a.Low - b.Low) < 0, 0);
    [MethodImpl(Inline)] public static SinglePair<S> operator >(SinglePair<S> a, SinglePair<S> b) => b < a;

    [MethodImpl(Inline)] public static SinglePair<S> Select(SinglePair<S> mask, SinglePair<S> whereTrue, SinglePair<S> whereFalse) =>
        new(S.Select(mask.High, whereTrue.High, whereFalse.High), S.Select(mask.High, whereTrue.Low, whereFalse.Low));

    [MethodImpl(Inline)] public static SinglePair<S> Max(SinglePair<S> a, SinglePair<S> b) => new(S.Max(a.High, b.High), Select(a > b, a, b).Low);
    [MethodImpl(Inline)] public static SinglePair<S> Abs(SinglePair<S> x)
    {
        S sign = S.CopySign(1, x.High);
        return new(x.High * sign, x.Low * sign);
    }

    public static SinglePair<S> Exp(SinglePair<S> x) => throw Missing;
    public static SinglePair<S> Expm1(SinglePair<S> x) => throw Missing;
    public static SinglePair<S> Log1p(SinglePair<S> x) => throw Missing;
    public static SinglePair<S> Tanh(SinglePair<S> x) => throw Missing;
    public static SinglePair<S> TanhSlope(SinglePair<S> x) => throw Missing;
    public static SinglePair<S> Sigmoid(SinglePair<S> x) => throw Missing;
    public static SinglePair<S> SigmoidSlope(SinglePair<S> x) => throw Missing;
    public static SinglePair<S> TanhSoftplus(SinglePair<S> x) => throw Missing;
    public static SinglePair<S> TanhSoftplusSlope(SinglePair<S> x) => throw Missing;
    public static SinglePair<S> NormalCdf(SinglePair<S> x) => throw Missing;
    public static SinglePair<S> NormalPdf(SinglePair<S> x) => throw Missing;
    public static SinglePair<S> NearRoot(SinglePair<S> x, Root root, SinglePair<S> elsewhere) => throw Missing;

    private static NotSupportedException Missing => new("Pairs of floats do not suffice for this; a function that uses it must not say that they do.");
}
