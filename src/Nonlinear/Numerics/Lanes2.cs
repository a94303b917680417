using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Numerics;

/// <summary>2 doubles side by side.</summary>
internal readonly struct Lanes2(Vector128<double> v) : ILanes<Lanes2>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector128<double> _v = v;

    public static int Count => 2;

    [MethodImpl(Inline)] public static Lanes2 Load(ref double source, nuint index) => new(Vector128.LoadUnsafe(ref source, index));
    [MethodImpl(Inline)] public static void Store(Lanes2 x, ref double target, nuint index) => x._v.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static Lanes2 LoadSingle(ref float source, nuint index) =>
        new(Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref source, index)))).AsSingle()));

    [MethodImpl(Inline)] public static void StoreSingle(Lanes2 x, ref float target, nuint index) =>
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref target, index)), Vector128.Narrow(x._v, x._v).AsDouble().ToScalar());

    [MethodImpl(Inline)] public static implicit operator Lanes2(double value) => new(Vector128.Create(value));
    [MethodImpl(Inline)] public static Lanes2 operator +(Lanes2 a, Lanes2 b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static Lanes2 operator -(Lanes2 a, Lanes2 b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static Lanes2 operator *(Lanes2 a, Lanes2 b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static Lanes2 operator /(Lanes2 a, Lanes2 b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static Lanes2 operator -(Lanes2 a) => new(a._v ^ Vector128.Create(-0.0));
    [MethodImpl(Inline)] public static Lanes2 operator <(Lanes2 a, Lanes2 b) => new(Vector128.LessThan(a._v, b._v));
    [MethodImpl(Inline)] public static Lanes2 operator >(Lanes2 a, Lanes2 b) => new(Vector128.GreaterThan(a._v, b._v));
    [MethodImpl(Inline)] public static Lanes2 Abs(Lanes2 x) => new(Vector128.Abs(x._v));
    [MethodImpl(Inline)] public static Lanes2 Fma(Lanes2 a, Lanes2 b, Lanes2 c) => new(Vector128.FusedMultiplyAdd(a._v, b._v, c._v));

    // The bound stands first: where x is NaN, the second operand is what both x86 and the portable form return.
    [MethodImpl(Inline)] public static Lanes2 AtMost(double bound, Lanes2 x) => new(Vector128.MinNative(Vector128.Create(bound), x._v));
    [MethodImpl(Inline)] public static Lanes2 AtLeast(double bound, Lanes2 x) => new(Vector128.MaxNative(Vector128.Create(bound), x._v));

    [MethodImpl(Inline)] public static Lanes2 Select(Lanes2 mask, Lanes2 whereTrue, Lanes2 whereFalse) =>
        new(Vector128.ConditionalSelect(mask._v, whereTrue._v, whereFalse._v));

    [MethodImpl(Inline)] public static Lanes2 CopySign(Lanes2 magnitude, Lanes2 sign) =>
        new(Vector128.ConditionalSelect(Vector128.Create(-0.0), sign._v, magnitude._v));

    [MethodImpl(Inline)] public static Lanes2 PowerOfTwo(Lanes2 shifted) =>
        new(Vector128.ShiftLeft(shifted._v.AsInt64() + Vector128.Create(1023L), 52).AsDouble());

    [MethodImpl(Inline)] public static (Lanes2 Mantissa, Lanes2 Exponent) Split(Lanes2 x)
    {
        Vector128<long> bits = x._v.AsInt64();
        Vector128<long> biased = Vector128.ShiftRightLogical(bits - Vector128.Create(Elementary.SqrtHalfBits) + Vector128.Create(1023L << 52), 52);
        Vector128<double> exponent = (biased | Vector128.Create(0x433L << 52)).AsDouble() - Vector128.Create(4503599627370496.0 + 1023);
        return (new((bits - Vector128.ShiftLeft(biased - Vector128.Create(1023L), 52)).AsDouble()), new(exponent));
    }

    [MethodImpl(Inline)] public static bool All(Lanes2 mask) => Vector128.EqualsAll(mask._v.AsInt64(), Vector128<long>.AllBitsSet);
    [MethodImpl(Inline)] public static bool AnyNaN(Lanes2 a, Lanes2 b) =>
        !Vector128.EqualsAll((Vector128.Equals(a._v, a._v) & Vector128.Equals(b._v, b._v)).AsInt64(), Vector128<long>.AllBitsSet);

    [MethodImpl(Inline)] public static Lanes2 WhereNaN(Lanes2 x, Lanes2 whereTrue, Lanes2 whereFalse) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(x._v, x._v), whereFalse._v, whereTrue._v));
}
