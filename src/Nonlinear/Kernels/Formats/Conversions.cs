using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>How a type converts to double, exactly, and from it, rounded once.</summary>
internal interface IConversion<T>
    where T : unmanaged
{
    static abstract double ToDouble(T value);
    static abstract T FromDouble(double value);
}

internal readonly struct FloatConversion : IConversion<float>
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
internal static class FloatOrDouble
{
    public static double ToDouble<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);

    public static T FromDouble<T>(double value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);
}
