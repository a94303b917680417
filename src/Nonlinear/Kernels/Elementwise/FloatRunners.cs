using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Floats in the exact tier.</summary>
internal readonly struct FloatRunner : IRunner<float>
{
    public static double ToDouble(float value) => value;

    // Calls of a few elements feel each copy of their spans.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<F, O, TInputs, TOut>(scoped in Elements<float, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
        where TOut : unmanaged =>
        FloatRoutes<F, O, TInputs, TOut>.Run(Routes.OfExactFloats<F, O, TInputs>(elements.Parameters), elements);

    public static bool TryRunGradients<G>(scoped in GatedGradients<float> spans)
        where G : struct, IGated<G> => GatedGradientRoutes<G>.TryRun(
            Routes.OfExactFloats<OfGate<G>, DerivativeOperation, WithUpstreamAndParameters>(spans.Parameters),
            Routes.OfExactFloats<OfGate<G>, ParameterOperation<FirstParameter>, WithUpstreamAndParameters>(spans.Parameters),
            spans);
}

/// <summary>Floats in the fast tier.</summary>
internal readonly struct FastFloatRunner : IRunner<float>
{
    public static double ToDouble(float value) => value;

    // Calls of a few elements feel each copy of their spans.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<F, O, TInputs, TOut>(scoped in Elements<float, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
        where TOut : unmanaged =>
        FloatRoutes<F, O, TInputs, TOut>.Run(Routes.OfFastFloats<F, O, TInputs>(elements.Parameters), elements);

    public static bool TryRunGradients<G>(scoped in GatedGradients<float> spans)
        where G : struct, IGated<G> => GatedGradientRoutes<G>.TryRun(
            Routes.OfFastFloats<OfGate<G>, DerivativeOperation, WithUpstreamAndParameters>(spans.Parameters),
            Routes.OfFastFloats<OfGate<G>, ParameterOperation<FirstParameter>, WithUpstreamAndParameters>(spans.Parameters),
            spans);
}

/// <summary>Sends floats the way that was chosen, at the width of the processor's vectors.</summary>
internal static class FloatRoutes<F, O, TInputs, TOut>
    where F : struct, IElementwise<F>
    where O : struct, IOperation
    where TInputs : struct, IInputs
    where TOut : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(Route route, scoped in Elements<float, TOut> elements)
    {
        // Doubles are what is summed afterwards; they are stored as they are.
        if (typeof(TOut) != typeof(float))
        {
            VectorWidth.Dispatch<Unchecked, ByDoubles<F, O, TInputs, TOut>, Elements<float, TOut>>(elements);
            return;
        }
        // A slope of 0 times -∞ is no number to a float, but the function is 0 all the way there.
        if (TInputs.HasParameters && F.IsPiecewiseLinear && typeof(O) == typeof(ForwardOperation) && elements.Parameter.Contains(0))
            route = Route.Doubles;
        switch (route)
        {
            case Route.PlainFloats:
                VectorWidth.DispatchFloats<ByPlainFloats<F, O, TInputs, TOut>, Elements<float, TOut>>(elements);
                break;
            case Route.FloatPairs:
                VectorWidth.DispatchFloats<ByPlainFloats<F, ExactForwardOperation, TInputs, TOut>, Elements<float, TOut>>(elements);
                break;
            case Route.ConstantFactors:
                VectorWidth.DispatchFloats<ByConstantFactors<F, O, TInputs, TOut>, Elements<float, TOut>>(elements);
                break;
            case Route.Outputs:
                VectorWidth.DispatchFloats<ByOutputs<F, TInputs, TOut>, Elements<float, TOut>>(elements);
                break;
            case Route.DoublesWithShortSeries:
                VectorWidth.Dispatch<CheckedShortSeries, ByDoubles<F, O, TInputs, TOut>, Elements<float, TOut>>(elements);
                break;
            default:
                VectorWidth.Dispatch<Checked, ByDoubles<F, O, TInputs, TOut>, Elements<float, TOut>>(elements);
                break;
        }
    }
}
