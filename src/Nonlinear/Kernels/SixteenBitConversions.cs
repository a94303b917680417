using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Kernels;

/// <summary>How a 16-bit type converts, one by one and in vectors of its bits.</summary>
internal interface ISixteenBit<T> : IConversion<T>
    where T : unmanaged
{
    static abstract ushort ToBits(T value);
    static abstract T FromBits(ushort bits);

    /// <summary>A number so small that its product with any finite number of the type is rounded to 0.</summary>
    static abstract double Vanishing { get; }

    /// <summary>The floats that equal the numbers with these bits.</summary>
    static abstract Vector256<float> Widen(Vector256<uint> bits);

    /// <summary>
    /// The bits of the numbers nearest to floats; <paramref name="doubtful"/> where a float lies within so many of its ulps of the middle between two
    /// numbers, and where it is NaN.
    /// </summary>
    static abstract Vector256<uint> Round(Vector256<float> value, uint ulps, out Vector256<uint> doubtful);
}

internal readonly struct HalfConversion : ISixteenBit<Half>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const uint Sign = 0x8000, Infinity = 0x7C00, LeastNormal = 0x0400;
    private const int Dropped = 13;

    // Less than half a unit of what is kept; what separates the exponents of float and of half: in the bits of a float.
    private const uint Bias = 112 << 23, Halfway = (1 << (Dropped - 1)) - 1;

    public static double ToDouble(Half value) => (double)value;
    public static Half FromDouble(double value) => (Half)value;
    public static ushort ToBits(Half value) => BitConverter.HalfToUInt16Bits(value);
    public static Half FromBits(ushort bits) => BitConverter.UInt16BitsToHalf(bits);

    // 2⁻⁴² · 65504 < 2⁻²⁶
    public static double Vanishing => 2.2737367544323206e-13;

    // Subnormal numbers by way of integers: as floats they would be subnormal themselves, which some processors are slow with.
    [MethodImpl(Inline)] public static Vector256<float> Widen(Vector256<uint> bits)
    {
        Vector256<uint> magnitude = bits & Vector256.Create(Sign - 1), shifted = magnitude << Dropped;
        Vector256<uint> subnormal = (Vector256.ConvertToSingle(magnitude.AsInt32()) * Vector256.Create(1f / (1 << 24))).AsUInt32();
        Vector256<uint> normal = shifted + Vector256.Create(Bias), infinite = shifted | Vector256.Create(0x7F800000u);
        Vector256<uint> widened = Vector256.ConditionalSelect(
            Vector256.LessThan(magnitude.AsInt32(), Vector256.Create((int)LeastNormal)).AsUInt32(),
            subnormal,
            Vector256.ConditionalSelect(Vector256.LessThan(magnitude.AsInt32(), Vector256.Create((int)Infinity)).AsUInt32(), normal, infinite));
        return (widened | ((bits & Vector256.Create(Sign)) << 16)).AsSingle();
    }

    // Subnormal numbers are the multiples of the ulp of ½, to which adding ½ rounds.
    [MethodImpl(Inline)] public static Vector256<uint> Round(Vector256<float> value, uint ulps, out Vector256<uint> doubtful)
    {
        Vector256<uint> bits = value.AsUInt32(), magnitude = bits & Vector256.Create(0x7FFFFFFFu), lost = Vector256.Create((1u << Dropped) - 1);
        Vector256<uint> odd = (magnitude >> Dropped) & Vector256<uint>.One;
        Vector256<uint> normal = (magnitude + (Vector256.Create(Halfway) - Vector256.Create(Bias) + odd)) >> Dropped;
        normal = Vector256.Min(normal.AsInt32(), Vector256.Create((int)Infinity)).AsUInt32();
        Vector256<int> beside = ((magnitude - Vector256.Create((1u << (Dropped - 1)) - ulps)) & lost).AsInt32();
        Vector256<uint> normalDoubtful = Vector256.LessThan(beside, Vector256.Create((2 * (int)ulps) + 1)).AsUInt32();

        Vector256<float> half = Vector256.Create(0.5f), size = magnitude.AsSingle(), sum = size + half;
        Vector256<uint> subnormal = sum.AsUInt32() - half.AsUInt32();
        Vector256<float> error = Vector256.Abs(size - (sum - half)), safe = Vector256.Create((1f / (1 << 25)) - (ulps / (float)(1L << 38)));
        Vector256<uint> subnormalDoubtful = Vector256.GreaterThanOrEqual(error, safe).AsUInt32();

        Vector256<uint> isSmall = Vector256.LessThan(magnitude.AsInt32(), Vector256.Create((int)((LeastNormal << Dropped) + Bias))).AsUInt32();
        doubtful = Vector256.ConditionalSelect(isSmall, subnormalDoubtful, normalDoubtful) | ~Vector256.Equals(value, value).AsUInt32();
        return Vector256.ConditionalSelect(isSmall, subnormal, normal) | ((bits >> 16) & Vector256.Create(Sign));
    }
}

internal readonly struct BFloat16Conversion : ISixteenBit<BFloat16>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static double ToDouble(BFloat16 value) => value;
    public static BFloat16 FromDouble(double value) => (BFloat16)value;
    public static ushort ToBits(BFloat16 value) => value.ToBits();
    public static BFloat16 FromBits(ushort bits) => BFloat16.FromBits(bits);

    // 2⁻²⁶³ · 2¹²⁸ < 2⁻¹³⁴
    public static double Vanishing => 6.747006683667535e-80;

    [MethodImpl(Inline)] public static Vector256<float> Widen(Vector256<uint> bits) => (bits << 16).AsSingle();

    // Both types have the same exponents: what is too large carries into infinity, and subnormal numbers are as any.
    [MethodImpl(Inline)] public static Vector256<uint> Round(Vector256<float> value, uint ulps, out Vector256<uint> doubtful)
    {
        Vector256<uint> bits = value.AsUInt32();
        Vector256<int> beside = ((bits - Vector256.Create(0x8000u - ulps)) & Vector256.Create(0xFFFFu)).AsInt32();
        doubtful = Vector256.LessThan(beside, Vector256.Create((2 * (int)ulps) + 1)).AsUInt32() | ~Vector256.Equals(value, value).AsUInt32();
        return (bits + (Vector256.Create(0x7FFFu) + ((bits >> 16) & Vector256<uint>.One))) >> 16;
    }
}
