using Nonlinear.Lab.Guide.Claims;
using Nonlinear.Lab.Measure;

namespace Nonlinear.Lab.Guide;

/// <summary>A function and what was measured of it.</summary>
/// <param name="Activation">The function, with its default parameters.</param>
/// <param name="Properties">Its properties, as <see cref="PropertyTable"/> measures and words them.</param>
/// <param name="Cost">What it costs.</param>
internal sealed record MeasuredFunction(Activation Activation, object Properties, Cost Cost)
{
    /// <summary>What is known about the function.</summary>
    public ActivationInfo Info => Activation.Info;
}

/// <summary>Everything that the pages show and that had to be computed, once for all languages.</summary>
/// <param name="Functions">The functions, in the catalogue's order.</param>
/// <param name="Claims">The claims and what was found.</param>
internal sealed record Measurements(IReadOnlyList<MeasuredFunction> Functions, IReadOnlyList<(Claim Claim, Evidence Evidence)> Claims)
{
    /// <summary>The number of steps that <see cref="Take"/> reports.</summary>
    public static int Steps => (2 * Catalog.Defaults.Count) + AllClaims.List.Count;

    /// <summary>Measures everything: what takes time is timed alone, the rest is computed on all processors.</summary>
    public static Measurements Take(Action<string> done)
    {
        IReadOnlyList<Activation> functions = Catalog.Defaults;
        Cost[] costs = new Cost[functions.Count];
        for (int i = 0; i < costs.Length; i++)
        {
            costs[i] = Cost.Of(functions[i]);
            done(functions[i].Info.Name);
        }

        MeasuredFunction[] measured = new MeasuredFunction[functions.Count];
        (Claim, Evidence)[] claims = new (Claim, Evidence)[AllClaims.List.Count];
        Parallel.Invoke(
            () => Parallel.For(0, measured.Length, i =>
            {
                measured[i] = new(functions[i], PropertyTable.Measure(functions[i]), costs[i]);
                done(functions[i].Info.Name);
            }),
            () => Parallel.For(0, claims.Length, i =>
            {
                claims[i] = (AllClaims.List[i], AllClaims.List[i].Measure());
                done(AllClaims.List[i].Id);
            }));
        return new(measured, claims);
    }
}
