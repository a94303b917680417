using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nonlinear.Numerics;

/// <summary>8 floats side by side.</summary>
internal readonly struct FloatLanes8(Vector256<float> v) : IFloatLanes<FloatLanes8>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector256<float> _v = v;

    public static int Count => 8;

    [MethodImpl(Inline)] public static FloatLanes8 Load(ref float source, nuint index) => new(Vector256.LoadUnsafe(ref source, index));
    [MethodImpl(Inline)] public static void Store(FloatLanes8 x, ref float target, nuint index) => x._v.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static unsafe void StoreNonTemporal(FloatLanes8 x, ref float target, nuint index) =>
        x._v.StoreAlignedNonTemporal((float*)Unsafe.AsPointer(ref Unsafe.Add(ref target, index)));

    [MethodImpl(Inline)] public static implicit operator FloatLanes8(double value) => new(Vector256.Create((float)value));
    [MethodImpl(Inline)] public static FloatLanes8 operator +(FloatLanes8 a, FloatLanes8 b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static FloatLanes8 operator -(FloatLanes8 a, FloatLanes8 b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static FloatLanes8 operator *(FloatLanes8 a, FloatLanes8 b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static FloatLanes8 operator /(FloatLanes8 a, FloatLanes8 b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static FloatLanes8 operator -(FloatLanes8 a) => new(a._v ^ Vector256.Create(-0f));
    [MethodImpl(Inline)] public static FloatLanes8 operator <(FloatLanes8 a, FloatLanes8 b) => new(Vector256.LessThan(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes8 operator >(FloatLanes8 a, FloatLanes8 b) => new(Vector256.GreaterThan(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes8 Max(FloatLanes8 a, FloatLanes8 b) => new(Vector256.Max(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes8 Min(FloatLanes8 a, FloatLanes8 b) => new(Vector256.Min(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes8 Smaller(FloatLanes8 a, FloatLanes8 b) => new(Vector256.MinNative(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes8 Larger(FloatLanes8 a, FloatLanes8 b) => new(Vector256.MaxNative(a._v, b._v));
    [MethodImpl(Inline)] public static float LargestLane(FloatLanes8 x) =>
        FloatLanes4.LargestLane(new(Vector128.MaxNative(x._v.GetLower(), x._v.GetUpper())));
    [MethodImpl(Inline)] public static float Total(FloatLanes8 x) => FloatLanes4.Total(new(x._v.GetLower() + x._v.GetUpper()));
    [MethodImpl(Inline)] public static FloatLanes8 Sqrt(FloatLanes8 x) => new(Vector256.Sqrt(x._v));
    [MethodImpl(Inline)] public static FloatLanes8 Abs(FloatLanes8 x) => new(Vector256.Abs(x._v));
    [MethodImpl(Inline)] public static FloatLanes8 Fma(FloatLanes8 a, FloatLanes8 b, FloatLanes8 c) =>
        new(Vector256.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)] public static FloatLanes8 Fnma(FloatLanes8 a, FloatLanes8 b, FloatLanes8 c) =>
        System.Runtime.Intrinsics.X86.Fma.IsSupported
            ? new(System.Runtime.Intrinsics.X86.Fma.MultiplyAddNegated(a._v, b._v, c._v))
            : Fma(-a, b, c);

    [MethodImpl(Inline)] public static FloatLanes8 Fms(FloatLanes8 a, FloatLanes8 b, FloatLanes8 c) =>
        System.Runtime.Intrinsics.X86.Fma.IsSupported
            ? new(System.Runtime.Intrinsics.X86.Fma.MultiplySubtract(a._v, b._v, c._v))
            : Fma(a, b, -c);

    // The bound stands first: where x is NaN, the second operand is what both x86 and the portable form return.
    [MethodImpl(Inline)] public static FloatLanes8 AtMost(float bound, FloatLanes8 x) =>
        new(Vector256.MinNative(Vector256.Create(bound), x._v));
    [MethodImpl(Inline)] public static FloatLanes8 AtLeast(float bound, FloatLanes8 x) =>
        new(Vector256.MaxNative(Vector256.Create(bound), x._v));

    [MethodImpl(Inline)] public static FloatLanes8 Select(FloatLanes8 mask, FloatLanes8 whereTrue, FloatLanes8 whereFalse) =>
        new(Vector256.ConditionalSelect(mask._v, whereTrue._v, whereFalse._v));

    [MethodImpl(Inline)] public static FloatLanes8 CopySign(FloatLanes8 magnitude, FloatLanes8 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0f), sign._v, magnitude._v));

    [MethodImpl(Inline)] public static FloatLanes8 PowerOfTwo(FloatLanes8 shifted) =>
        new(Vector256.ShiftLeft(shifted._v.AsInt32(), 23).AsSingle());

    [MethodImpl(Inline)] public static FloatLanes8 WhereNaN(FloatLanes8 x, FloatLanes8 whereTrue, FloatLanes8 whereFalse) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(x._v, x._v), whereFalse._v, whereTrue._v));

    [MethodImpl(Inline)] public static bool AllEqual(FloatLanes8 a, FloatLanes8 b) => Vector256.EqualsAll(a._v, b._v);
    [MethodImpl(Inline)] public static int CountEqual(FloatLanes8 a, FloatLanes8 b) =>
        BitOperations.PopCount(Vector256.Equals(a._v, b._v).ExtractMostSignificantBits());

    // Less 1, the bits of 0 are larger than all others.
    [MethodImpl(Inline)] public static bool AllZeroOrAtLeast(float bound, FloatLanes8 magnitude) =>
        Vector256.GreaterThanOrEqualAll(
            magnitude._v.AsUInt32() - Vector256.Create(1u),
            Vector256.Create(BitConverter.SingleToUInt32Bits(bound)) - Vector256.Create(1u));

    [MethodImpl(Inline)] public static bool AllAtLeast(FloatLanes8 a, FloatLanes8 b) => Vector256.GreaterThanOrEqualAll(a._v, b._v);
}
