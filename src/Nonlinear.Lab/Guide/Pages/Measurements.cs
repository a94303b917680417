using Nonlinear.Lab.Guide.Claims;
using Nonlinear.Lab.Measure;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>Everything that the pages show and that had to be computed, once for all languages.</summary>
/// <param name="Functions">The functions, in the catalogue's order.</param>
/// <param name="Claims">The claims and what was found.</param>
internal sealed record Measurements(IReadOnlyList<MeasuredActivation> Functions, IReadOnlyList<(Claim Claim, Evidence Evidence)> Claims)
{
    /// <summary>The number of steps that <see cref="Take"/> reports.</summary>
    public static int Steps => (2 * Catalog.Defaults.Count) + AllClaims.List.Count;

    /// <summary>Measures everything: what takes time is timed alone, the rest is computed on all processors.</summary>
    public static Measurements Take(Action<string> done, CancellationToken cancellation)
    {
        IReadOnlyList<Activation> functions = Catalog.Defaults;
        Cost[] costs = new Cost[functions.Count];
        for (int i = 0; i < costs.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            costs[i] = Cost.Of(functions[i]);
            done(functions[i].Info.Name);
        }

        MeasuredActivation[] measured = new MeasuredActivation[functions.Count];
        (Claim, Evidence)[] claims = new (Claim, Evidence)[AllClaims.List.Count];
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, measured.Length + claims.Length, options, i =>
        {
            if (i < measured.Length)
            {
                measured[i] = MeasuredActivation.Of(functions[i], costs[i]);
                done(functions[i].Info.Name);
                return;
            }
            Claim claim = AllClaims.List[i - measured.Length];
            claims[i - measured.Length] = (claim, claim.Measure());
            done(claim.Id);
        });
        return new(measured, claims);
    }
}
