using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nonlinear.Numerics;

/// <summary>4 doubles side by side.</summary>
internal readonly struct Lanes4(Vector256<double> v) : ILanes<Lanes4>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector256<double> _v = v;

    public static int Count => 4;

    [MethodImpl(Inline)] public static Lanes4 Load(ref double source, nuint index) => new(Vector256.LoadUnsafe(ref source, index));
    [MethodImpl(Inline)] public static void Store(Lanes4 x, ref double target, nuint index) => x._v.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static Lanes4 LoadSingle(ref float source, nuint index) =>
        new(Avx.IsSupported
            ? Avx.ConvertToVector256Double(Vector128.LoadUnsafe(ref source, index))
            : Vector256.Create(Vector128.WidenLower(Vector128.LoadUnsafe(ref source, index)), Vector128.WidenUpper(Vector128.LoadUnsafe(ref source, index))));

    [MethodImpl(Inline)] public static void StoreSingle(Lanes4 x, ref float target, nuint index) =>
        (Avx.IsSupported
            ? Avx.ConvertToVector128Single(x._v)
            : Vector128.Narrow(x._v.GetLower(), x._v.GetUpper())).StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static implicit operator Lanes4(double value) => new(Vector256.Create(value));
    [MethodImpl(Inline)] public static Lanes4 operator +(Lanes4 a, Lanes4 b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static Lanes4 operator -(Lanes4 a, Lanes4 b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static Lanes4 operator *(Lanes4 a, Lanes4 b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static Lanes4 operator /(Lanes4 a, Lanes4 b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static Lanes4 operator -(Lanes4 a) => new(a._v ^ Vector256.Create(-0.0));
    [MethodImpl(Inline)] public static Lanes4 operator <(Lanes4 a, Lanes4 b) => new(Vector256.LessThan(a._v, b._v));
    [MethodImpl(Inline)] public static Lanes4 operator >(Lanes4 a, Lanes4 b) => new(Vector256.GreaterThan(a._v, b._v));
    [MethodImpl(Inline)] public static Lanes4 Abs(Lanes4 x) => new(Vector256.Abs(x._v));
    [MethodImpl(Inline)] public static Lanes4 Fma(Lanes4 a, Lanes4 b, Lanes4 c) => new(Vector256.FusedMultiplyAdd(a._v, b._v, c._v));

    // The bound stands first: where x is NaN, the second operand is what both x86 and the portable form return.
    [MethodImpl(Inline)] public static Lanes4 AtMost(double bound, Lanes4 x) => new(Vector256.MinNative(Vector256.Create(bound), x._v));
    [MethodImpl(Inline)] public static Lanes4 AtLeast(double bound, Lanes4 x) => new(Vector256.MaxNative(Vector256.Create(bound), x._v));

    [MethodImpl(Inline)] public static Lanes4 Select(Lanes4 mask, Lanes4 whereTrue, Lanes4 whereFalse) =>
        new(Vector256.ConditionalSelect(mask._v, whereTrue._v, whereFalse._v));

    [MethodImpl(Inline)] public static Lanes4 CopySign(Lanes4 magnitude, Lanes4 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0.0), sign._v, magnitude._v));

    [MethodImpl(Inline)] public static Lanes4 PowerOfTwo(Lanes4 shifted) =>
        new(Vector256.ShiftLeft(shifted._v.AsInt64() + Vector256.Create(1023L), 52).AsDouble());

    [MethodImpl(Inline)] public static (Lanes4 Mantissa, Lanes4 Exponent) Split(Lanes4 x)
    {
        Vector256<long> bits = x._v.AsInt64();
        Vector256<long> biased = Vector256.ShiftRightLogical(bits - Vector256.Create(Elementary.SqrtHalfBits) + Vector256.Create(1023L << 52), 52);
        Vector256<double> exponent = (biased | Vector256.Create(0x433L << 52)).AsDouble() - Vector256.Create(4503599627370496.0 + 1023);
        return (new((bits - Vector256.ShiftLeft(biased - Vector256.Create(1023L), 52)).AsDouble()), new(exponent));
    }

    [MethodImpl(Inline)] public static bool All(Lanes4 mask) => Vector256.EqualsAll(mask._v.AsInt64(), Vector256<long>.AllBitsSet);
    [MethodImpl(Inline)] public static bool AnyNaN(Lanes4 a, Lanes4 b) =>
        !Vector256.EqualsAll((Vector256.Equals(a._v, a._v) & Vector256.Equals(b._v, b._v)).AsInt64(), Vector256<long>.AllBitsSet);

    [MethodImpl(Inline)] public static Lanes4 WhereNaN(Lanes4 x, Lanes4 whereTrue, Lanes4 whereFalse) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(x._v, x._v), whereFalse._v, whereTrue._v));
}
