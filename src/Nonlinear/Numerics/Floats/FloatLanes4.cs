using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Numerics;

/// <summary>4 floats side by side.</summary>
internal readonly struct FloatLanes4(Vector128<float> v) : IFloatLanes<FloatLanes4>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector128<float> _v = v;

    public static int Count => 4;

    [MethodImpl(Inline)] public static FloatLanes4 Load(ref float source, nuint index) => new(Vector128.LoadUnsafe(ref source, index));
    [MethodImpl(Inline)] public static void Store(FloatLanes4 x, ref float target, nuint index) => x._v.StoreUnsafe(ref target, index);

    [MethodImpl(Inline)] public static implicit operator FloatLanes4(double value) => new(Vector128.Create((float)value));
    [MethodImpl(Inline)] public static FloatLanes4 operator +(FloatLanes4 a, FloatLanes4 b) => new(a._v + b._v);
    [MethodImpl(Inline)] public static FloatLanes4 operator -(FloatLanes4 a, FloatLanes4 b) => new(a._v - b._v);
    [MethodImpl(Inline)] public static FloatLanes4 operator *(FloatLanes4 a, FloatLanes4 b) => new(a._v * b._v);
    [MethodImpl(Inline)] public static FloatLanes4 operator /(FloatLanes4 a, FloatLanes4 b) => new(a._v / b._v);
    [MethodImpl(Inline)] public static FloatLanes4 operator -(FloatLanes4 a) => new(a._v ^ Vector128.Create(-0f));
    [MethodImpl(Inline)] public static FloatLanes4 operator <(FloatLanes4 a, FloatLanes4 b) => new(Vector128.LessThan(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes4 operator >(FloatLanes4 a, FloatLanes4 b) => new(Vector128.GreaterThan(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes4 Max(FloatLanes4 a, FloatLanes4 b) => new(Vector128.Max(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes4 Min(FloatLanes4 a, FloatLanes4 b) => new(Vector128.Min(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes4 Smaller(FloatLanes4 a, FloatLanes4 b) => new(Vector128.MinNative(a._v, b._v));
    [MethodImpl(Inline)] public static FloatLanes4 Larger(FloatLanes4 a, FloatLanes4 b) => new(Vector128.MaxNative(a._v, b._v));
    [MethodImpl(Inline)] public static float LargestLane(FloatLanes4 x)
    {
        Vector128<float> pairs = Vector128.MaxNative(x._v, Vector128.Shuffle(x._v, Vector128.Create(2, 3, 0, 1)));
        return float.MaxNative(pairs[0], pairs[1]);
    }

    [MethodImpl(Inline)] public static float Total(FloatLanes4 x)
    {
        Vector128<float> pairs = x._v + Vector128.Shuffle(x._v, Vector128.Create(2, 3, 0, 1));
        return pairs[0] + pairs[1];
    }

    [MethodImpl(Inline)] public static FloatLanes4 Sqrt(FloatLanes4 x) => new(Vector128.Sqrt(x._v));
    [MethodImpl(Inline)] public static FloatLanes4 Abs(FloatLanes4 x) => new(Vector128.Abs(x._v));
    [MethodImpl(Inline)] public static FloatLanes4 Fma(FloatLanes4 a, FloatLanes4 b, FloatLanes4 c) =>
        new(Vector128.FusedMultiplyAdd(a._v, b._v, c._v));

    // The bound stands first: where x is NaN, the second operand is what both x86 and the portable form return.
    [MethodImpl(Inline)] public static FloatLanes4 AtMost(float bound, FloatLanes4 x) =>
        new(Vector128.MinNative(Vector128.Create(bound), x._v));
    [MethodImpl(Inline)] public static FloatLanes4 AtLeast(float bound, FloatLanes4 x) =>
        new(Vector128.MaxNative(Vector128.Create(bound), x._v));

    [MethodImpl(Inline)] public static FloatLanes4 Select(FloatLanes4 mask, FloatLanes4 whereTrue, FloatLanes4 whereFalse) =>
        new(Vector128.ConditionalSelect(mask._v, whereTrue._v, whereFalse._v));

    [MethodImpl(Inline)] public static FloatLanes4 CopySign(FloatLanes4 magnitude, FloatLanes4 sign) =>
        new(Vector128.ConditionalSelect(Vector128.Create(-0f), sign._v, magnitude._v));

    [MethodImpl(Inline)] public static FloatLanes4 PowerOfTwo(FloatLanes4 shifted) =>
        new(Vector128.ShiftLeft(shifted._v.AsInt32(), 23).AsSingle());

    [MethodImpl(Inline)] public static FloatLanes4 WhereNaN(FloatLanes4 x, FloatLanes4 whereTrue, FloatLanes4 whereFalse) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(x._v, x._v), whereFalse._v, whereTrue._v));

    [MethodImpl(Inline)] public static bool AllEqual(FloatLanes4 a, FloatLanes4 b) => Vector128.EqualsAll(a._v, b._v);
    [MethodImpl(Inline)] public static int CountEqual(FloatLanes4 a, FloatLanes4 b) =>
        BitOperations.PopCount(Vector128.Equals(a._v, b._v).ExtractMostSignificantBits());

    // Less 1, the bits of 0 are larger than all others.
    [MethodImpl(Inline)] public static bool AllZeroOrAtLeast(float bound, FloatLanes4 magnitude) =>
        Vector128.GreaterThanOrEqualAll(
            magnitude._v.AsUInt32() - Vector128.Create(1u),
            Vector128.Create(BitConverter.SingleToUInt32Bits(bound)) - Vector128.Create(1u));

    [MethodImpl(Inline)] public static bool AllAtLeast(FloatLanes4 a, FloatLanes4 b) => Vector128.GreaterThanOrEqualAll(a._v, b._v);
}
