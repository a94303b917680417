using System.Globalization;
using System.Text;

namespace Nonlinear.Bench.Pages;

/// <summary>Which claims hold where: a row for each claim, a column for each run.</summary>
internal static class ClaimTable
{
    private const string NotMeasured = "–";

    /// <summary>The table in Markdown. The last row counts, of the claims that could be judged, those that hold.</summary>
    public static string Markdown(IReadOnlyList<SpeedClaim> claims, IReadOnlyList<MeasuredData> runs)
    {
        StringBuilder text = new();
        Row(["what", "tier", "beside", "at most", .. runs.Select(run => $"{run.Processor}, {run.VectorBits} bits")]);
        Row([.. Enumerable.Repeat("---", 4), .. runs.Select(_ => "---")]);
        foreach (SpeedClaim claim in claims)
            Row([claim.What, claim.Tier, claim.Beside, Bounds(claim), .. runs.Select(run => Cell(claim, run))]);
        Row(["**hold**", "", "", "", .. runs.Select(run => Count(claims, run))]);
        return text.ToString();

        void Row(IEnumerable<string> cells) => text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");
    }

    private static string Bounds(SpeedClaim claim)
    {
        string wide = RatioTable.Number(claim.AtMost), narrow = RatioTable.Number(claim.AtMostNarrow);
        return wide == narrow ? wide : $"{wide}; below 512 bits {narrow}";
    }

    // The worst case, in bold where the claim holds; where it does not, how many cases of all are above the bound.
    private static string Cell(SpeedClaim claim, MeasuredData run)
    {
        ClaimedRatio[] ratios = [.. claim.Ratios(run.Measurements)];
        if (ratios.Length == 0)
            return NotMeasured;
        ClaimedRatio worst = ratios.MaxBy(ratio => ratio.Value)!;
        int above = ratios.Count(ratio => ratio.Value > claim.Bound(run.VectorBits));
        string prime = worst.Setting.Direction == Direction.Backward && claim.Direction is null ? "′" : "";
        string number = RatioTable.Number(worst.Value);
        string shown = above == 0 ? $"**{number}**" : number;
        string share = above == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {above} of {ratios.Length} above");
        return $"{shown} {worst.Function}{prime}, {worst.Setting.Shape}{share}";
    }

    private static string Count(IReadOnlyList<SpeedClaim> claims, MeasuredData run)
    {
        double[][] judged =
        [
            .. claims.Select(claim => claim.Ratios(run.Measurements).Select(ratio => ratio.Value / claim.Bound(run.VectorBits)).ToArray())
                .Where(shares => shares.Length > 0),
        ];
        return string.Create(CultureInfo.InvariantCulture, $"{judged.Count(shares => shares.Max() <= 1)} of {judged.Length}");
    }
}
