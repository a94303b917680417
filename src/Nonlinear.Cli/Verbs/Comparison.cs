using System.Text.Json.Nodes;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Measure;
using Spectre.Console;

namespace Nonlinear.Cli.Verbs;

/// <summary>What was compared and found.</summary>
internal abstract class Comparison
{
    /// <summary>Whether no difference was found.</summary>
    public abstract bool AreSame { get; }

    /// <summary>The two functions of the figure.</summary>
    public abstract (ElementwiseActivation First, ElementwiseActivation Second) Drawn();

    /// <summary>What was found, for programs.</summary>
    public abstract JsonNode ToJson();

    /// <summary>What was found, for people.</summary>
    public abstract void Write(IAnsiConsole output, bool isChinese);

    /// <summary>Two functions as a figure draws them.</summary>
    /// <exception cref="ArgumentException">They have no curves.</exception>
    protected static (ElementwiseActivation First, ElementwiseActivation Second) DrawnPair(Activation first, Activation second) =>
        first is ElementwiseActivation one && second is ElementwiseActivation other
            ? (one, other)
            : throw new ArgumentException($"{first} and {second} are functions of vectors and have no curves; leave out --output.");

    /// <summary>Writes a difference with its table of places.</summary>
    protected static void WriteDifference(IAnsiConsole output, PairDifference difference, bool isChinese)
    {
        output.WriteLine(Terminal.Printable(PlainText.Of(difference.Verdict, isChinese)));
        if (difference.Rows.Count == 0)
            return;
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (PropertyRow row in difference.Rows)
            grid.AddRow(
                Terminal.Plain("  " + PlainText.Of(row.Label, isChinese), Color.Grey),
                Terminal.Plain(PlainText.Of(row.Value, isChinese)));
        output.Write(grid);
        if (difference.OfNumbers is { } numbers)
            output.Write(Places(numbers, isChinese));
    }

    private static Table Places(FunctionDifference difference, bool isChinese)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns(
                "x",
                difference.First,
                difference.Second,
                PlainText.Of(new("slope", "斜率"), isChinese),
                PlainText.Of(new("slope of the other", "另一函数的斜率"), isChinese),
                "");
        foreach (PlaceDifference place in difference.Places)
            table.AddRow(new[]
            {
                DifferenceTable.Place(place.X, difference.Kinks),
                DifferenceTable.Number(place.First),
                DifferenceTable.Number(place.Second),
                DifferenceTable.Number(place.FirstSlope),
                DifferenceTable.Number(place.SecondSlope),
                place.Differs ? "≠" : "",
            }.Select(text => Terminal.Plain(text)));
        return table;
    }
}
