using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// Both gradients of a gated unit over floats, by way of lanes of doubles, in one pass: the exponential and the quotient that they have in
/// common are evaluated once.
/// </summary>
internal readonly struct GatedGradientLoop<G> : IAtDoubleWidth<GatedGradients<float>>
    where G : struct, IGated<G>
{
    public static void Invoke<L>(scoped in GatedGradients<float> spans)
        where L : struct, IReal<L>, IDoubleLanes<L> => GatedVectors.Run<Loop<L>>(spans);

    private readonly struct Loop<L> : IGatedVectors
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        private const MethodImplOptions OutOfLine = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

        // So many vectors are stored before doubts about their roundings are looked at.
        private const nuint VectorsOfBlock = 16;

        public static int Count => L.Count;

        [MethodImpl(OutOfLine)]
        public static void Run(
            ref float gate, ref float value, ref float dy, ref float byGate, ref float byValue, nuint length, in ParameterSet parameters)
        {
            Parameters<L> p = new(parameters.Second, parameters.Third, parameters.Fourth);
            nuint count = (nuint)L.Count, i = 0;
            do
            {
                nuint start = i, end = Math.Min(i + (VectorsOfBlock * count), length);
                L doubt = 0;
                do
                {
                    Slopes(ref gate, ref value, ref dy, i, p, out L first, out L second);
                    doubt = L.StoreFloat(first, ref byGate, i, doubt);
                    doubt = L.StoreFloat(second, ref byValue, i, doubt);
                    if (!L.UsesShortSeries)
                        doubt = L.DoubtInfinities(ref gate, i, doubt);
                    i += count;
                }
                while (i < end);
                if (!L.IsCertain(doubt))
                    Decide(ref gate, ref value, ref dy, ref byGate, ref byValue, start, end, parameters);
            }
            while (i < length);
        }

        // Both slopes times the gradient, a little too small for the test of their roundings.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Slopes(
            ref float gate, ref float value, ref float dy, nuint index, in Parameters<L> p, out L byGate, out L byValue)
        {
            L x = L.LoadFloat(ref gate, index), v = L.LoadFloat(ref value, index);
            L upstream = L.LoadFloat(ref dy, index) * ZivRoundingTest.Less;
            (L gateFactor, L gateSlope) = G.GateAndDerivativeInDoubles(x, p);
            (L valueFactor, L valueSlope) = G.ValueAndDerivativeInDoubles(v, p);
            byGate = gateSlope * (valueFactor * upstream);
            byValue = gateFactor * (valueSlope * upstream);
        }

        // Looks for what is in doubt in a block, and computes that again, lane by lane.
        [MethodImpl(OutOfLine)]
        private static void Decide(
            ref float gate,
            ref float value,
            ref float dy,
            ref float byGate,
            ref float byValue,
            nuint start,
            nuint end,
            in ParameterSet parameters)
        {
            Parameters<L> p = new(parameters.Second, parameters.Third, parameters.Fourth);
            for (nuint i = start; i < end; i += (nuint)L.Count)
            {
                Slopes(ref gate, ref value, ref dy, i, p, out L first, out L second);
                L doubt = L.UsesShortSeries ? 0 : L.DoubtInfinities(ref gate, i, 0);
                if (!L.IsCertain(L.StoreFloat(first, ref byGate, i, doubt)))
                    DecideLanes<DerivativeOperation>(first / ZivRoundingTest.Less, ref gate, ref value, ref dy, ref byGate, i, parameters);
                if (!L.IsCertain(L.StoreFloat(second, ref byValue, i, doubt)))
                    DecideLanes<ParameterOperation<FirstParameter>>(
                        second / ZivRoundingTest.Less, ref gate, ref value, ref dy, ref byValue, i, parameters);
            }
        }

        private static void DecideLanes<O>(
            L tried, ref float gate, ref float value, ref float dy, ref float target, nuint index, in ParameterSet parameters)
            where O : struct, IOperation =>
            ElementwiseLoop.StoreOneByOne<float, float, L, FloatFormat<L>, OfGate<G>, O, WithUpstreamAndParameters>(
                tried, ref gate, ref dy, ref value, ref target, index, parameters);
    }
}
