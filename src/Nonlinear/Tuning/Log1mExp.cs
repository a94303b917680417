using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Log1mExp
{
    static bool IElementwise<Log1mExp>.IsDefined(double x) => !(x < 0);

    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Each side of log 2 by the form that does not cancel there.
    [MethodImpl(Inline)]
    static V IElementwise<Log1mExp>.ForwardWithSeries<V>(V x, in Parameters<V> p) =>
        V.Select(x > 0.7, V.Log1p(-V.Exp(-V.Max(x, 0.5))), V.Log(-V.Expm1(-x)));

    // There is no function below 0, and no slope.
    [MethodImpl(Inline)]
    static V IElementwise<Log1mExp>.DerivativeWithSeries<V>(V x, in Parameters<V> p) =>
        V.Select(x > 0, V.Exp(-x) / -V.Expm1(-x), V.Select(x < 0, double.NaN * x, double.PositiveInfinity));
}
