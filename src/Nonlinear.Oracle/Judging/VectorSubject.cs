namespace Nonlinear.Oracle.Judging;

/// <summary>What is judged of a function of a vector: its outputs, or the gradient that it carries back.</summary>
/// <param name="Activation">The function.</param>
/// <param name="Backward">The gradient instead of the outputs.</param>
/// <param name="Format">The type.</param>
public sealed record VectorSubject(AxisActivation Activation, bool Backward, NumberFormat Format)
{
    /// <summary>What the library promises of it.</summary>
    public Guarantee Guarantee => Backward ? Guarantee.OfGradient(Activation, Format.Type) : Guarantee.Of(Activation, Format.Type);

    /// <inheritdoc/>
    public override string ToString() => $"{Activation.Exact}{(Backward ? " backward" : "")} {Format.Name}";
}
