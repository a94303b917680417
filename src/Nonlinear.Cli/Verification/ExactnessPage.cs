using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Cli.Verification;

/// <summary>The findings as a page in Markdown: docs/exactness.md.</summary>
internal sealed class ExactnessPage(IReadOnlyList<VerificationRow> rows, IReadOnlyList<PeerResult> peers, IReadOnlyList<string> remarks)
{
    private static readonly Dictionary<string, string> Titles = new()
    {
        ["float"] = "float",
        ["double"] = "double",
        ["half"] = "Half",
        ["bfloat16"] = "BFloat16",
    };

    private readonly StringBuilder _page = new();

    /// <summary>The page.</summary>
    public string Write()
    {
        Line($"""
            # How exact

            Every result that `nonlinear verify` computed and judged for this page, function by function. *Misrounded* counts the results
            that are not the number of their type nearest to the exact value, ties to even. Errors are in units in the last place (ulp) of
            the exact value; a correctly rounded result is off by at most half of one. NaN must be NaN, ±∞ gives the limit, and the zeros of
            a function must have their sign.

            The reference is none of the library's code: the papers' formulas over intervals of doubles, computed with glibc and widened by
            its known errors; where an interval cannot decide, and for every double, the same formulas in 256 bits with MPFR.

            Nonlinear {Version}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}. Made by
            {MadeBy}
            """);
        foreach (IGrouping<string, VerificationRow> type in rows.Where(row => row.Activation is ElementwiseActivation)
            .GroupBy(row => row.Type))
            Elementwise(type.Key, [.. type]);
        VerificationRow[] vectors = [.. rows.Where(row => row.Activation is AxisActivation)];
        if (vectors.Length > 0)
            Vectors(vectors);
        VerificationRow[] gated = [.. rows.Where(row => row.Activation is GatedActivation)];
        if (gated.Length > 0)
            Gated(gated);
        Line();
        Line("Maxout selects one of its inputs and rounds nothing.");
        if (peers.Count > 0)
            Peers();
        return _page.ToString();
    }

    private string MadeBy => rows.Any(row => row.Activation is ElementwiseActivation)
        ? $"""
            `nonlinear verify --exhaustive --peers docs/exactness-peers.csv --output docs/exactness.md`, which goes on where it was
            interrupted.
            """
        : "`nonlinear verify NAMES --points N --output PAGE`; NAMES are those below.";

