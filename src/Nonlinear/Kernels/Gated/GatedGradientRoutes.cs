using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Sends both gradients of a gated unit over floats through one loop, if one serves the routes of both.</summary>
internal static class GatedGradientRoutes<G>
    where G : struct, IGated<G>
{
    // Doubles do wherever floats would.
    /// <summary>Makes the gradients; false, with nothing done, where no loop serves both.</summary>
    public static bool TryRun(Route byGate, Route byValue, scoped in GatedGradients<float> spans)
    {
        if (byGate == Route.PlainFloats && byValue == Route.PlainFloats && KeepsNaN<ParameterOperation<FirstParameter>>(spans))
            VectorWidth.DispatchFloats<PlainGatedGradientLoop<G>, GatedGradients<float>>(spans);
        else if (byGate == Route.DoublesWithShortSeries && byValue == Route.DoublesWithShortSeries)
            VectorWidth.Dispatch<CheckedShortSeries, GatedGradientLoop<G>, GatedGradients<float>>(spans);
        else if (IsByDoubles(byGate) || IsByDoubles(byValue))
            VectorWidth.Dispatch<Checked, GatedGradientLoop<G>, GatedGradients<float>>(spans);
        else
            return false;
        return true;
    }

    /// <summary>Whether NaN comes out of a gate that is NaN by itself.</summary>
    public static bool KeepsNaN<O>(scoped in GatedGradients<float> spans)
        where O : struct, IOperation => Routes.KeepsNaN<OfGate<G>, O>(spans.Parameters);

    private static bool IsByDoubles(Route route) => route is Route.Doubles or Route.DoublesWithShortSeries;
}
