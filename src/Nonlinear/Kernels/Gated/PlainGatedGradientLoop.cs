using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// Both gradients of a gated unit over lanes of floats, in one pass: in the fast tier, and where a product is all that is rounded. The
/// slope by the value keeps NaN; that by the gate may lose it.
/// </summary>
internal readonly struct PlainGatedGradientLoop<G> : IAtFloatWidth<GatedGradients<float>>
    where G : struct, IGated<G>
{
    public static void Invoke<S>(scoped in GatedGradients<float> spans)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        if (GatedGradientRoutes<G>.KeepsNaN<DerivativeOperation>(spans))
            GatedVectors.Run<Loop<S, KeptNaN>>(spans);
        else
            GatedVectors.Run<Loop<S, RestoredNaN>>(spans);
    }

    private readonly struct Loop<S, TNaN> : IGatedVectors
        where S : struct, IReal<S>, IFloatLanes<S>
        where TNaN : struct, INaN
    {
        public static int Count => S.Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public static void Run(
            ref float gate, ref float value, ref float dy, ref float byGate, ref float byValue, nuint length, in ParameterSet parameters)
        {
            Parameters<S> p = new(parameters.Second, parameters.Third, parameters.Fourth);
            nuint i = 0;
            do
            {
                S x = S.Load(ref gate, i), v = S.Load(ref value, i), upstream = S.Load(ref dy, i);
                (S gateFactor, S gateSlope) = G.GateAndDerivativeInFloats(x, p);
                (S valueFactor, S valueSlope) = G.ValueAndDerivativeInFloats(v, p);
                S first = gateSlope * valueFactor * upstream;
                S.Store(TNaN.IsRestored ? S.WhereNaN(x, x + x, first) : first, ref byGate, i);
                S.Store(gateFactor * valueSlope * upstream, ref byValue, i);
                i += (nuint)S.Count;
            }
            while (i < length);
        }
    }
}
