using System.Globalization;
using System.Text;
using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Pages;

/// <summary>One processor's page: facts, and for each width of vectors a figure and the tables.</summary>
internal static class ProcessorPage
{
    /// <summary>The page in Markdown.</summary>
    /// <param name="runs">A processor's runs with the files that they came from, the widest vectors first.</param>
    /// <param name="overview">Where the page with the method and all processors is, from this one.</param>
    /// <param name="hasFigure">Whether a file that a figure would have is there.</param>
    public static string Write(IReadOnlyList<(string File, MeasuredData Data)> runs, string overview, Func<string, bool> hasFigure)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            # {runs[0].Data.Processor}

            [How this was measured, and how other processors do]({overview}). The numbers by themselves:
            {string.Join(",\n", runs.Select(run => $"[{run.File}]({run.File})"))}.

            | {string.Join(" | ", ["", .. runs.Select(run => run.Data.Fact(FactNames.Vectors))])} |
            |{string.Concat(Enumerable.Repeat(" --- |", runs.Count + 1))}

            """);
        IEnumerable<string> facts = runs.SelectMany(run => run.Data.Facts).Select(fact => fact.Name).Distinct()
            .Except([FactNames.Processor, FactNames.Vectors]);
        foreach (string fact in facts)
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", [fact, .. runs.Select(run => run.Data.Fact(fact))])} |\n");
        foreach ((string file, MeasuredData data) in runs)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## Vectors of {data.VectorBits} bits\n");
            string figure = PagesFolder.FigureOf(file);
            if (hasFigure(figure))
                page.Append(CultureInfo.InvariantCulture, $"\n![Both tiers beside the fastest rival, function by function]({figure})\n");
            foreach (RatioTable table in RatioTable.Of(data.Measurements))
                page.Append(CultureInfo.InvariantCulture, $"\n{table.Markdown()}");
        }
        return page.ToString().ReplaceLineEndings("\n");
    }
}
