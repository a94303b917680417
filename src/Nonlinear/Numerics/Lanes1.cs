using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>A single double, for processors without vectors and for interpreters that are slow at them.</summary>
internal readonly struct Lanes1(double v) : ILanes<Lanes1>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly double _v = v;

    public double Value => _v;

    public static int Count => 1;

    [MethodImpl(Inline)] public static Lanes1 Load(ref double source, nuint index) => new(Unsafe.Add(ref source, index));
    [MethodImpl(Inline)] public static void Store(Lanes1 x, ref double target, nuint index) => Unsafe.Add(ref target, index) = x._v;
    [MethodImpl(Inline)] public static Lanes1 LoadSingle(ref float source, nuint index) => new(Unsafe.Add(ref source, index));
    [MethodImpl(Inline)] public static void StoreSingle(Lanes1 x, ref float target, nuint index) =>
        Unsafe.Add(ref target, index) = (float)x._v;

    [MethodImpl(Inline)] public static implicit operator Lanes1(double value) => new(value);
    [MethodImpl(Inline)] public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static Lanes1 operator /(Lanes1 a, Lanes1 b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static Lanes1 operator -(Lanes1 a) => new(-a._v);

    // A mask is one or zero here; only Select and All look at it.
    [MethodImpl(Inline)] public static Lanes1 operator <(Lanes1 a, Lanes1 b) => new(a._v < b._v ? 1 : 0);
    [MethodImpl(Inline)] public static Lanes1 operator >(Lanes1 a, Lanes1 b) => new(a._v > b._v ? 1 : 0);
    [MethodImpl(Inline)] public static Lanes1 Select(Lanes1 mask, Lanes1 whereTrue, Lanes1 whereFalse) => mask._v != 0 ? whereTrue : whereFalse;
    [MethodImpl(Inline)] public static bool All(Lanes1 mask) => mask._v != 0;
    [MethodImpl(Inline)] public static bool AnyNaN(Lanes1 a, Lanes1 b) => double.IsNaN(a._v) || double.IsNaN(b._v);
    [MethodImpl(Inline)] public static Lanes1 WhereNaN(Lanes1 x, Lanes1 whereTrue, Lanes1 whereFalse) =>
        double.IsNaN(x._v) ? whereTrue : whereFalse;

    [MethodImpl(Inline)] public static Lanes1 Abs(Lanes1 x) => new(Math.Abs(x._v));
    [MethodImpl(Inline)] public static Lanes1 Fma(Lanes1 a, Lanes1 b, Lanes1 c) => new(Math.FusedMultiplyAdd(a._v, b._v, c._v));
    [MethodImpl(Inline)] public static Lanes1 AtMost(double bound, Lanes1 x) => bound < x._v ? bound : x;
    [MethodImpl(Inline)] public static Lanes1 AtLeast(double bound, Lanes1 x) => bound > x._v ? bound : x;
    [MethodImpl(Inline)] public static Lanes1 CopySign(Lanes1 magnitude, Lanes1 sign) => new(Math.CopySign(magnitude._v, sign._v));

    [MethodImpl(Inline)] public static Lanes1 PowerOfTwo(Lanes1 shifted) =>
        new(BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(shifted._v) + 1023) << 52));

    [MethodImpl(Inline)] public static (Lanes1 Mantissa, Lanes1 Exponent) Split(Lanes1 x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x._v);
        long exponent = (bits - Elementary.SqrtHalfBits) >> 52;
        return (new(BitConverter.Int64BitsToDouble(bits - (exponent << 52))), new(exponent));
    }
}
