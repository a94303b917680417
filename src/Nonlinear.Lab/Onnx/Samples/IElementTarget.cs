using System.Numerics;

namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>How numbers become elements of a type: by value, or not at all.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal interface IElementTarget<T>
    where T : unmanaged
{
    /// <summary>Converts a number; false if the type has nothing for it.</summary>
    static abstract bool TryConvert<TFrom>(TFrom number, out T element)
        where TFrom : unmanaged, INumberBase<TFrom>;
}

/// <summary>Floating-point numbers: rounded to nearest, but a number does not become infinite.</summary>
internal readonly struct FloatingTarget<T> : IElementTarget<T>
    where T : unmanaged, IFloatingPoint<T>
{
    /// <inheritdoc/>
    public static bool TryConvert<TFrom>(TFrom number, out T element)
        where TFrom : unmanaged, INumberBase<TFrom>
    {
        element = T.CreateSaturating(number);
        return T.IsFinite(element) || !TFrom.IsFinite(number);
    }
}

/// <summary>Brain floating-point numbers, likewise.</summary>
internal readonly struct BrainTarget : IElementTarget<BFloat16>
{
    /// <inheritdoc/>
    public static bool TryConvert<TFrom>(TFrom number, out BFloat16 element)
        where TFrom : unmanaged, INumberBase<TFrom>
    {
        element = (BFloat16)Exact(number);
        return float.IsFinite(element) || !TFrom.IsFinite(number);
    }

    // Large whole numbers do not fit into a double. Of theirs, all bits that are cut off are kept in one, far below those that decide.
    private static double Exact<TFrom>(TFrom number)
        where TFrom : unmanaged, INumberBase<TFrom>
    {
        const long Largest = 1L << 53, Low = (1 << 12) - 1, Kept = 1 << 11;
        if (number is ulong unsigned && unsigned > Largest)
            return (unsigned & ~(ulong)Low) | ((unsigned & (ulong)Low) != 0 ? (ulong)Kept : 0);
        if (number is long signed and (< -Largest or > Largest))
            return (signed & ~Low) | ((signed & Low) != 0 ? Kept : 0);
        return double.CreateSaturating(number);
    }
}

/// <summary>Whole numbers: nothing is rounded and nothing cut off.</summary>
internal readonly struct WholeTarget<T> : IElementTarget<T>
    where T : unmanaged, IBinaryInteger<T>
{
    /// <inheritdoc/>
    public static bool TryConvert<TFrom>(TFrom number, out T element)
        where TFrom : unmanaged, INumberBase<TFrom>
    {
        element = T.Zero;
        if (!TFrom.IsInteger(number))
            return false;
        try
        {
            element = T.CreateChecked(number);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}

/// <summary>Truth values: 0 or 1.</summary>
internal readonly struct TruthTarget : IElementTarget<bool>
{
    /// <inheritdoc/>
    public static bool TryConvert<TFrom>(TFrom number, out bool element)
        where TFrom : unmanaged, INumberBase<TFrom>
    {
        element = number == TFrom.One;
        return element || TFrom.IsZero(number);
    }
}
