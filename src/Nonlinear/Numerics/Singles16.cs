using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nonlinear.Numerics;

/// <summary>16 floats side by side.</summary>
internal readonly struct Singles16(Vector512<float> v) : ISingles<Singles16>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<float> _v = v;

    public static int Count => 16;

    [MethodImpl(Inline)] public static Singles16 Load(ref float source, nuint index) => new(Vector512.LoadUnsafe(ref source, index));
    [MethodImpl(Inline)] public static void Store(Singles16 x, ref float target, nuint index) => x._v.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static unsafe void StoreStreaming(Singles16 x, ref float target, nuint index) =>
        x._v.StoreAlignedNonTemporal((float*)Unsafe.AsPointer(ref Unsafe.Add(ref target, index)));

    [MethodImpl(Inline)] public static implicit operator Singles16(double value) => new(Vector512.Create((float)value));
    [MethodImpl(Inline)] public static Singles16 operator +(Singles16 a, Singles16 b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static Singles16 operator -(Singles16 a, Singles16 b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static Singles16 operator *(Singles16 a, Singles16 b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static Singles16 operator /(Singles16 a, Singles16 b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static Singles16 operator -(Singles16 a) => new(a._v ^ Vector512.Create(-0f));
    [MethodImpl(Inline)] public static Singles16 operator <(Singles16 a, Singles16 b) => new(Vector512.LessThan(a._v, b._v));
    [MethodImpl(Inline)] public static Singles16 operator >(Singles16 a, Singles16 b) => new(Vector512.GreaterThan(a._v, b._v));
    [MethodImpl(Inline)] public static Singles16 Max(Singles16 a, Singles16 b) => new(Vector512.Max(a._v, b._v));
    [MethodImpl(Inline)] public static Singles16 Smaller(Singles16 a, Singles16 b) => new(Vector512.MinNative(a._v, b._v));
    [MethodImpl(Inline)] public static Singles16 Larger(Singles16 a, Singles16 b) => new(Vector512.MaxNative(a._v, b._v));
    [MethodImpl(Inline)] public static float LargestLane(Singles16 x) => Singles8.LargestLane(new(Vector256.MaxNative(x._v.GetLower(), x._v.GetUpper())));
    [MethodImpl(Inline)] public static Singles16 Abs(Singles16 x) => new(Vector512.Abs(x._v));
    [MethodImpl(Inline)] public static Singles16 Fma(Singles16 a, Singles16 b, Singles16 c) => new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)] public static Singles16 Fms(Singles16 a, Singles16 b, Singles16 c) =>
        Avx512F.IsSupported ? new(Avx512F.FusedMultiplySubtract(a._v, b._v, c._v)) : Fma(a, b, -c);

    [MethodImpl(Inline)] public static Singles16 Fnma(Singles16 a, Singles16 b, Singles16 c) =>
        Avx512F.IsSupported ? new(Avx512F.FusedMultiplyAddNegated(a._v, b._v, c._v)) : Fma(-a, b, c);

    // The bound stands first: where x is NaN, the second operand is what both x86 and the portable form return.
    [MethodImpl(Inline)] public static Singles16 AtMost(float bound, Singles16 x) => new(Vector512.MinNative(Vector512.Create(bound), x._v));
    [MethodImpl(Inline)] public static Singles16 AtLeast(float bound, Singles16 x) => new(Vector512.MaxNative(Vector512.Create(bound), x._v));

    [MethodImpl(Inline)] public static Singles16 Select(Singles16 mask, Singles16 whereTrue, Singles16 whereFalse) =>
        new(Vector512.ConditionalSelect(mask._v, whereTrue._v, whereFalse._v));

    // In one expression with the comparison, the mask stays a mask.
    [MethodImpl(Inline)] public static Singles16 SelectGreater(Singles16 a, Singles16 b, Singles16 whereTrue, Singles16 whereFalse) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(a._v, b._v), whereTrue._v, whereFalse._v));

    [MethodImpl(Inline)] public static Singles16 CopySign(Singles16 magnitude, Singles16 sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0f), sign._v, magnitude._v));

    [MethodImpl(Inline)] public static Singles16 PowerOfTwo(Singles16 shifted) => new(Vector512.ShiftLeft(shifted._v.AsInt32(), 23).AsSingle());

    [MethodImpl(Inline)] public static Singles16 WhereNaN(Singles16 x, Singles16 whereTrue, Singles16 whereFalse) =>
        new(Vector512.ConditionalSelect(Vector512.IsNaN(x._v), whereTrue._v, whereFalse._v));

    [MethodImpl(Inline)] public static bool AllEqual(Singles16 a, Singles16 b) => Vector512.EqualsAll(a._v, b._v);

    // Less 1, the bits of 0 are larger than all others.
    [MethodImpl(Inline)] public static bool AllZeroOrAtLeast(float bound, Singles16 magnitude) =>
        Vector512.GreaterThanOrEqualAll(magnitude._v.AsUInt32() - Vector512.Create(1u), Vector512.Create(BitConverter.SingleToUInt32Bits(bound)) - Vector512.Create(1u));

    [MethodImpl(Inline)] public static bool AllAtLeast(Singles16 a, Singles16 b) => Vector512.GreaterThanOrEqualAll(a._v, b._v);
}
