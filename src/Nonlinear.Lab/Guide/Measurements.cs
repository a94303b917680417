using Nonlinear.Lab.Guide.Claims;

namespace Nonlinear.Lab.Guide;

/// <summary>Everything that the pages show and that had to be computed, once for all languages.</summary>
/// <param name="Functions">The functions, in the catalogue's order.</param>
/// <param name="Claims">The claims and what was found.</param>
internal sealed record Measurements(IReadOnlyList<Activation> Functions, IReadOnlyList<(Claim Claim, Evidence Evidence)> Claims)
{
}
