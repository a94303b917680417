using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Numerics;

/// <summary>2 doubles side by side.</summary>
internal readonly struct DoubleLanes2<TPrecision>(Vector128<double> v) : IDoubleLanes<DoubleLanes2<TPrecision>>
    where TPrecision : struct, IPrecision
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector128<double> _v = v;

    public static int Count => 2;
    public static bool IsChecked => TPrecision.IsChecked;
    public static bool UsesShortSeries => TPrecision.UsesShortSeries;

    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> Load(ref double source, nuint index) =>
        new(Vector128.LoadUnsafe(ref source, index));
    [MethodImpl(Inline)] public static void Store(DoubleLanes2<TPrecision> x, ref double target, nuint index) =>
        x._v.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> LoadFloat(ref float source, nuint index) =>
        new(Vector128.WidenLower(LoadNarrow(ref source, index)));

    [MethodImpl(Inline)] public static void StoreFloat(DoubleLanes2<TPrecision> x, ref float target, nuint index) =>
        StoreNarrow(Narrow(x._v), ref target, index);

    [MethodImpl(Inline)] public static bool TryStoreFloat(DoubleLanes2<TPrecision> y, ref float x, ref float target, nuint index)
    {
        Vector128<float> above = Narrow(Vector128.FusedMultiplyAdd(y._v, Vector128.Create(ZivRoundingTest.ErrorBound), y._v));
        Vector128<float> below = Narrow(Vector128.FusedMultiplyAdd(y._v, Vector128.Create(-ZivRoundingTest.ErrorBound), y._v));
        Vector128<float> input = LoadNarrow(ref x, index);
        bool certain = Vector128.EqualsAll(above - below + (input - input), Vector128<float>.Zero);
        if (certain)
            StoreNarrow(above, ref target, index);
        return certain;
    }

    [MethodImpl(Inline)]
    public static DoubleLanes2<TPrecision> StoreFloat(
        DoubleLanes2<TPrecision> lowered, ref float target, nuint index, DoubleLanes2<TPrecision> doubt)
    {
        Vector128<float> below = Narrow(lowered._v), above = Narrow(lowered._v * Vector128.Create(ZivRoundingTest.More));
        StoreNarrow(above, ref target, index);
        return new((doubt._v.AsSingle() | (above - below)).AsDouble());
    }

    [MethodImpl(Inline)]
    public static DoubleLanes2<TPrecision> DoubtInfinities(ref float x, nuint index, DoubleLanes2<TPrecision> doubt)
    {
        Vector128<float> input = LoadNarrow(ref x, index);
        return new((doubt._v.AsSingle() | (input - input)).AsDouble());
    }

    [MethodImpl(Inline)] public static bool IsCertain(DoubleLanes2<TPrecision> doubt) =>
        Vector128.EqualsAll(doubt._v, Vector128<double>.Zero);

    [MethodImpl(Inline)] public static implicit operator DoubleLanes2<TPrecision>(double value) => new(Vector128.Create(value));
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> operator +(DoubleLanes2<TPrecision> a, DoubleLanes2<TPrecision> b) =>
        new(a._v + b._v);
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> operator -(DoubleLanes2<TPrecision> a, DoubleLanes2<TPrecision> b) =>
        new(a._v - b._v);
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> operator *(DoubleLanes2<TPrecision> a, DoubleLanes2<TPrecision> b) =>
        new(a._v * b._v);
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> operator /(DoubleLanes2<TPrecision> a, DoubleLanes2<TPrecision> b) =>
        new(a._v / b._v);
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> operator -(DoubleLanes2<TPrecision> a) =>
        new(a._v ^ Vector128.Create(-0.0));
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> operator <(DoubleLanes2<TPrecision> a, DoubleLanes2<TPrecision> b) =>
        new(Vector128.LessThan(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> operator >(DoubleLanes2<TPrecision> a, DoubleLanes2<TPrecision> b) =>
        new(Vector128.GreaterThan(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> Max(DoubleLanes2<TPrecision> a, DoubleLanes2<TPrecision> b) =>
        new(Vector128.Max(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> Sqrt(DoubleLanes2<TPrecision> x) => new(Vector128.Sqrt(x._v));
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> Min(DoubleLanes2<TPrecision> a, DoubleLanes2<TPrecision> b) =>
        new(Vector128.Min(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> Abs(DoubleLanes2<TPrecision> x) => new(Vector128.Abs(x._v));
    [MethodImpl(Inline)]
    public static DoubleLanes2<TPrecision> Fma(DoubleLanes2<TPrecision> a, DoubleLanes2<TPrecision> b, DoubleLanes2<TPrecision> c) =>
        new(Vector128.FusedMultiplyAdd(a._v, b._v, c._v));

    // The bound stands first: where x is NaN, the second operand is what both x86 and the portable form return.
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> AtMost(double bound, DoubleLanes2<TPrecision> x) =>
        new(Vector128.MinNative(Vector128.Create(bound), x._v));
    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> AtLeast(double bound, DoubleLanes2<TPrecision> x) =>
        new(Vector128.MaxNative(Vector128.Create(bound), x._v));

    [MethodImpl(Inline)]
    public static DoubleLanes2<TPrecision> Select(
        DoubleLanes2<TPrecision> mask, DoubleLanes2<TPrecision> whereTrue, DoubleLanes2<TPrecision> whereFalse) =>
        new(Vector128.ConditionalSelect(mask._v, whereTrue._v, whereFalse._v));

    // All bits set are NaN.
    [MethodImpl(Inline)]
    public static DoubleLanes2<TPrecision> OpenWhereGreater(
        DoubleLanes2<TPrecision> a, DoubleLanes2<TPrecision> b, DoubleLanes2<TPrecision> y) =>
        new(Vector128.GreaterThan(a._v, b._v) | y._v);

    [MethodImpl(Inline)]
    public static DoubleLanes2<TPrecision> CopySign(DoubleLanes2<TPrecision> magnitude, DoubleLanes2<TPrecision> sign) =>
        new(Vector128.ConditionalSelect(Vector128.Create(-0.0), sign._v, magnitude._v));

    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> PowerOfTwo(DoubleLanes2<TPrecision> shifted) =>
        new(Vector128.ShiftLeft(shifted._v.AsInt64(), 52).AsDouble());

    [MethodImpl(Inline)] public static DoubleLanes2<TPrecision> AddBits(DoubleLanes2<TPrecision> a, DoubleLanes2<TPrecision> b) =>
        new((a._v.AsInt64() + b._v.AsInt64()).AsDouble());

    [MethodImpl(Inline)]
    public static (DoubleLanes2<TPrecision> Mantissa, DoubleLanes2<TPrecision> Exponent) Split(DoubleLanes2<TPrecision> x)
    {
        Vector128<long> bits = x._v.AsInt64();
        Vector128<long> biased = Vector128.ShiftRightLogical(
            bits - Vector128.Create(DoubleConstants.SqrtHalfBits) + Vector128.Create(1023L << 52), 52);
        Vector128<double> exponent = (biased | Vector128.Create(0x433L << 52)).AsDouble() - Vector128.Create(PowersOfTwo.Plus52 + 1023);
        return (new((bits - Vector128.ShiftLeft(biased - Vector128.Create(1023L), 52)).AsDouble()), new(exponent));
    }

    [MethodImpl(Inline)] public static bool All(DoubleLanes2<TPrecision> mask) =>
        Vector128.EqualsAll(mask._v.AsInt64(), Vector128<long>.AllBitsSet);
    [MethodImpl(Inline)] public static long TotalOfBits(DoubleLanes2<TPrecision> x) => Vector128.Sum(x._v.AsInt64());
    [MethodImpl(Inline)] public static double Total(DoubleLanes2<TPrecision> x) => x._v[0] + x._v[1];
    [MethodImpl(Inline)] public static bool AllFinite(DoubleLanes2<TPrecision> x) =>
        Vector128.EqualsAll(x._v - x._v, Vector128<double>.Zero);

    [MethodImpl(Inline)]
    public static DoubleLanes2<TPrecision> WhereNaN(
        DoubleLanes2<TPrecision> x, DoubleLanes2<TPrecision> whereTrue, DoubleLanes2<TPrecision> whereFalse) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(x._v, x._v), whereFalse._v, whereTrue._v));

    // Both halves of the narrowed vector are the same; one of them is stored.
    [MethodImpl(Inline)] private static Vector128<float> Narrow(Vector128<double> x) => Vector128.Narrow(x, x);

    // The two floats, and two zeros.
    [MethodImpl(Inline)] private static Vector128<float> LoadNarrow(ref float source, nuint index) =>
        Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref source, index)))).AsSingle();

    [MethodImpl(Inline)] private static void StoreNarrow(Vector128<float> x, ref float target, nuint index) =>
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref target, index)), x.AsDouble().ToScalar());
}
