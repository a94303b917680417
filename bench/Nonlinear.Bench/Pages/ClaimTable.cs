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

    // In bold where the claim holds.
    private static string Cell(SpeedClaim claim, MeasuredData run)
    {
        if (claim.Worst(run.Measurements) is not { } worst)
            return NotMeasured;
        string mark = claim.Holds(worst, run.VectorBits) ? "**" : "";
        string which = worst.Setting.Direction == Direction.Backward && claim.Direction is null ? "′" : "";
        return $"{mark}{RatioTable.Number(worst.Ratio)}{mark} {worst.Function}{which}, {worst.Setting.Shape}";
    }

    private static string Count(IReadOnlyList<SpeedClaim> claims, MeasuredData run)
    {
        bool[] judged =
        [
            .. from claim in claims
               let worst = claim.Worst(run.Measurements)
               where worst is not null
               select claim.Holds(worst, run.VectorBits),
        ];
        return string.Create(CultureInfo.InvariantCulture, $"{judged.Count(holds => holds)} of {judged.Length}");
    }
}
