using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Serf
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<Serf>.DerivativeWithSeries<V>(V x, in Parameters<V> p) =>
        V.NearRoot<SerfRoot>(x, Forward(Dual<V>.Variable(x), Dual<V>.Constants(p)).Tangent);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IElementwise<Serf>.ForwardInDoubles<L>(L x, in Parameters<L> p)
    {
        L softplus = L.Softplus(x);
        ErfAndSlope(softplus, out L erf, out _);
        return x * erf;
    }

    // One exponential for softplus and its slope, one for the error function and its.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IElementwise<Serf>.DerivativeInDoubles<L>(L x, in Parameters<L> p)
    {
        L decay = DoubleElementary.Decay(-L.Abs(x)), sigmoid = L.Select(x > 0, 1, decay) / (1 + decay);
        L softplus = L.PositivePart(x) + L.Log1pOfFraction(decay);
        ErfAndSlope(softplus, out L erf, out L slope);
        return L.NearRoot<SerfRoot>(x, L.Fma(x, slope * sigmoid, erf));
    }

    // A method of its own: in one with all the rest the compiler would give up inlining.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ErfAndSlope<L>(in L x, out L erf, out L slope)
        where L : struct, IReal<L>, IDoubleLanes<L> => (erf, slope) = DoubleElementary.ErfAndDerivative(x);
}
