using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nonlinear.Numerics;

/// <summary>8 doubles side by side.</summary>
internal readonly struct DoubleLanes8<TPrecision>(Vector512<double> v) : IDoubleLanes<DoubleLanes8<TPrecision>>
    where TPrecision : struct, IPrecision
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<double> _v = v;

    public static int Count => 8;
    public static bool IsChecked => TPrecision.IsChecked;
    public static bool UsesShortSeries => TPrecision.UsesShortSeries;

    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> Load(ref double source, nuint index) =>
        new(Vector512.LoadUnsafe(ref source, index));
    [MethodImpl(Inline)] public static void Store(DoubleLanes8<TPrecision> x, ref double target, nuint index) =>
        x._v.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> LoadFloat(ref float source, nuint index) =>
        new(Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(ref source, index))
            : Vector512.Create(
                Vector256.WidenLower(Vector256.LoadUnsafe(ref source, index)),
                Vector256.WidenUpper(Vector256.LoadUnsafe(ref source, index))));

    [MethodImpl(Inline)] public static void StoreFloat(DoubleLanes8<TPrecision> x, ref float target, nuint index) =>
        StoreNarrow(Narrow(x._v), ref target, index);

    [MethodImpl(Inline)] public static bool TryStoreFloat(DoubleLanes8<TPrecision> y, ref float x, ref float target, nuint index)
    {
        Vector256<float> above = Narrow(Vector512.FusedMultiplyAdd(y._v, Vector512.Create(ZivRoundingTest.ErrorBound), y._v));
        Vector256<float> below = Narrow(Vector512.FusedMultiplyAdd(y._v, Vector512.Create(-ZivRoundingTest.ErrorBound), y._v));
        Vector256<float> difference = above - below;
        if (!UsesShortSeries)
        {
            Vector256<float> input = Vector256.LoadUnsafe(ref x, index);
            difference += input - input;
        }
        bool certain = Vector256.EqualsAll(difference, Vector256<float>.Zero);
        if (certain)
            StoreNarrow(above, ref target, index);
        return certain;
    }

    [MethodImpl(Inline)]
    public static DoubleLanes8<TPrecision> StoreFloat(
        DoubleLanes8<TPrecision> lowered, ref float target, nuint index, DoubleLanes8<TPrecision> doubt)
    {
        Vector256<float> below = Narrow(lowered._v), above = Narrow(lowered._v * Vector512.Create(ZivRoundingTest.More));
        StoreNarrow(above, ref target, index);
        return new((doubt._v.GetLower().AsSingle() | (above - below)).AsDouble().ToVector512Unsafe());
    }

    [MethodImpl(Inline)]
    public static DoubleLanes8<TPrecision> DoubtInfinities(ref float x, nuint index, DoubleLanes8<TPrecision> doubt)
    {
        Vector256<float> input = Vector256.LoadUnsafe(ref x, index);
        return new((doubt._v.GetLower().AsSingle() | (input - input)).AsDouble().ToVector512Unsafe());
    }

    [MethodImpl(Inline)] public static bool IsCertain(DoubleLanes8<TPrecision> doubt) =>
        Vector256.EqualsAll(doubt._v.GetLower().AsSingle(), Vector256<float>.Zero);

    [MethodImpl(Inline)] public static implicit operator DoubleLanes8<TPrecision>(double value) => new(Vector512.Create(value));
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> operator +(DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b) =>
        new(a._v + b._v);
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> operator -(DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b) =>
        new(a._v - b._v);
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> operator *(DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b) =>
        new(a._v * b._v);
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> operator /(DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b) =>
        new(a._v / b._v);
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> operator -(DoubleLanes8<TPrecision> a) =>
        new(a._v ^ Vector512.Create(-0.0));
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> operator <(DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b) =>
        new(Vector512.LessThan(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> operator >(DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b) =>
        new(Vector512.GreaterThan(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> Max(DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b) =>
        new(Vector512.Max(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> Sqrt(DoubleLanes8<TPrecision> x) => new(Vector512.Sqrt(x._v));
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> Min(DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b) =>
        new(Vector512.Min(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> Abs(DoubleLanes8<TPrecision> x) => new(Vector512.Abs(x._v));
    [MethodImpl(Inline)]
    public static DoubleLanes8<TPrecision> Fma(DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b, DoubleLanes8<TPrecision> c) =>
        new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)]
    public static DoubleLanes8<TPrecision> Fms(DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b, DoubleLanes8<TPrecision> c) =>
        Avx512F.IsSupported ? new(Avx512F.FusedMultiplySubtract(a._v, b._v, c._v)) : Fma(a, b, -c);

    // The bound stands first: where x is NaN, the second operand is what both x86 and the portable form return.
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> AtMost(double bound, DoubleLanes8<TPrecision> x) =>
        new(Vector512.MinNative(Vector512.Create(bound), x._v));
    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> AtLeast(double bound, DoubleLanes8<TPrecision> x) =>
        new(Vector512.MaxNative(Vector512.Create(bound), x._v));

    [MethodImpl(Inline)]
    public static DoubleLanes8<TPrecision> Select(
        DoubleLanes8<TPrecision> mask, DoubleLanes8<TPrecision> whereTrue, DoubleLanes8<TPrecision> whereFalse) =>
        new(Vector512.ConditionalSelect(mask._v, whereTrue._v, whereFalse._v));

    // In one expression with the comparison, the mask stays a mask.
    [MethodImpl(Inline)]
    public static DoubleLanes8<TPrecision> SelectGreater(
        DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b, DoubleLanes8<TPrecision> whereTrue, DoubleLanes8<TPrecision> whereFalse) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(a._v, b._v), whereTrue._v, whereFalse._v));

    [MethodImpl(Inline)]
    public static DoubleLanes8<TPrecision> CopySign(DoubleLanes8<TPrecision> magnitude, DoubleLanes8<TPrecision> sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0.0), sign._v, magnitude._v));

    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> PowerOfTwo(DoubleLanes8<TPrecision> shifted) =>
        new(Vector512.ShiftLeft(shifted._v.AsInt64(), 52).AsDouble());

    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> PowerOfEighth(DoubleLanes8<TPrecision> shifted)
    {
        Vector512<long> k = shifted._v.AsInt64();
        Vector512<long> eighth = Avx512F.IsSupported
            ? Avx512F.PermuteVar8x64(Eighths, k)
            : Vector512.Shuffle(Eighths, k & Vector512.Create(7L));
        return new((Vector512.ShiftLeft(k, 49) + eighth).AsDouble());
    }

    // The bits of 2^(j/8) less those that j, shifted to the exponent's end, brings along.
    private static Vector512<long> Eighths
    {
        [MethodImpl(Inline)] get => Vector512.Create(
            EighthPowers.E0, EighthPowers.E1, EighthPowers.E2, EighthPowers.E3,
            EighthPowers.E4, EighthPowers.E5, EighthPowers.E6, EighthPowers.E7);
    }

    [MethodImpl(Inline)] public static DoubleLanes8<TPrecision> AddBits(DoubleLanes8<TPrecision> a, DoubleLanes8<TPrecision> b) =>
        new((a._v.AsInt64() + b._v.AsInt64()).AsDouble());

    [MethodImpl(Inline)]
    public static (DoubleLanes8<TPrecision> Mantissa, DoubleLanes8<TPrecision> Exponent) Split(DoubleLanes8<TPrecision> x)
    {
        Vector512<long> bits = x._v.AsInt64();
        Vector512<long> biased = Vector512.ShiftRightLogical(
            bits - Vector512.Create(DoubleConstants.SqrtHalfBits) + Vector512.Create(1023L << 52), 52);
        Vector512<double> exponent = (biased | Vector512.Create(0x433L << 52)).AsDouble() - Vector512.Create(PowersOfTwo.Plus52 + 1023);
        return (new((bits - Vector512.ShiftLeft(biased - Vector512.Create(1023L), 52)).AsDouble()), new(exponent));
    }

    [MethodImpl(Inline)] public static bool All(DoubleLanes8<TPrecision> mask) =>
        Vector512.EqualsAll(mask._v.AsInt64(), Vector512<long>.AllBitsSet);
    [MethodImpl(Inline)] public static long TotalOfBits(DoubleLanes8<TPrecision> x) => Vector512.Sum(x._v.AsInt64());
    [MethodImpl(Inline)] public static double Total(DoubleLanes8<TPrecision> x) =>
        DoubleLanes4<TPrecision>.Total(new(x._v.GetLower() + x._v.GetUpper()));
    [MethodImpl(Inline)] public static bool AllFinite(DoubleLanes8<TPrecision> x) =>
        Vector512.EqualsAll(x._v - x._v, Vector512<double>.Zero);

    [MethodImpl(Inline)]
    public static DoubleLanes8<TPrecision> WhereNaN(
        DoubleLanes8<TPrecision> x, DoubleLanes8<TPrecision> whereTrue, DoubleLanes8<TPrecision> whereFalse) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(x._v, x._v), whereFalse._v, whereTrue._v));

    [MethodImpl(Inline)] private static Vector256<float> Narrow(Vector512<double> x) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector256Single(x) : Vector256.Narrow(x.GetLower(), x.GetUpper());

    [MethodImpl(Inline)] private static void StoreNarrow(Vector256<float> x, ref float target, nuint index) =>
        x.StoreUnsafe(ref target, index);
}
