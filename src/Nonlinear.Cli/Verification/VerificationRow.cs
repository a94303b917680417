using System.Globalization;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Cli.Verification;

/// <summary>A line of the table: what was judged, on which inputs, what was found, what is promised.</summary>
internal sealed record VerificationRow(
    Activation Activation,
    string Direction,
    string Type,
    string Inputs,
    Guarantee Guarantee,
    Outcome Outcome)
{
    public string Function => Activation.Exact.ToString();

    public string Tier => Activation.Tier == Nonlinear.Tier.Fast ? "fast" : "exact";

    public long Judged => Outcome.Judged;

    public long Misrounded => Outcome.Misrounded;

    public double MaxUlps => Outcome.MaxUlps;

    /// <summary>The largest error in ulps.</summary>
    public string LargestError => Outcome.Worst is null ? "≤ 0.5 ulp"
        : double.IsInfinity(MaxUlps) ? "∞"
        : MaxUlps < Outcome.JustOverHalf ? "just over 0.5 ulp"
        : string.Create(CultureInfo.InvariantCulture, $"{MaxUlps:0.#####} ulp");

    /// <summary>The input with the largest error.</summary>
    public string At => Outcome.Worst is { } worst ? worst.X.ToString("R", CultureInfo.InvariantCulture) : "";

    public IList<Misrounding> Broken => Outcome.Broken;

    /// <summary>Whether the results are as promised.</summary>
    public bool Holds => Outcome.Keeps(Guarantee);
}
