using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nonlinear.Numerics;

/// <summary>4 doubles side by side.</summary>
internal readonly struct DoubleLanes4<TPrecision>(Vector256<double> v) : IDoubleLanes<DoubleLanes4<TPrecision>>
    where TPrecision : struct, IPrecision
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector256<double> _v = v;

    public static int Count => 4;
    public static bool IsChecked => TPrecision.IsChecked;
    public static bool UsesShortSeries => TPrecision.UsesShortSeries;

    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> Load(ref double source, nuint index) =>
        new(Vector256.LoadUnsafe(ref source, index));
    [MethodImpl(Inline)] public static void Store(DoubleLanes4<TPrecision> x, ref double target, nuint index) =>
        x._v.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> LoadFloat(ref float source, nuint index) =>
        new(Avx.IsSupported
            ? Avx.ConvertToVector256Double(Vector128.LoadUnsafe(ref source, index))
            : Vector256.Create(
                Vector128.WidenLower(Vector128.LoadUnsafe(ref source, index)),
                Vector128.WidenUpper(Vector128.LoadUnsafe(ref source, index))));

    [MethodImpl(Inline)] public static void StoreFloat(DoubleLanes4<TPrecision> x, ref float target, nuint index) =>
        StoreNarrow(Narrow(x._v), ref target, index);

    [MethodImpl(Inline)] public static bool TryStoreFloat(DoubleLanes4<TPrecision> y, ref float x, ref float target, nuint index)
    {
        Vector128<float> above = Narrow(Vector256.FusedMultiplyAdd(y._v, Vector256.Create(ZivRoundingTest.ErrorBound), y._v));
        Vector128<float> below = Narrow(Vector256.FusedMultiplyAdd(y._v, Vector256.Create(-ZivRoundingTest.ErrorBound), y._v));
        Vector128<float> difference = above - below;
        if (!UsesShortSeries)
        {
            Vector128<float> input = Vector128.LoadUnsafe(ref x, index);
            difference += input - input;
        }
        bool certain = Vector128.EqualsAll(difference, Vector128<float>.Zero);
        if (certain)
            StoreNarrow(above, ref target, index);
        return certain;
    }

    [MethodImpl(Inline)]
    public static DoubleLanes4<TPrecision> StoreFloat(
        DoubleLanes4<TPrecision> lowered, ref float target, nuint index, DoubleLanes4<TPrecision> doubt)
    {
        Vector128<float> below = Narrow(lowered._v), above = Narrow(lowered._v * Vector256.Create(ZivRoundingTest.More));
        StoreNarrow(above, ref target, index);
        return new((doubt._v.GetLower().AsSingle() | (above - below)).AsDouble().ToVector256Unsafe());
    }

    [MethodImpl(Inline)]
    public static DoubleLanes4<TPrecision> DoubtInfinities(ref float x, nuint index, DoubleLanes4<TPrecision> doubt)
    {
        Vector128<float> input = Vector128.LoadUnsafe(ref x, index);
        return new((doubt._v.GetLower().AsSingle() | (input - input)).AsDouble().ToVector256Unsafe());
    }

    [MethodImpl(Inline)] public static bool IsCertain(DoubleLanes4<TPrecision> doubt) =>
        Vector128.EqualsAll(doubt._v.GetLower().AsSingle(), Vector128<float>.Zero);

    [MethodImpl(Inline)] public static implicit operator DoubleLanes4<TPrecision>(double value) => new(Vector256.Create(value));
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> operator +(DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b) =>
        new(a._v + b._v);
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> operator -(DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b) =>
        new(a._v - b._v);
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> operator *(DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b) =>
        new(a._v * b._v);
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> operator /(DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b) =>
        new(a._v / b._v);
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> operator -(DoubleLanes4<TPrecision> a) =>
        new(a._v ^ Vector256.Create(-0.0));
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> operator <(DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b) =>
        new(Vector256.LessThan(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> operator >(DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b) =>
        new(Vector256.GreaterThan(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> Max(DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b) =>
        new(Vector256.Max(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> Sqrt(DoubleLanes4<TPrecision> x) => new(Vector256.Sqrt(x._v));
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> Min(DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b) =>
        new(Vector256.Min(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> Abs(DoubleLanes4<TPrecision> x) => new(Vector256.Abs(x._v));
    [MethodImpl(Inline)]
    public static DoubleLanes4<TPrecision> Fma(DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b, DoubleLanes4<TPrecision> c) =>
        new(Vector256.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)]
    public static DoubleLanes4<TPrecision> Fms(DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b, DoubleLanes4<TPrecision> c) =>
        System.Runtime.Intrinsics.X86.Fma.IsSupported
            ? new(System.Runtime.Intrinsics.X86.Fma.MultiplySubtract(a._v, b._v, c._v))
            : Fma(a, b, -c);

    // The bound stands first: where x is NaN, the second operand is what both x86 and the portable form return.
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> AtMost(double bound, DoubleLanes4<TPrecision> x) =>
        new(Vector256.MinNative(Vector256.Create(bound), x._v));
    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> AtLeast(double bound, DoubleLanes4<TPrecision> x) =>
        new(Vector256.MaxNative(Vector256.Create(bound), x._v));

    [MethodImpl(Inline)]
    public static DoubleLanes4<TPrecision> Select(
        DoubleLanes4<TPrecision> mask, DoubleLanes4<TPrecision> whereTrue, DoubleLanes4<TPrecision> whereFalse) =>
        new(Vector256.ConditionalSelect(mask._v, whereTrue._v, whereFalse._v));

    // All bits set are NaN.
    [MethodImpl(Inline)]
    public static DoubleLanes4<TPrecision> OpenWhereGreater(
        DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b, DoubleLanes4<TPrecision> y) =>
        new(Vector256.GreaterThan(a._v, b._v) | y._v);

    [MethodImpl(Inline)]
    public static DoubleLanes4<TPrecision> CopySign(DoubleLanes4<TPrecision> magnitude, DoubleLanes4<TPrecision> sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0.0), sign._v, magnitude._v));

    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> PowerOfTwo(DoubleLanes4<TPrecision> shifted) =>
        new(Vector256.ShiftLeft(shifted._v.AsInt64(), 52).AsDouble());

    [MethodImpl(Inline)] public static DoubleLanes4<TPrecision> AddBits(DoubleLanes4<TPrecision> a, DoubleLanes4<TPrecision> b) =>
        new((a._v.AsInt64() + b._v.AsInt64()).AsDouble());

    [MethodImpl(Inline)]
    public static (DoubleLanes4<TPrecision> Mantissa, DoubleLanes4<TPrecision> Exponent) Split(DoubleLanes4<TPrecision> x)
    {
        Vector256<long> bits = x._v.AsInt64();
        Vector256<long> biased = Vector256.ShiftRightLogical(
            bits - Vector256.Create(DoubleConstants.SqrtHalfBits) + Vector256.Create(1023L << 52), 52);
        Vector256<double> exponent = (biased | Vector256.Create(0x433L << 52)).AsDouble() - Vector256.Create(PowersOfTwo.Plus52 + 1023);
        return (new((bits - Vector256.ShiftLeft(biased - Vector256.Create(1023L), 52)).AsDouble()), new(exponent));
    }

    [MethodImpl(Inline)] public static bool All(DoubleLanes4<TPrecision> mask) =>
        Vector256.EqualsAll(mask._v.AsInt64(), Vector256<long>.AllBitsSet);
    [MethodImpl(Inline)] public static long TotalOfBits(DoubleLanes4<TPrecision> x) => Vector256.Sum(x._v.AsInt64());
    [MethodImpl(Inline)] public static double Total(DoubleLanes4<TPrecision> x) =>
        DoubleLanes2<TPrecision>.Total(new(x._v.GetLower() + x._v.GetUpper()));
    [MethodImpl(Inline)] public static bool AllFinite(DoubleLanes4<TPrecision> x) =>
        Vector256.EqualsAll(x._v - x._v, Vector256<double>.Zero);

    [MethodImpl(Inline)]
    public static DoubleLanes4<TPrecision> WhereNaN(
        DoubleLanes4<TPrecision> x, DoubleLanes4<TPrecision> whereTrue, DoubleLanes4<TPrecision> whereFalse) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(x._v, x._v), whereFalse._v, whereTrue._v));

    [MethodImpl(Inline)] private static Vector128<float> Narrow(Vector256<double> x) =>
        Avx.IsSupported ? Avx.ConvertToVector128Single(x) : Vector128.Narrow(x.GetLower(), x.GetUpper());

    [MethodImpl(Inline)] private static void StoreNarrow(Vector128<float> x, ref float target, nuint index) =>
        x.StoreUnsafe(ref target, index);
}
