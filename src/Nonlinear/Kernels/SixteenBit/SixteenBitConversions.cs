using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nonlinear.Numerics;

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
    /// The bits of the numbers nearest to floats; <paramref name="doubtful"/> where a float lies within so many of its ulps of the middle
    /// between two numbers, where it is NaN, and perhaps where the number would be infinite.
    /// </summary>
    static abstract Vector256<uint> Round(Vector256<float> value, uint ulps, out Vector256<uint> doubtful);
}

internal readonly struct HalfConversion : ISixteenBit<Half>, ISpanConversion<Half>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const uint Sign = 0x8000, Infinity = 0x7C00, LeastNormal = 0x0400;

    // How many bits of a float's fraction are lost; what separates the exponents, and one unit of them, in the bits of a float.
    private const int Dropped = 13;
    private const uint Bias = 112 << 23, Exponent = 1 << 23, LeastNormalFloat = Bias + Exponent;

    // Where rounding to nearest arrives at infinity.
    private const float Beyond = 65520;

    public static double ToDouble(Half value) => (double)value;
    public static Half FromDouble(double value) => (Half)value;
    public static void Widen(ReadOnlySpan<Half> source, Span<double> target) =>
        SixteenBit.Widen<Half, HalfConversion>(source, target);
    public static void Narrow(ReadOnlySpan<double> source, Span<Half> target) =>
        SixteenBit.Narrow<Half, HalfConversion>(source, target);
    public static ushort ToBits(Half value) => BitConverter.HalfToUInt16Bits(value);
    public static Half FromBits(ushort bits) => BitConverter.UInt16BitsToHalf(bits);

    // 2⁻⁴² · 65504 < 2⁻²⁶
    public static double Vanishing => PowersOfTwo.Minus42;

    // A subnormal number is what the normal number with its fraction has above 2⁻¹⁴. As a subnormal float it would be slow on some
    // processors.
    [MethodImpl(Inline)] public static Vector256<float> Widen(Vector256<uint> bits)
    {
        Vector256<uint> magnitude = bits & Vector256.Create(Sign - 1);
        Vector256<uint> subnormal = Vector256.LessThan(magnitude.AsInt32(), Vector256.Create((int)LeastNormal)).AsUInt32();
        Vector256<uint> infinite = Vector256.GreaterThan(magnitude.AsInt32(), Vector256.Create((int)Infinity - 1)).AsUInt32();
        Vector256<uint> normal = (magnitude << Dropped) + Vector256.Create(Bias) + (subnormal & Vector256.Create(Exponent));
        Vector256<float> widened = normal.AsSingle() - (subnormal & Vector256.Create(LeastNormalFloat)).AsSingle();
        return (widened.AsUInt32() | (infinite & Vector256.Create(0x7F800000u)) | ((bits & Vector256.Create(Sign)) << 16)).AsSingle();
    }

    // Adding the power of two whose ulp is that of the result rounds, subnormal results included, and leaves the number of ulps in the
    // fraction.
    [MethodImpl(Inline)] public static Vector256<uint> Round(Vector256<float> value, uint ulps, out Vector256<uint> doubtful)
    {
        Vector256<uint> bits = value.AsUInt32(), magnitude = bits & Vector256.Create(0x7FFFFFFFu);
        Vector256<uint> exponent = Vector256.Max(
            (magnitude & Vector256.Create(0x7F800000u)).AsInt32(), Vector256.Create((int)LeastNormalFloat)).AsUInt32();
        Vector256<uint> power = exponent + Vector256.Create(Dropped * Exponent);
        Vector256<float> size = magnitude.AsSingle(), sum = size + power.AsSingle(), error = Vector256.Abs(size - (sum - power.AsSingle()));
        Vector256<float> safe = power.AsSingle() * Vector256.Create((1f / (1 << 24)) - (ulps / (float)(1L << 36)));
        doubtful = ~(Vector256.LessThan(error, safe) & Vector256.LessThan(size, Vector256.Create(Beyond))).AsUInt32();
        Vector256<uint> rounded = sum.AsUInt32() - power + ((exponent - Vector256.Create(LeastNormalFloat)) >> Dropped);
        return rounded | ((bits >> 16) & Vector256.Create(Sign));
    }
}

internal readonly struct BFloat16Conversion : ISixteenBit<BFloat16>, ISpanConversion<BFloat16>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static double ToDouble(BFloat16 value) => value;
    public static BFloat16 FromDouble(double value) => (BFloat16)value;
    public static void Widen(ReadOnlySpan<BFloat16> source, Span<double> target) =>
        SixteenBit.Widen<BFloat16, BFloat16Conversion>(source, target);
    public static void Narrow(ReadOnlySpan<double> source, Span<BFloat16> target) =>
        SixteenBit.Narrow<BFloat16, BFloat16Conversion>(source, target);
    public static ushort ToBits(BFloat16 value) => value.ToBits();
    public static BFloat16 FromBits(ushort bits) => BFloat16.FromBits(bits);

    // 2⁻²⁶³ · 2¹²⁸ < 2⁻¹³⁴
    public static double Vanishing => PowersOfTwo.Minus263;

    [MethodImpl(Inline)] public static Vector256<float> Widen(Vector256<uint> bits) => (bits << 16).AsSingle();

    // Both types have the same exponents: what is too large carries into infinity, and subnormal numbers are as any.
    [MethodImpl(Inline)] public static Vector256<uint> Round(Vector256<float> value, uint ulps, out Vector256<uint> doubtful)
    {
        Vector256<uint> bits = value.AsUInt32();
        Vector256<int> beside = ((bits - Vector256.Create(0x8000u - ulps)) & Vector256.Create(0xFFFFu)).AsInt32();
        doubtful = Vector256.LessThan(
            beside, Vector256.Create((2 * (int)ulps) + 1)).AsUInt32() | ~Vector256.Equals(value, value).AsUInt32();
        return (bits + (Vector256.Create(0x7FFFu) + ((bits >> 16) & Vector256<uint>.One))) >> 16;
    }
}
