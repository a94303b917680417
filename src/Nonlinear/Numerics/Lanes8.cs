using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nonlinear.Numerics;

/// <summary>8 doubles side by side.</summary>
internal readonly struct Lanes8(Vector512<double> v) : ILanes<Lanes8>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<double> _v = v;

    public static int Count => 8;

    [MethodImpl(Inline)] public static Lanes8 Load(ref double source, nuint index) => new(Vector512.LoadUnsafe(ref source, index));
    [MethodImpl(Inline)] public static void Store(Lanes8 x, ref double target, nuint index) => x._v.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static Lanes8 LoadSingle(ref float source, nuint index) =>
        new(Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(ref source, index))
            : Vector512.Create(Vector256.WidenLower(Vector256.LoadUnsafe(ref source, index)), Vector256.WidenUpper(Vector256.LoadUnsafe(ref source, index))));

    [MethodImpl(Inline)] public static void StoreSingle(Lanes8 x, ref float target, nuint index) =>
        (Avx512F.IsSupported
            ? Avx512F.ConvertToVector256Single(x._v)
            : Vector256.Narrow(x._v.GetLower(), x._v.GetUpper())).StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static implicit operator Lanes8(double value) => new(Vector512.Create(value));
    [MethodImpl(Inline)] public static Lanes8 operator +(Lanes8 a, Lanes8 b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static Lanes8 operator -(Lanes8 a, Lanes8 b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static Lanes8 operator *(Lanes8 a, Lanes8 b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static Lanes8 operator /(Lanes8 a, Lanes8 b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static Lanes8 operator -(Lanes8 a) => new(a._v ^ Vector512.Create(-0.0));
    [MethodImpl(Inline)] public static Lanes8 operator <(Lanes8 a, Lanes8 b) => new(Vector512.LessThan(a._v, b._v));
    [MethodImpl(Inline)] public static Lanes8 operator >(Lanes8 a, Lanes8 b) => new(Vector512.GreaterThan(a._v, b._v));
    [MethodImpl(Inline)] public static Lanes8 Abs(Lanes8 x) => new(Vector512.Abs(x._v));
    [MethodImpl(Inline)] public static Lanes8 Fma(Lanes8 a, Lanes8 b, Lanes8 c) => new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    // The bound stands first: where x is NaN, the second operand is what both x86 and the portable form return.
    [MethodImpl(Inline)] public static Lanes8 AtMost(double bound, Lanes8 x) => new(Vector512.MinNative(Vector512.Create(bound), x._v));
    [MethodImpl(Inline)] public static Lanes8 AtLeast(double bound, Lanes8 x) => new(Vector512.MaxNative(Vector512.Create(bound), x._v));

    [MethodImpl(Inline)] public static Lanes8 Select(Lanes8 mask, Lanes8 whereTrue, Lanes8 whereFalse) =>
        new(Vector512.ConditionalSelect(mask._v, whereTrue._v, whereFalse._v));

    [MethodImpl(Inline)] public static Lanes8 CopySign(Lanes8 magnitude, Lanes8 sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0.0), sign._v, magnitude._v));

    [MethodImpl(Inline)] public static Lanes8 PowerOfTwo(Lanes8 shifted) =>
        new(Vector512.ShiftLeft(shifted._v.AsInt64() + Vector512.Create(1023L), 52).AsDouble());

    [MethodImpl(Inline)] public static (Lanes8 Mantissa, Lanes8 Exponent) Split(Lanes8 x)
    {
        Vector512<long> bits = x._v.AsInt64();
        Vector512<long> biased = Vector512.ShiftRightLogical(bits - Vector512.Create(Elementary.SqrtHalfBits) + Vector512.Create(1023L << 52), 52);
        Vector512<double> exponent = (biased | Vector512.Create(0x433L << 52)).AsDouble() - Vector512.Create(4503599627370496.0 + 1023);
        return (new((bits - Vector512.ShiftLeft(biased - Vector512.Create(1023L), 52)).AsDouble()), new(exponent));
    }

    [MethodImpl(Inline)] public static bool All(Lanes8 mask) => Vector512.EqualsAll(mask._v.AsInt64(), Vector512<long>.AllBitsSet);
    [MethodImpl(Inline)] public static bool AnyNaN(Lanes8 a, Lanes8 b) =>
        !Vector512.EqualsAll((Vector512.Equals(a._v, a._v) & Vector512.Equals(b._v, b._v)).AsInt64(), Vector512<long>.AllBitsSet);

    [MethodImpl(Inline)] public static Lanes8 WhereNaN(Lanes8 x, Lanes8 whereTrue, Lanes8 whereFalse) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(x._v, x._v), whereFalse._v, whereTrue._v));
}
