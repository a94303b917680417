namespace Nonlinear;

/// <summary>A formula and what it is: "Gradient by β".</summary>
/// <param name="Name">What it is.</param>
/// <param name="Formula">The formula.</param>
public sealed record NamedFormula(Text Name, Formula Formula)
{
    /// <summary>The formula of a gradient.</summary>
    internal static NamedFormula Gradient(string by, Formula formula) => new(new($"Gradient by {by}", $"对 {by} 的梯度"), formula);
}
