using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>How a type converts to double, exactly, and from it, rounded once.</summary>
internal interface IConversion<T>
    where T : unmanaged
{
    static abstract double ToDouble(T value);
    static abstract T FromDouble(double value);
}

internal readonly struct SingleConversion : IConversion<float>
{
    public static double ToDouble(float value) => value;
    public static float FromDouble(double value) => (float)value;
}

internal readonly struct DoubleConversion : IConversion<double>
{
    public static double ToDouble(double value) => value;
    public static double FromDouble(double value) => value;
}

/// <summary>The same for code that is generic over float and double alone.</summary>
internal static class Number
{
    public static double ToDouble<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);

    /// <summary>Whether a float comes as near to a number as to any of its size.</summary>
    public static bool HasFloat(double value) => value == 0 || Math.Abs(value) is > 1e-37 and < 1e38;

    public static T FromDouble<T>(double value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);
}

/// <summary>How a 16-bit type converts, and how its bits are numbered.</summary>
internal interface ISixteenBit<T> : IConversion<T>
    where T : unmanaged
{
    static abstract ushort ToBits(T value);
    static abstract T FromBits(ushort bits);
}

internal readonly struct HalfConversion : ISixteenBit<Half>
{
    public static double ToDouble(Half value) => (double)value;
    public static Half FromDouble(double value) => (Half)value;
    public static ushort ToBits(Half value) => BitConverter.HalfToUInt16Bits(value);
    public static Half FromBits(ushort bits) => BitConverter.UInt16BitsToHalf(bits);
}

internal readonly struct BFloat16Conversion : ISixteenBit<BFloat16>
{
    public static double ToDouble(BFloat16 value) => value;
    public static BFloat16 FromDouble(double value) => (BFloat16)value;
    public static ushort ToBits(BFloat16 value) => value.ToBits();
    public static BFloat16 FromBits(ushort bits) => BFloat16.FromBits(bits);
}

/// <summary>Spans of a 16-bit type, widened and narrowed.</summary>
internal static class SixteenBit
{
    public static void Widen<T, TConversion>(ReadOnlySpan<T> source, Span<double> target)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = TConversion.ToDouble(source[i]);
    }

    public static void Narrow<T, TConversion>(ReadOnlySpan<double> source, Span<T> target)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = TConversion.FromDouble(source[i]);
    }
}
