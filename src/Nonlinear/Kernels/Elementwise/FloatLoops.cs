using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The loop over floats, by way of lanes of doubles.</summary>
internal readonly struct ByDoubles<F, O, TInputs, TOut> : IAtDoubleWidth<Elements<float, TOut>>
    where F : struct, IElementwise<F>
    where O : struct, IOperation
    where TInputs : struct, IInputs
    where TOut : unmanaged
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(scoped in Elements<float, TOut> elements) =>
        VectorWidth.Dispatch<Checked, ByDoubles<F, O, TInputs, TOut>, Elements<float, TOut>>(elements);

    public static void Invoke<L>(scoped in Elements<float, TOut> elements)
        where L : struct, IReal<L>, IDoubleLanes<L> => ElementwiseLoop.Run<float, TOut, L, FloatFormat<L>, F, O, TInputs>(elements);
}

/// <summary>The loop over floats, by way of lanes of floats.</summary>
internal readonly struct ByPlainFloats<F, O, TInputs, TOut> : IAtFloatWidth<Elements<float, TOut>>
    where F : struct, IElementwise<F>
    where O : struct, IOperation
    where TInputs : struct, IInputs
    where TOut : unmanaged
{
    public static void Invoke<S>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        if (Routes.KeepsNaN<F, O>(elements.Parameters))
            NonTemporalStores.Run<S, Loop<KeptNaN>, TOut>(elements);
        else
            NonTemporalStores.Run<S, Loop<RestoredNaN>, TOut>(elements);
    }

    private readonly struct Loop<TNaN> : IStoringLoop<TOut>
        where TNaN : struct, INaN
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Run<S, TStores>(scoped in Elements<float, TOut> elements)
            where S : struct, IReal<S>, IFloatLanes<S>
            where TStores : struct, IStores =>
                ElementwiseLoop.Run<float, TOut, S, PlainFloatFormat<S, TStores, TNaN>, F, O, TInputs>(elements);
    }
}

/// <summary>The loop over floats, as products with constants.</summary>
internal readonly struct ByConstantFactors<F, O, TInputs, TOut> : IAtFloatWidth<Elements<float, TOut>>, IStoringLoop<TOut>
    where F : struct, IElementwise<F>
    where O : struct, IOperation
    where TInputs : struct, IInputs
    where TOut : unmanaged
{
    public static void Invoke<S>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, IFloatLanes<S> => NonTemporalStores.Run<S, ByConstantFactors<F, O, TInputs, TOut>, TOut>(elements);

    public static void Run<S, TStores>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TStores : struct, IStores => PiecewiseLinearLoop.Run<S, TStores, F, O, TInputs, TOut>(elements);
}

/// <summary>The loop over floats, as products with derivatives by way of the output.</summary>
internal readonly struct ByOutputs<F, TInputs, TOut> : IAtFloatWidth<Elements<float, TOut>>, IStoringLoop<TOut>
    where F : struct, IElementwise<F>
    where TInputs : struct, IInputs
    where TOut : unmanaged
{
    public static void Invoke<S>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, IFloatLanes<S> => NonTemporalStores.Run<S, ByOutputs<F, TInputs, TOut>, TOut>(elements);

    public static void Run<S, TStores>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TStores : struct, IStores => OutputGradientLoop.Run<S, TStores, F, TInputs, TOut>(elements);
}
