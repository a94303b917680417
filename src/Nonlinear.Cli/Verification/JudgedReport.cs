using System.Globalization;
using System.Text;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Cli.Verification;

/// <summary>What the judge found of somebody's results: as sentences, tables, data for programs, and a page.</summary>
/// <param name="What">What was judged: f, f′ or dy · f′ of which function.</param>
/// <param name="Origin">Where the results are from.</param>
/// <param name="Inputs">The type of the inputs.</param>
/// <param name="Results">The type of the results.</param>
/// <param name="Within">How many ulps were allowed; null for none but correct rounding.</param>
/// <param name="Findings">What was found.</param>
internal sealed record JudgedReport(
    string What, string Origin, NumberFormat Inputs, NumberFormat Results, double? Within, Findings Findings)
{
    // More bars than this are put together, two by two, until they fit a terminal.
    private const int MostBars = 24;

    private static readonly Dictionary<Fault, string> Faults = new()
    {
        [Fault.Flushed] = "0 where the right value is not (flushed)",
        [Fault.WrongSign] = "wrong sign",
        [Fault.WrongZero] = "zero of the other sign",
        [Fault.NotANumber] = "NaN where a number is right",
        [Fault.NumberForNaN] = "a number where NaN is right",
        [Fault.Infinite] = "infinite where a finite number is right",
        [Fault.FiniteForInfinity] = "finite where ∞ is right",
    };

    /// <summary>Whether the results are as they should be.</summary>
    public bool Holds => Within is { } ulps ? Findings.IsWithin(ulps) : Findings.IsCorrectlyRounded;

    /// <summary>What was found, a sentence each.</summary>
    public IEnumerable<string> Sentences()
    {
        Tally total = Findings.Total;
        yield return $"{What}: {JudgedNumbers.Name(Results)} from {JudgedNumbers.Name(Inputs)}, {Origin}.";
        yield return total.Misrounded == 0
            ? $"{JudgedNumbers.Count(total.Judged)} results judged; all are correctly rounded."
            : $"{JudgedNumbers.Count(total.Judged)} results judged; {JudgedNumbers.Count(total.Misrounded)} are not correctly rounded "
                + $"({Share(total)}).";
        if (Findings.Worst is { } worst)
            yield return $"The largest error is {JudgedNumbers.Ulps(worst.Ulps)} ulp: {Case(worst)}.";
        if (total.Lost > 0)
            yield return $"{JudgedNumbers.Count(total.Lost)} results are off by no number of ulps: NaN, an infinity or the wrong zero.";
        if (Within is { } ulps)
            yield return string.Create(
                CultureInfo.InvariantCulture, $"They are {(Holds ? "all" : "NOT all")} within {ulps} ulp.");
    }

    /// <summary>The tables, each with its caption, the headings of its columns and its rows.</summary>
    public IEnumerable<(string Caption, string[] Columns, string[][] Rows)> Tables()
    {
        if (Findings.Faults.Count > 0)
        {
            yield return (
                "Wrong beyond the last digits",
                ["what", "times", "first"],
                [
                    .. Findings.Faults.OrderBy(fault => fault.Key).Select(
                        fault => (string[])[Faults[fault.Key], JudgedNumbers.Count(fault.Value.Count), Case(fault.Value.First)]),
                ]);
        }
        if (Findings.IsCorrectlyRounded)
            yield break;
        yield return (
            "Errors by their size",
            ["ulp", "results"],
            [
                ["correctly rounded", JudgedNumbers.Count(Findings.Total.Judged - Findings.Total.Misrounded)],
                .. Findings.ByError.Select(bar => (string[])[Size(bar.Most), JudgedNumbers.Count(bar.Count)]),
            ]);
        yield return (
            "Errors by the input",
            ["inputs", "judged", "misrounded", "largest error", "NaN, ∞, wrong 0"],
            [
                .. Bars().Select(bar => (string[])[
                    Stretch(bar.From, bar.To), JudgedNumbers.Count(bar.Tally.Judged), JudgedNumbers.Count(bar.Tally.Misrounded),
                    bar.Tally.MaxUlps == 0 ? "" : $"{JudgedNumbers.Ulps(bar.Tally.MaxUlps)} ulp",
                    bar.Tally.Lost == 0 ? "" : JudgedNumbers.Count(bar.Tally.Lost),
                ]),
            ]);
    }

    /// <summary>The findings for programs.</summary>
    public object ToJson() => new
    {
        what = What,
        origin = Origin,
        inputs = JudgedNumbers.Name(Inputs),
        results = JudgedNumbers.Name(Results),
        judged = Findings.Total.Judged,
        misrounded = Findings.Total.Misrounded,
        lost = Findings.Total.Lost,
        maxUlps = Findings.Worst?.Ulps,
        worst = Findings.Worst is { } worst ? Data(worst) : null,
        faults = Findings.Faults.OrderBy(fault => fault.Key).Select(
            fault => new { what = fault.Key.ToString(), count = fault.Value.Count, first = Data(fault.Value.First) }),
        byError = Findings.ByError.Select(bar => new { most = Finite(bar.Most), count = bar.Count }),
        byInput = Findings.ByInput.Select(bar => new
        {
            from = Text(bar.From),
            to = Text(bar.To),
            judged = bar.Tally.Judged,
            misrounded = bar.Tally.Misrounded,
            maxUlps = bar.Tally.MaxUlps,
            lost = bar.Tally.Lost,
        }),
        within = Within,
        holds = Holds,
    };

    /// <summary>The findings as a page in Markdown.</summary>
    public string ToMarkdown()
    {
        StringBuilder page = new();
        page.Append("# How exact: ").Append(What).Append("\n\n");
        foreach (string sentence in Sentences())
            page.Append(sentence).Append('\n');
        page.Append("""

            An error is in units in the last place (ulp) of the exact value; a correctly rounded result is off by at most half of one. The
            reference is the function's formula over intervals of doubles, and in 256 bits with MPFR where these do not decide.

            """);
        foreach ((string caption, string[] columns, string[][] rows) in Tables())
        {
            page.Append("\n## ").Append(caption).Append("\n\n| ").AppendJoin(" | ", columns).Append(" |\n|");
            for (int i = 0; i < columns.Length; i++)
                page.Append(i == 0 || columns[i] == "first" ? " --- |" : " ---: |");
            page.Append('\n');
            foreach (string[] row in rows)
                page.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }
        return page.ToString();
    }

    private string Case(in JudgedResult result)
    {
        string upstream = result.Upstream == 1 ? "" : $", dy = {Text(result.Upstream)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"at x = {JudgedNumbers.Number(result.X, Inputs)}{upstream} (element {result.Index}) it is "
            + $"{JudgedNumbers.Number(result.Y, Results)}, not {JudgedNumbers.Number(result.Expected, Results)}");
    }

    private object Data(in JudgedResult result) => new
    {
        index = result.Index,
        x = JudgedNumbers.Number(result.X, Inputs),
        dy = result.Upstream == 1 ? null : Text(result.Upstream),
        got = JudgedNumbers.Number(result.Y, Results),
        right = JudgedNumbers.Number(result.Expected, Results),
        ulps = Finite(result.Ulps),
    };

    // Neighbouring bars of one sign are put together: those without errors, then pairs of others until there are few enough.
    private List<(double From, double To, Tally Tally)> Bars()
    {
        List<(double From, double To, Tally Tally)> bars = Merged([.. Findings.ByInput], clean: true, int.MaxValue);
        for (int before = int.MaxValue; bars.Count > MostBars && bars.Count < before;)
        {
            before = bars.Count;
            bars = Merged(bars, clean: false, 2);
        }
        return bars;
    }

    private static List<(double From, double To, Tally Tally)> Merged(
        List<(double From, double To, Tally Tally)> bars, bool clean, int most)
    {
        List<(double From, double To, Tally Tally)> wider = [];
        int together = 0;
        foreach ((double from, double to, Tally tally) in bars)
        {
            bool joins = together > 0 && together < most && from != to && wider[^1].From != wider[^1].To
                && from < 0 == wider[^1].From < 0 && (tally.Misrounded == 0) == (wider[^1].Tally.Misrounded == 0)
                && (!clean || tally.Misrounded == 0);
            Tally sum = new();
            sum.Add(tally);
            if (joins)
                sum.Add(wider[^1].Tally);
            if (joins)
                wider[^1] = (wider[^1].From, to, sum);
            else
                wider.Add((from, to, sum));
            together = joins ? together + 1 : 1;
        }
        return wider;
    }

    private static string Stretch(double from, double to) =>
        double.IsNaN(from) ? "NaN" : from == to ? Text(from) : $"{Short(from)} … {Short(to)}";

    private static string Short(double x) => x.ToString("G3", CultureInfo.InvariantCulture);

    private static string Size(double most) => double.IsInfinity(most) ? "no number"
        : most == 1 ? "½ to 1"
        : $"{JudgedNumbers.Ulps(most / 2)} to {JudgedNumbers.Ulps(most)}";

    private static string Share(Tally total) =>
        ((double)total.Misrounded / total.Judged).ToString("0.####%", CultureInfo.InvariantCulture);

    private static string Text(double x) => JudgedNumbers.Number(x, NumberFormat.Named("double"));

    private static double? Finite(double x) => double.IsFinite(x) ? x : null;
}
