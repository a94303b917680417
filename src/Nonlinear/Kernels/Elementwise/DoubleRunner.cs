using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Doubles, by way of double-doubles, sloppy ones where nothing cancels; as they are where nothing is rounded.</summary>
internal readonly struct DoubleRunner : IRunner<double>
{
    public static double ToDouble(double value) => value;

    public static void Run<F, O, TInputs, TOut>(scoped in Elements<double, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
        where TOut : unmanaged => VectorWidth.Dispatch<Unchecked, Work<F, O, TInputs, TOut>, Elements<double, TOut>>(elements);

    private readonly struct Work<F, O, TInputs, TOut> : IAtDoubleWidth<Elements<double, TOut>>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
        where TOut : unmanaged
    {
        public static void Invoke<L>(scoped in Elements<double, TOut> elements)
            where L : struct, IReal<L>, IDoubleLanes<L>
        {
            if (Routes.RoundsOnce<F, O>(elements.Parameters))
                ElementwiseLoop.Run<double, TOut, L, PlainDoubleFormat<L>, F, O, TInputs>(elements);
            else if (Routes.KeepsDigits<F, O>())
                ElementwiseLoop.Run<double, TOut, SloppyDoubleDouble<L>, SloppyDoubleDoubleFormat<L>, F, O, TInputs>(elements);
            else
                ElementwiseLoop.Run<double, TOut, DoubleDouble<L>, DoubleDoubleFormat<L>, F, O, TInputs>(elements);
        }
    }
}
