using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The spans and parameters of a run that makes both gradients of a gated unit.</summary>
internal readonly ref struct GatedGradients<T>(
    ReadOnlySpan<T> gate,
    ReadOnlySpan<T> value,
    ReadOnlySpan<T> dy,
    Span<T> byGate,
    Span<T> byValue,
    scoped in ParameterSet parameters)
{
    public readonly ReadOnlySpan<T> Gate = gate, Value = value, Dy = dy;
    public readonly Span<T> ByGate = byGate, ByValue = byValue;

    /// <summary>The parameters, behind a place for the value.</summary>
    public readonly ParameterSet Parameters = parameters;

    /// <summary>Whether no output lies in an input's place.</summary>
    public bool AreApart => IsApart(ByGate) && IsApart(ByValue);

    /// <summary>Some neighbouring elements.</summary>
    public GatedGradients<T> Slice(int start, int length) => new(
        Gate.Slice(start, length),
        Value.Slice(start, length),
        Dy.Slice(start, length),
        ByGate.Slice(start, length),
        ByValue.Slice(start, length),
        Parameters);

    /// <summary>The same inputs with outputs somewhere else, of which so much is taken as there are inputs.</summary>
    public GatedGradients<T> WithOutputs(Span<T> byGate, Span<T> byValue) =>
        new(Gate, Value, Dy, byGate[..Gate.Length], byValue[..Gate.Length], Parameters);

    private bool IsApart(Span<T> output) => !output.Overlaps(Gate) && !output.Overlaps(Value) && !output.Overlaps(Dy);
}
