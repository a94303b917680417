using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>What elementwise functions can do besides what all can: gradients by their parameters, a parameter for each channel.</summary>
internal abstract class ElementwiseKernel<T>(string name) : Kernel<T>(name)
    where T : unmanaged
{
    public void Derivative(ReadOnlySpan<T> x, Span<T> derivative)
    {
        CheckOutput(x, derivative, nameof(derivative));
        DerivativeCore(x, derivative);
    }

    public void Curvature(ReadOnlySpan<T> x, Span<T> curvature)
    {
        CheckOutput(x, curvature, nameof(curvature));
        CurvatureCore(x, curvature);
    }

    public void BackwardFromOutput(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        Guard.Length(y.Length, dy.Length, nameof(dy));
        Guard.Length(y.Length, dx.Length, nameof(dx));
        Guard.Overlap(y, dx, nameof(dx));
        Guard.Overlap(dy, dx, nameof(dx));
        BackwardFromOutputCore(y, dy, dx);
    }

    /// <summary>Writes dy · ∂f/∂θ for every element, rounded to double; the parameter may have a value for every element.</summary>
    public abstract void ParameterDerivatives(
        int parameter, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> values, Span<double> derivatives);

    /// <summary>Forward with a first parameter for every element.</summary>
    public abstract void ForwardPerElement(ReadOnlySpan<T> x, ReadOnlySpan<T> values, Span<T> y);

    /// <summary>Forward with a first parameter for each channel, on the part of a tensor that starts at a position.</summary>
    public virtual void ForwardPerChannel(ReadOnlySpan<T> x, ChannelLayout channels, int position, ReadOnlySpan<T> parameter, Span<T> y) =>
        PerChannel.Forward(this, x, channels, position, parameter, y);

    /// <summary>The function and its derivative.</summary>
    public virtual void ForwardWithDerivative(ReadOnlySpan<T> x, Span<T> y, Span<T> derivative) =>
        ForwardAndDerivative.InBlocks(this, x, y, derivative);

    /// <summary>Forward of x + bias, channels last, on the part of a tensor that starts at a position.</summary>
    public virtual void ForwardWithBias(ReadOnlySpan<T> x, ReadOnlySpan<T> bias, int position, Span<T> y) =>
        WithBias.Forward(this, x, bias, position, y);

    /// <summary>Throws unless every value is one that a parameter may have.</summary>
    public abstract void Check(ParameterInfo parameter, ReadOnlySpan<T> values);

    /// <summary>Backward with a first parameter for every element.</summary>
    public abstract void BackwardPerElement(ReadOnlySpan<T> x, ReadOnlySpan<T> values, ReadOnlySpan<T> dy, Span<T> dx);

    public override Kernel<T> OnThreads(int threads) => new ParallelElementwiseKernel<T>(this, threads);

    protected abstract void DerivativeCore(ReadOnlySpan<T> x, Span<T> derivative);

    protected abstract void CurvatureCore(ReadOnlySpan<T> x, Span<T> curvature);

    protected abstract void BackwardFromOutputCore(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx);
}

/// <summary>The operations of one elementwise function on one type.</summary>
internal class ElementwiseKernel<F, T, TRunner>(ParameterSet parameters) : ElementwiseKernel<T>(F.Info.Name)
    where F : struct, IElementwise<F>
    where T : unmanaged
    where TRunner : struct, IRunner<T>
{
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => Run<ForwardOperation>(x, y);
    protected override void DerivativeCore(ReadOnlySpan<T> x, Span<T> derivative) => Run<DerivativeOperation>(x, derivative);
    protected override void CurvatureCore(ReadOnlySpan<T> x, Span<T> curvature) => Run<CurvatureOperation>(x, curvature);

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx) =>
        TRunner.Run<F, DerivativeOperation, WithUpstream, T>(new(x, dy, default, dx, parameters));

    protected override void BackwardFromOutputCore(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        TRunner.Run<F, DerivativeFromOutputOperation, WithUpstream, T>(new(y, dy, default, dx, parameters));

    public override void ParameterDerivatives(
        int parameter, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> values, Span<double> derivatives)
    {
        Elements<T, double> elements = new(x, dy, values, derivatives, parameters);
        if (!values.IsEmpty)
            TRunner.Run<F, ParameterOperation<FirstParameter>, WithUpstreamAndParameters, double>(elements);
        else if (parameter == 0)
            TRunner.Run<F, ParameterOperation<FirstParameter>, WithUpstream, double>(elements);
        else if (parameter == 1)
            TRunner.Run<F, ParameterOperation<SecondParameter>, WithUpstream, double>(elements);
        else if (parameter == 2)
            TRunner.Run<F, ParameterOperation<ThirdParameter>, WithUpstream, double>(elements);
        else
            TRunner.Run<F, ParameterOperation<FourthParameter>, WithUpstream, double>(elements);
    }

    public override void Check(ParameterInfo parameter, ReadOnlySpan<T> values)
    {
        foreach (T value in values)
            parameter.Check(TRunner.ToDouble(value));
    }

    public override void ForwardPerElement(ReadOnlySpan<T> x, ReadOnlySpan<T> values, Span<T> y) =>
        TRunner.Run<F, ForwardOperation, WithParameters, T>(new(x, default, values, y, parameters));

    public override void BackwardPerElement(ReadOnlySpan<T> x, ReadOnlySpan<T> values, ReadOnlySpan<T> dy, Span<T> dx) =>
        TRunner.Run<F, DerivativeOperation, WithUpstreamAndParameters, T>(new(x, dy, values, dx, parameters));

    protected void Run<O>(ReadOnlySpan<T> x, Span<T> output)
        where O : struct, IOperation =>
        TRunner.Run<F, O, OnlyX, T>(new(x, default, default, output, parameters));
}
