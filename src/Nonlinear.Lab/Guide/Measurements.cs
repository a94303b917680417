using Nonlinear.Lab.Guide.Claims;

namespace Nonlinear.Lab.Guide;

/// <summary>Everything that the pages show and that had to be computed, once for all languages.</summary>
/// <param name="Functions">The functions, in the catalogue's order.</param>
/// <param name="Claims">The claims and what was found.</param>
internal sealed record Measurements(IReadOnlyList<Activation> Functions, IReadOnlyList<(Claim Claim, Evidence Evidence)> Claims)
{
    /// <summary>The number of steps that <see cref="Take"/> reports.</summary>
    public static int Steps => AllClaims.List.Count;

    /// <summary>Measures everything, on all processors.</summary>
    public static Measurements Take(Action<string> done)
    {
        (Claim, Evidence)[] claims = new (Claim, Evidence)[AllClaims.List.Count];
        Parallel.For(0, claims.Length, i =>
        {
            claims[i] = (AllClaims.List[i], AllClaims.List[i].Measure());
            done(AllClaims.List[i].Id);
        });
        return new(Catalog.Defaults, claims);
    }
}
