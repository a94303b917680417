namespace Nonlinear.Kernels;

/// <summary>Runs elementwise loops over spans of one type.</summary>
internal interface IRunner<T>
    where T : unmanaged
{
    /// <summary>output[i] = O(x[i]), times dy[i] and with parameter[i] where the inputs say so; the output is of T or of double.</summary>
    static abstract void Run<F, O, TInputs, TOut>(scoped in Elements<T, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
        where TOut : unmanaged;

    /// <summary>Both gradients of a gated unit in one pass, outputs apart from inputs; false if there is no such loop for it.</summary>
    static virtual bool TryRunGradients<G>(scoped in GatedGradients<T> spans)
        where G : struct, IGated<G> => false;

    /// <summary>The number as a double.</summary>
    static abstract double ToDouble(T value);
}
