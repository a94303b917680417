using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The spans and parameters of one run of an elementwise loop; those that it does not need are empty.</summary>
internal readonly ref struct Elements<T, TOut>(
    ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> parameter, Span<TOut> output, scoped in ParameterSet parameters)
{
    public readonly ReadOnlySpan<T> X = x, Dy = dy, Parameter = parameter;
    public readonly Span<TOut> Output = output;
    public readonly ParameterSet Parameters = parameters;

    /// <summary>Some neighbouring elements.</summary>
    public Elements<T, TOut> Slice(int start, int length) => new(
        X.Slice(start, length),
        Dy.IsEmpty ? Dy : Dy.Slice(start, length),
        Parameter.IsEmpty ? Parameter : Parameter.Slice(start, length),
        Output.Slice(start, length),
        Parameters);
}