    private static string Version =>
        typeof(Activation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private void Elementwise(string type, VerificationRow[] found)
    {
        Line();
        Line($"## {Titles[type]}");
        Line();
        foreach (string inputs in found.Select(row => row.Inputs).Distinct())
            Line(
                inputs == "all"
                    ? $"All {found.First(row => row.Inputs == inputs).Judged:N0} numbers of the type, NaNs and ±∞ included."
                    : $"{inputs}, and adversarial ones: kinks, zero crossings, the ends of the type, thresholds of other libraries.");
        Line();
        bool fast = found.Any(row => row.Tier == "fast");
        Line($"| | exact: misrounded | largest error | at |{(fast ? " fast: misrounded | largest error | at |" : "")}");
        Line($"| --- | ---: | ---: | ---: |{(fast ? " ---: | ---: | ---: |" : "")}");
        foreach (IGrouping<string, VerificationRow> line in found.GroupBy(Label))
        {
            string cells = Cells(line.FirstOrDefault(row => row.Tier == "exact"));
            if (fast)
                cells += Cells(line.FirstOrDefault(row => row.Tier == "fast"));
            Line($"| {line.Key} |{cells}");
        }
    }

    private void Vectors(VerificationRow[] found)
    {
        Line();
        Line("""
            ## Along an axis

            Vectors of up to 100,000 elements (1000 for 16 bits): normal, wide, all equal, with one element far ahead, with -∞ among them,
            all -∞, with NaN or +∞. Where the terms of a gradient cancel to less than a thousandth of them, its error is counted in ulps of
            that thousandth.
            """);
        Line();
        Results(found);
    }

    private void Gated(VerificationRow[] found)
    {
        Line();
        Line($"""
            ## Gated functions

            {string.Join("; ", found.Select(row => row.Inputs).Distinct())}: ordinary ones, numbers of any size, any bits,
            and special values among them, with gradients of any size. At ±∞ each factor has its limit, and their product is that of two
            numbers.
            """);
        Line();
        Results(found);
    }

    private void Results(VerificationRow[] found)
    {
        Line("| | type | results | misrounded | largest error |");
        Line("| --- | --- | ---: | ---: | ---: |");
        foreach (VerificationRow row in found)
            Line(
                $"| {row.Function} {row.Direction}{(row.Tier == "fast" ? ", fast" : "")} | {row.Type} | {row.Judged:N0} | "
                + $"{row.Misrounded:N0} | {row.LargestError} |");
    }

    private void Peers()
    {
        Line();
        Line("## Other libraries");
        Line();
        foreach (string remark in remarks)
            Line(remark);
        Line();
        Line("""
            Cells: the share of results that are not correctly rounded, and the largest error in ulp; ∞ where a result is NaN or infinite
            and the exact value is not, or the other way round. Blank: the library has no such operation, or it was not measured.
            """);
        string[] libraries = [.. peers.Select(peer => peer.Library).Distinct()];
        foreach (IGrouping<string, PeerResult> type in peers.GroupBy(peer => peer.Type))
        {
            string[] present = [.. libraries.Where(library => type.Any(peer => peer.Library == library))];
            Line();
            Line($"### {Titles[type.Key]}");
            Line();
            Line($"| | Nonlinear | Nonlinear, fast | {string.Join(" | ", present)} |");
            Line($"| --- | ---: | ---: |{string.Concat(present.Select(_ => " ---: |"))}");
            foreach (IGrouping<(string Function, string Direction), PeerResult> line in type.GroupBy(
                peer => (peer.Function, peer.Direction)))
            {
                IEnumerable<string> cells = present.Select(library => Cell(line.FirstOrDefault(peer => peer.Library == library)));
                Line(
                    $"| {Label(line.Key.Function, line.Key.Direction)} | {Ours("exact")} | {Ours("fast")} | {string.Join(" | ", cells)} |");

                string Ours(string tier) => Cell(rows.FirstOrDefault(row =>
                    row.Activation.Info.Name == line.Key.Function
                        && row.Type == type.Key
                        && row.Tier == tier
                        && (row.Direction == "forward") == (line.Key.Direction == "forward")));
            }
        }
    }

    private static string Label(VerificationRow row) => Label(row.Function, row.Direction);

    private static string Label(string function, string direction) => direction == "derivative" ? function + "′" : function;

    private static string Cells(VerificationRow? row) => row is null ? " | | |" : $" {row.Misrounded:N0} | {row.LargestError} | {row.At} |";

    private static string Cell(VerificationRow? row) => row is null ? "" : $"{Share(row.Misrounded, row.Judged)}, {Ulps(row.MaxUlps)}";

    private static string Cell(PeerResult? peer) =>
        peer is null ? "" : $"{Share(peer.Misrounded, peer.Judged)}, {(peer.Lost > 0 ? "∞" : Ulps(Math.Max(0.5, peer.MaxUlps)))}";

    private static string Share(long misrounded, long judged) =>
        misrounded == 0 ? "0"
            : ((double)misrounded / judged).ToString("0.####%", CultureInfo.InvariantCulture) is var share && share != "0%" ? share
            : misrounded.ToString("N0", CultureInfo.InvariantCulture);

    private static string Ulps(double ulps) =>
        ulps >= 1e5 ? "> 10⁵" : ulps.ToString(ulps < 10 ? "0.###" : "N0", CultureInfo.InvariantCulture);

    private void Line(string text = "") => _page.Append(text).Append('\n');
}
