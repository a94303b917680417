namespace Nonlinear.Numerics;

/// <summary>A real constant to about 107 bits, as the unevaluated sum of two doubles, with the symbol it is printed by.</summary>
/// <param name="High">The double nearest to the constant.</param>
/// <param name="Low">The double nearest to what is left.</param>
/// <param name="Symbol">The constant as text, such as <c>√(2/π)</c>.</param>
public readonly record struct Constant(double High, double Low, string Symbol);
