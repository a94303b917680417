using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>A single double, for processors without vectors and for interpreters that are slow at them.</summary>
internal readonly struct Lanes1<TRounding>(double v) : ILanes<Lanes1<TRounding>>
    where TRounding : struct, IRounding
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly double _v = v;

    public double Value => _v;

    public static int Count => 1;
    public static bool IsChecked => TRounding.IsChecked;
    public static bool IsShort => TRounding.IsShort;

    [MethodImpl(Inline)] public static Lanes1<TRounding> Load(ref double source, nuint index) => new(Unsafe.Add(ref source, index));
    [MethodImpl(Inline)] public static void Store(Lanes1<TRounding> x, ref double target, nuint index) => Unsafe.Add(ref target, index) = x._v;
    [MethodImpl(Inline)] public static Lanes1<TRounding> LoadSingle(ref float source, nuint index) => new(Unsafe.Add(ref source, index));
    [MethodImpl(Inline)] public static void StoreSingle(Lanes1<TRounding> x, ref float target, nuint index) =>
        Unsafe.Add(ref target, index) = (float)x._v;

    [MethodImpl(Inline)] public static bool TryStoreSingle(Lanes1<TRounding> y, ref float x, ref float target, nuint index)
    {
        float above = (float)Math.FusedMultiplyAdd(y._v, ErrorBound.OfChecked, y._v), below = (float)Math.FusedMultiplyAdd(y._v, -ErrorBound.OfChecked, y._v);
        bool certain = above - below == 0 && float.IsFinite(Unsafe.Add(ref x, index));
        if (certain)
            Unsafe.Add(ref target, index) = above;
        return certain;
    }

    [MethodImpl(Inline)] public static implicit operator Lanes1<TRounding>(double value) => new(value);
    [MethodImpl(Inline)] public static Lanes1<TRounding> operator +(Lanes1<TRounding> a, Lanes1<TRounding> b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static Lanes1<TRounding> operator -(Lanes1<TRounding> a, Lanes1<TRounding> b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static Lanes1<TRounding> operator *(Lanes1<TRounding> a, Lanes1<TRounding> b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static Lanes1<TRounding> operator /(Lanes1<TRounding> a, Lanes1<TRounding> b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static Lanes1<TRounding> operator -(Lanes1<TRounding> a) => new(-a._v);

    // A mask is one or zero here; only Select and All look at it.
    [MethodImpl(Inline)] public static Lanes1<TRounding> operator <(Lanes1<TRounding> a, Lanes1<TRounding> b) => new(a._v < b._v ? 1 : 0);
    [MethodImpl(Inline)] public static Lanes1<TRounding> operator >(Lanes1<TRounding> a, Lanes1<TRounding> b) => new(a._v > b._v ? 1 : 0);
    [MethodImpl(Inline)] public static Lanes1<TRounding> Select(Lanes1<TRounding> mask, Lanes1<TRounding> whereTrue, Lanes1<TRounding> whereFalse) => mask._v != 0 ? whereTrue : whereFalse;
    [MethodImpl(Inline)] public static bool All(Lanes1<TRounding> mask) => mask._v != 0;
    [MethodImpl(Inline)] public static bool AllFinite(Lanes1<TRounding> x) => double.IsFinite(x._v);
    [MethodImpl(Inline)] public static Lanes1<TRounding> WhereNaN(Lanes1<TRounding> x, Lanes1<TRounding> whereTrue, Lanes1<TRounding> whereFalse) =>
        double.IsNaN(x._v) ? whereTrue : whereFalse;

    [MethodImpl(Inline)] public static Lanes1<TRounding> Max(Lanes1<TRounding> a, Lanes1<TRounding> b) => new(Math.Max(a._v, b._v));
    [MethodImpl(Inline)] public static Lanes1<TRounding> Abs(Lanes1<TRounding> x) => new(Math.Abs(x._v));
    [MethodImpl(Inline)] public static Lanes1<TRounding> Fma(Lanes1<TRounding> a, Lanes1<TRounding> b, Lanes1<TRounding> c) => new(Math.FusedMultiplyAdd(a._v, b._v, c._v));
    [MethodImpl(Inline)] public static Lanes1<TRounding> AtMost(double bound, Lanes1<TRounding> x) => bound < x._v ? bound : x;
    [MethodImpl(Inline)] public static Lanes1<TRounding> AtLeast(double bound, Lanes1<TRounding> x) => bound > x._v ? bound : x;
    [MethodImpl(Inline)] public static Lanes1<TRounding> CopySign(Lanes1<TRounding> magnitude, Lanes1<TRounding> sign) => new(Math.CopySign(magnitude._v, sign._v));

    [MethodImpl(Inline)] public static Lanes1<TRounding> PowerOfTwo(Lanes1<TRounding> shifted) =>
        new(BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(shifted._v) << 52));

    [MethodImpl(Inline)] public static Lanes1<TRounding> AddBits(Lanes1<TRounding> a, Lanes1<TRounding> b) =>
        new(BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a._v) + BitConverter.DoubleToInt64Bits(b._v)));

    [MethodImpl(Inline)] public static (Lanes1<TRounding> Mantissa, Lanes1<TRounding> Exponent) Split(Lanes1<TRounding> x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x._v);
        long exponent = (bits - Elementary.SqrtHalfBits) >> 52;
        return (new(BitConverter.Int64BitsToDouble(bits - (exponent << 52))), new(exponent));
    }
}
