using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>A single float, for processors without vectors and for interpreters that are slow at them.</summary>
internal readonly struct Singles1(float v) : ISingles<Singles1>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly float _v = v;

    public static int Count => 1;

    [MethodImpl(Inline)] public static Singles1 Load(ref float source, nuint index) => new(Unsafe.Add(ref source, index));
    [MethodImpl(Inline)] public static void Store(Singles1 x, ref float target, nuint index) => Unsafe.Add(ref target, index) = x._v;

    [MethodImpl(Inline)] public static implicit operator Singles1(double value) => new((float)value);
    [MethodImpl(Inline)] public static Singles1 operator +(Singles1 a, Singles1 b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static Singles1 operator -(Singles1 a, Singles1 b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static Singles1 operator *(Singles1 a, Singles1 b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static Singles1 operator /(Singles1 a, Singles1 b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static Singles1 operator -(Singles1 a) => new(-a._v);

    // A mask is one or zero here; only Select looks at it.
    [MethodImpl(Inline)] public static Singles1 operator <(Singles1 a, Singles1 b) => new(a._v < b._v ? 1 : 0);
    [MethodImpl(Inline)] public static Singles1 operator >(Singles1 a, Singles1 b) => new(a._v > b._v ? 1 : 0);
    [MethodImpl(Inline)] public static Singles1 Select(Singles1 mask, Singles1 whereTrue, Singles1 whereFalse) => mask._v != 0 ? whereTrue : whereFalse;
    [MethodImpl(Inline)] public static Singles1 Max(Singles1 a, Singles1 b) => new(MathF.Max(a._v, b._v));
    [MethodImpl(Inline)] public static Singles1 Smaller(Singles1 a, Singles1 b) => new(float.MinNative(a._v, b._v));
    [MethodImpl(Inline)] public static Singles1 Larger(Singles1 a, Singles1 b) => new(float.MaxNative(a._v, b._v));
    [MethodImpl(Inline)] public static float LargestLane(Singles1 x) => x._v;
    [MethodImpl(Inline)] public static Singles1 Abs(Singles1 x) => new(MathF.Abs(x._v));
    [MethodImpl(Inline)] public static Singles1 Fma(Singles1 a, Singles1 b, Singles1 c) => new(MathF.FusedMultiplyAdd(a._v, b._v, c._v));
    [MethodImpl(Inline)] public static Singles1 AtMost(float bound, Singles1 x) => bound < x._v ? new(bound) : x;
    [MethodImpl(Inline)] public static Singles1 AtLeast(float bound, Singles1 x) => bound > x._v ? new(bound) : x;
    [MethodImpl(Inline)] public static Singles1 CopySign(Singles1 magnitude, Singles1 sign) => new(MathF.CopySign(magnitude._v, sign._v));

    [MethodImpl(Inline)] public static Singles1 PowerOfTwo(Singles1 shifted) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(shifted._v) << 23));

    [MethodImpl(Inline)] public static Singles1 WhereNaN(Singles1 x, Singles1 whereTrue, Singles1 whereFalse) => float.IsNaN(x._v) ? whereTrue : whereFalse;

    [MethodImpl(Inline)] public static bool AllEqual(Singles1 a, Singles1 b) => a._v == b._v;
    [MethodImpl(Inline)] public static bool AllZeroOrAtLeast(float bound, Singles1 magnitude) => magnitude._v == 0 || !(magnitude._v < bound);
    [MethodImpl(Inline)] public static bool AllAtLeast(Singles1 a, Singles1 b) => a._v >= b._v;
}
