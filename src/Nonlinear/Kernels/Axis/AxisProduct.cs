namespace Nonlinear.Kernels;

/// <summary>A product with the Jacobian of a function along an axis.</summary>
/// <param name="FromOutput">Whether the saved outputs are given, rather than the inputs.</param>
/// <param name="Tangent">Whether it is J v, rather than Jᵀ dy.</param>
internal readonly record struct AxisProduct(bool FromOutput, bool Tangent);
