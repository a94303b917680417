using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

// Both factors with their slopes from one exponential for each hyperbolic tangent and one for the sigmoid: apart they are more than the
// compiler inlines.
public readonly partial struct SituGlu
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Of the slope by the gate they do not: where its terms cancel depends on β.
    static bool IGated<SituGlu>.FloatsSuffice(in ParameterSet p) => IsUsual(p.First) && IsUsual(p.Second);

    [MethodImpl(Inline)]
    static L IGated<SituGlu>.GateDerivativeInDoubles<L>(L gate, in Parameters<L> p) => GateAndDerivative(gate, p).Derivative;

    [MethodImpl(Inline)]
    static (L Factor, L Derivative) IGated<SituGlu>.GateAndDerivativeInDoubles<L>(L gate, in Parameters<L> p) =>
        GateAndDerivative(gate, p);

    [MethodImpl(Inline)]
    static (L Factor, L Derivative) IGated<SituGlu>.ValueAndDerivativeInDoubles<L>(L value, in Parameters<L> p)
    {
        (L tanh, L slope) = DoubleElementary.TanhAndDerivative(value / p[1]);
        return (p[1] * tanh, slope);
    }

    [MethodImpl(Inline)]
    private static (L Factor, L Derivative) GateAndDerivative<L>(L gate, in Parameters<L> p)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        (L tanh, L slope) = DoubleElementary.TanhAndDerivative(gate / p[0]);
        (L sigmoid, L rise) = L.SigmoidAndDerivative(gate);
        L bounded = p[0] * tanh;
        return (bounded * sigmoid, L.CancellingSum(slope * sigmoid, bounded * rise));
    }

    [MethodImpl(Inline)]
    static S IGated<SituGlu>.GateInFloats<S>(S gate, in Parameters<S> p) =>
        FloatElementary.Tanh(gate, p[0], 1 / p[0]) * FloatElementary.Sigmoid(gate);

    [MethodImpl(Inline)]
    static S IGated<SituGlu>.ValueInFloats<S>(S value, in Parameters<S> p) => FloatElementary.Tanh(value, p[1], 1 / p[1]);

    // Neither so small nor so large that a normal number overflows or vanishes on its way.
    private static bool IsUsual(double beta) => beta is > 0.01 and < 1000;
}
