using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>A single float, for processors without vectors and for interpreters that are slow at them.</summary>
internal readonly struct FloatLanes1(float v) : IFloatLanes<FloatLanes1>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly float _v = v;

    public static int Count => 1;

    [MethodImpl(Inline)] public static FloatLanes1 Load(ref float source, nuint index) => new(Unsafe.Add(ref source, index));
    [MethodImpl(Inline)] public static void Store(FloatLanes1 x, ref float target, nuint index) => Unsafe.Add(ref target, index) = x._v;

    [MethodImpl(Inline)] public static implicit operator FloatLanes1(double value) => new((float)value);
    [MethodImpl(Inline)] public static FloatLanes1 operator +(FloatLanes1 a, FloatLanes1 b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static FloatLanes1 operator -(FloatLanes1 a, FloatLanes1 b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static FloatLanes1 operator *(FloatLanes1 a, FloatLanes1 b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static FloatLanes1 operator /(FloatLanes1 a, FloatLanes1 b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static FloatLanes1 operator -(FloatLanes1 a) => new(-a._v);

    // A mask is one or zero here; only Select looks at it.
    [MethodImpl(Inline)] public static FloatLanes1 operator <(FloatLanes1 a, FloatLanes1 b) => new(a._v < b._v ? 1 : 0);
    [MethodImpl(Inline)] public static FloatLanes1 operator >(FloatLanes1 a, FloatLanes1 b) => new(a._v > b._v ? 1 : 0);
    [MethodImpl(Inline)] public static FloatLanes1 Select(FloatLanes1 mask, FloatLanes1 whereTrue, FloatLanes1 whereFalse) =>
        mask._v != 0 ? whereTrue : whereFalse;
    [MethodImpl(Inline)] public static FloatLanes1 Max(FloatLanes1 a, FloatLanes1 b) => new(MathF.Max(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes1 Min(FloatLanes1 a, FloatLanes1 b) => new(MathF.Min(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes1 Smaller(FloatLanes1 a, FloatLanes1 b) => new(float.MinNative(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes1 Larger(FloatLanes1 a, FloatLanes1 b) => new(float.MaxNative(a._v, b._v));
    [MethodImpl(Inline)] public static float LargestLane(FloatLanes1 x) => x._v;
    [MethodImpl(Inline)] public static float Total(FloatLanes1 x) => x._v;
    [MethodImpl(Inline)] public static FloatLanes1 Sqrt(FloatLanes1 x) => new(MathF.Sqrt(x._v));
    [MethodImpl(Inline)] public static FloatLanes1 Abs(FloatLanes1 x) => new(MathF.Abs(x._v));
    [MethodImpl(Inline)] public static FloatLanes1 Fma(FloatLanes1 a, FloatLanes1 b, FloatLanes1 c) =>
        new(MathF.FusedMultiplyAdd(a._v, b._v, c._v));
    [MethodImpl(Inline)] public static FloatLanes1 AtMost(float bound, FloatLanes1 x) => bound < x._v ? new(bound) : x;
    [MethodImpl(Inline)] public static FloatLanes1 AtLeast(float bound, FloatLanes1 x) => bound > x._v ? new(bound) : x;
    [MethodImpl(Inline)] public static FloatLanes1 CopySign(FloatLanes1 magnitude, FloatLanes1 sign) =>
        new(MathF.CopySign(magnitude._v, sign._v));

    [MethodImpl(Inline)] public static FloatLanes1 PowerOfTwo(FloatLanes1 shifted) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(shifted._v) << 23));

    [MethodImpl(Inline)] public static FloatLanes1 WhereNaN(FloatLanes1 x, FloatLanes1 whereTrue, FloatLanes1 whereFalse) =>
        float.IsNaN(x._v) ? whereTrue : whereFalse;

    [MethodImpl(Inline)] public static bool AllEqual(FloatLanes1 a, FloatLanes1 b) => a._v == b._v;
    [MethodImpl(Inline)] public static int CountEqual(FloatLanes1 a, FloatLanes1 b) => a._v == b._v ? 1 : 0;
    [MethodImpl(Inline)] public static bool AllZeroOrAtLeast(float bound, FloatLanes1 magnitude) =>
        magnitude._v == 0 || !(magnitude._v < bound);
    [MethodImpl(Inline)] public static bool AllAtLeast(FloatLanes1 a, FloatLanes1 b) => a._v >= b._v;
}
