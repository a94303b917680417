using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The parameters of an elementwise function, in the order of its <see cref="ActivationInfo.Parameters"/>; two at most.</summary>
/// <typeparam name="V">The number that the formula is evaluated over.</typeparam>
/// <param name="first">The first parameter.</param>
/// <param name="second">The second parameter.</param>
public readonly struct Parameters<V>(V first, V second)
    where V : struct, IReal<V>
{
    private readonly V _first = first, _second = second;

    /// <summary>A parameter by its position.</summary>
    public V this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => index == 0 ? _first : _second;
    }
}
