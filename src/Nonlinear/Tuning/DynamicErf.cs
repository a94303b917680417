using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct DynamicErf
{
    // The slope of the error function alone, without its value: 2 / √π e^(-u²), by the density of the normal law at √2 u.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<DynamicErf>.DerivativeWithSeries<V>(V x, in Parameters<V> p)
    {
        V root = V.Of(DoubleElementary.SqrtTwo);
        return p[2] * (p[0] * (2 * root * V.NormalPdf(root * V.CancellingSum(p[0] * x, p[1]))));
    }
}
