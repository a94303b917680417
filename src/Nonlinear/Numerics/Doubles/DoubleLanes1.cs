using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>A single double, for processors without vectors and for interpreters that are slow at them.</summary>
internal readonly struct DoubleLanes1<TPrecision>(double v) : IDoubleLanes<DoubleLanes1<TPrecision>>
    where TPrecision : struct, IPrecision
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly double _v = v;

    public double Value => _v;

    public static int Count => 1;
    public static bool IsChecked => TPrecision.IsChecked;
    public static bool UsesShortSeries => TPrecision.UsesShortSeries;

    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> Load(ref double source, nuint index) => new(Unsafe.Add(ref source, index));
    [MethodImpl(Inline)] public static void Store(DoubleLanes1<TPrecision> x, ref double target, nuint index) =>
        Unsafe.Add(ref target, index) = x._v;
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> LoadFloat(ref float source, nuint index) =>
        new(Unsafe.Add(ref source, index));
    [MethodImpl(Inline)] public static void StoreFloat(DoubleLanes1<TPrecision> x, ref float target, nuint index) =>
        Unsafe.Add(ref target, index) = (float)x._v;

    [MethodImpl(Inline)] public static bool TryStoreFloat(DoubleLanes1<TPrecision> y, ref float x, ref float target, nuint index)
    {
        float above = (float)Math.FusedMultiplyAdd(y._v, ZivRoundingTest.ErrorBound, y._v);
        float below = (float)Math.FusedMultiplyAdd(y._v, -ZivRoundingTest.ErrorBound, y._v);
        bool certain = above - below == 0 && float.IsFinite(Unsafe.Add(ref x, index));
        if (certain)
            Unsafe.Add(ref target, index) = above;
        return certain;
    }

    [MethodImpl(Inline)]
    public static DoubleLanes1<TPrecision> StoreFloat(
        DoubleLanes1<TPrecision> lowered, ref float target, nuint index, DoubleLanes1<TPrecision> doubt)
    {
        float below = (float)lowered._v, above = (float)(lowered._v * ZivRoundingTest.More);
        Unsafe.Add(ref target, index) = above;
        return new(doubt._v + Math.Abs(above - below));
    }

    [MethodImpl(Inline)]
    public static DoubleLanes1<TPrecision> DoubtInfinities(ref float x, nuint index, DoubleLanes1<TPrecision> doubt) =>
        new(doubt._v + (Unsafe.Add(ref x, index) - Unsafe.Add(ref x, index)));

    [MethodImpl(Inline)] public static bool IsCertain(DoubleLanes1<TPrecision> doubt) => doubt._v == 0;

    [MethodImpl(Inline)] public static implicit operator DoubleLanes1<TPrecision>(double value) => new(value);
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> operator +(DoubleLanes1<TPrecision> a, DoubleLanes1<TPrecision> b) =>
        new(a._v + b._v);
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> operator -(DoubleLanes1<TPrecision> a, DoubleLanes1<TPrecision> b) =>
        new(a._v - b._v);
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> operator *(DoubleLanes1<TPrecision> a, DoubleLanes1<TPrecision> b) =>
        new(a._v * b._v);
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> operator /(DoubleLanes1<TPrecision> a, DoubleLanes1<TPrecision> b) =>
        new(a._v / b._v);
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> operator -(DoubleLanes1<TPrecision> a) => new(-a._v);

    // A mask is one or zero here; only Select and All look at it.
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> operator <(DoubleLanes1<TPrecision> a, DoubleLanes1<TPrecision> b) =>
        new(a._v < b._v ? 1 : 0);
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> operator >(DoubleLanes1<TPrecision> a, DoubleLanes1<TPrecision> b) =>
        new(a._v > b._v ? 1 : 0);
    [MethodImpl(Inline)]
    public static DoubleLanes1<TPrecision> Select(
        DoubleLanes1<TPrecision> mask, DoubleLanes1<TPrecision> whereTrue, DoubleLanes1<TPrecision> whereFalse) =>
        mask._v != 0 ? whereTrue : whereFalse;
    [MethodImpl(Inline)] public static bool All(DoubleLanes1<TPrecision> mask) => mask._v != 0;
    [MethodImpl(Inline)] public static long TotalOfBits(DoubleLanes1<TPrecision> x) => BitConverter.DoubleToInt64Bits(x._v);
    [MethodImpl(Inline)] public static double Total(DoubleLanes1<TPrecision> x) => x._v;
    [MethodImpl(Inline)] public static bool AllFinite(DoubleLanes1<TPrecision> x) => double.IsFinite(x._v);
    [MethodImpl(Inline)]
    public static DoubleLanes1<TPrecision> WhereNaN(
        DoubleLanes1<TPrecision> x, DoubleLanes1<TPrecision> whereTrue, DoubleLanes1<TPrecision> whereFalse) =>
        double.IsNaN(x._v) ? whereTrue : whereFalse;

    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> Max(DoubleLanes1<TPrecision> a, DoubleLanes1<TPrecision> b) =>
        new(Math.Max(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> Sqrt(DoubleLanes1<TPrecision> x) => new(Math.Sqrt(x._v));
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> Min(DoubleLanes1<TPrecision> a, DoubleLanes1<TPrecision> b) =>
        new(Math.Min(a._v, b._v));
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> Abs(DoubleLanes1<TPrecision> x) => new(Math.Abs(x._v));
    [MethodImpl(Inline)]
    public static DoubleLanes1<TPrecision> Fma(DoubleLanes1<TPrecision> a, DoubleLanes1<TPrecision> b, DoubleLanes1<TPrecision> c) =>
        new(Math.FusedMultiplyAdd(a._v, b._v, c._v));
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> AtMost(double bound, DoubleLanes1<TPrecision> x) =>
        bound < x._v ? bound : x;
    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> AtLeast(double bound, DoubleLanes1<TPrecision> x) =>
        bound > x._v ? bound : x;
    [MethodImpl(Inline)]
    public static DoubleLanes1<TPrecision> CopySign(DoubleLanes1<TPrecision> magnitude, DoubleLanes1<TPrecision> sign) =>
        new(Math.CopySign(magnitude._v, sign._v));

    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> PowerOfTwo(DoubleLanes1<TPrecision> shifted) =>
        new(BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(shifted._v) << 52));

    [MethodImpl(Inline)] public static DoubleLanes1<TPrecision> AddBits(DoubleLanes1<TPrecision> a, DoubleLanes1<TPrecision> b) =>
        new(BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a._v) + BitConverter.DoubleToInt64Bits(b._v)));

    [MethodImpl(Inline)]
    public static (DoubleLanes1<TPrecision> Mantissa, DoubleLanes1<TPrecision> Exponent) Split(DoubleLanes1<TPrecision> x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x._v);
        long exponent = (bits - DoubleConstants.SqrtHalfBits) >> 52;
        return (new(BitConverter.Int64BitsToDouble(bits - (exponent << 52))), new(exponent));
    }
}
