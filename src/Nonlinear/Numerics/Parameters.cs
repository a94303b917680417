using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The parameters of an elementwise function, in the order of its <see cref="ActivationInfo.Parameters"/>; four at most.</summary>
/// <typeparam name="V">The number that the formula is evaluated over.</typeparam>
/// <param name="first">The first parameter.</param>
/// <param name="second">The second parameter.</param>
/// <param name="third">The third parameter.</param>
/// <param name="fourth">The fourth parameter.</param>
public readonly struct Parameters<V>(V first, V second = default, V third = default, V fourth = default)
    where V : struct, IReal<V>
{
    private readonly V _first = first, _second = second, _third = third, _fourth = fourth;

    /// <summary>A parameter by its position, from 0 to 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is none of these.</exception>
    public V this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => index switch
        {
            0 => _first,
            1 => _second,
            2 => _third,
            3 => _fourth,
            _ => throw new ArgumentOutOfRangeException(nameof(index), index, "A function has four parameters at most, counted from 0."),
        };
    }
}
