using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nonlinear.Numerics;

/// <summary>16 floats side by side.</summary>
internal readonly struct FloatLanes16(Vector512<float> v) : IFloatLanes<FloatLanes16>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<float> _v = v;

    public static int Count => 16;

    [MethodImpl(Inline)] public static FloatLanes16 Load(ref float source, nuint index) => new(Vector512.LoadUnsafe(ref source, index));
    [MethodImpl(Inline)] public static void Store(FloatLanes16 x, ref float target, nuint index) => x._v.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static unsafe void StoreNonTemporal(FloatLanes16 x, ref float target, nuint index) =>
        x._v.StoreAlignedNonTemporal((float*)Unsafe.AsPointer(ref Unsafe.Add(ref target, index)));

    [MethodImpl(Inline)] public static implicit operator FloatLanes16(double value) => new(Vector512.Create((float)value));
    [MethodImpl(Inline)] public static FloatLanes16 operator +(FloatLanes16 a, FloatLanes16 b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static FloatLanes16 operator -(FloatLanes16 a, FloatLanes16 b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static FloatLanes16 operator *(FloatLanes16 a, FloatLanes16 b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static FloatLanes16 operator /(FloatLanes16 a, FloatLanes16 b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static FloatLanes16 operator -(FloatLanes16 a) => new(a._v ^ Vector512.Create(-0f));
    [MethodImpl(Inline)] public static FloatLanes16 operator <(FloatLanes16 a, FloatLanes16 b) => new(Vector512.LessThan(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes16 operator >(FloatLanes16 a, FloatLanes16 b) => new(Vector512.GreaterThan(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes16 Max(FloatLanes16 a, FloatLanes16 b) => new(Vector512.Max(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes16 Min(FloatLanes16 a, FloatLanes16 b) => new(Vector512.Min(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes16 Smaller(FloatLanes16 a, FloatLanes16 b) => new(Vector512.MinNative(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes16 Larger(FloatLanes16 a, FloatLanes16 b) => new(Vector512.MaxNative(a._v, b._v));
    [MethodImpl(Inline)] public static float LargestLane(FloatLanes16 x) =>
        FloatLanes8.LargestLane(new(Vector256.MaxNative(x._v.GetLower(), x._v.GetUpper())));
    [MethodImpl(Inline)] public static float Total(FloatLanes16 x) => FloatLanes8.Total(new(x._v.GetLower() + x._v.GetUpper()));
    [MethodImpl(Inline)] public static FloatLanes16 Sqrt(FloatLanes16 x) => new(Vector512.Sqrt(x._v));
    [MethodImpl(Inline)] public static FloatLanes16 Abs(FloatLanes16 x) => new(Vector512.Abs(x._v));
    [MethodImpl(Inline)] public static FloatLanes16 Fma(FloatLanes16 a, FloatLanes16 b, FloatLanes16 c) =>
        new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)] public static FloatLanes16 Fms(FloatLanes16 a, FloatLanes16 b, FloatLanes16 c) =>
        Avx512F.IsSupported ? new(Avx512F.FusedMultiplySubtract(a._v, b._v, c._v)) : Fma(a, b, -c);

    [MethodImpl(Inline)] public static FloatLanes16 Fnma(FloatLanes16 a, FloatLanes16 b, FloatLanes16 c) =>
        Avx512F.IsSupported ? new(Avx512F.FusedMultiplyAddNegated(a._v, b._v, c._v)) : Fma(-a, b, c);

    // The bound stands first: where x is NaN, the second operand is what both x86 and the portable form return.
    [MethodImpl(Inline)] public static FloatLanes16 AtMost(float bound, FloatLanes16 x) =>
        new(Vector512.MinNative(Vector512.Create(bound), x._v));
    [MethodImpl(Inline)] public static FloatLanes16 AtLeast(float bound, FloatLanes16 x) =>
        new(Vector512.MaxNative(Vector512.Create(bound), x._v));

    [MethodImpl(Inline)] public static FloatLanes16 Select(FloatLanes16 mask, FloatLanes16 whereTrue, FloatLanes16 whereFalse) =>
        new(Vector512.ConditionalSelect(mask._v, whereTrue._v, whereFalse._v));

    // In one expression with the comparison, the mask stays a mask.
    [MethodImpl(Inline)]
    public static FloatLanes16 SelectGreater(FloatLanes16 a, FloatLanes16 b, FloatLanes16 whereTrue, FloatLanes16 whereFalse) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(a._v, b._v), whereTrue._v, whereFalse._v));

    [MethodImpl(Inline)] public static FloatLanes16 CopySign(FloatLanes16 magnitude, FloatLanes16 sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0f), sign._v, magnitude._v));

    [MethodImpl(Inline)] public static FloatLanes16 PowerOfTwo(FloatLanes16 shifted) =>
        new(Vector512.ShiftLeft(shifted._v.AsInt32(), 23).AsSingle());

    [MethodImpl(Inline)] public static FloatLanes16 WhereNaN(FloatLanes16 x, FloatLanes16 whereTrue, FloatLanes16 whereFalse) =>
        new(Vector512.ConditionalSelect(Vector512.IsNaN(x._v), whereTrue._v, whereFalse._v));

    [MethodImpl(Inline)] public static bool AllEqual(FloatLanes16 a, FloatLanes16 b) => Vector512.EqualsAll(a._v, b._v);
    [MethodImpl(Inline)] public static int CountEqual(FloatLanes16 a, FloatLanes16 b) =>
        BitOperations.PopCount(Vector512.Equals(a._v, b._v).ExtractMostSignificantBits());

    // Less 1, the bits of 0 are larger than all others.
    [MethodImpl(Inline)] public static bool AllZeroOrAtLeast(float bound, FloatLanes16 magnitude) =>
        Vector512.GreaterThanOrEqualAll(
            magnitude._v.AsUInt32() - Vector512.Create(1u),
            Vector512.Create(BitConverter.SingleToUInt32Bits(bound)) - Vector512.Create(1u));

    [MethodImpl(Inline)] public static bool AllAtLeast(FloatLanes16 a, FloatLanes16 b) => Vector512.GreaterThanOrEqualAll(a._v, b._v);
}
