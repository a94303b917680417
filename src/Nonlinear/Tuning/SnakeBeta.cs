using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct SnakeBeta
{
    static bool IElementwise<SnakeBeta>.Oscillates(in ParameterSet p) => true;

    // As much of the ripple as has the slope of Snake, whose zeros are double ones; the rest is the slope of a line.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<SnakeBeta>.DerivativeWithSeries<V>(V x, in Parameters<V> p)
    {
        V ratio = p[0] / p[1];
        return V.CancellingSum(ratio * V.OnePlusSinOfProduct(2 * p[0], x), 1 - ratio);
    }
}
