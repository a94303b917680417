using System.Globalization;
using System.Text;
using Nonlinear.Bench.Measuring;
using Nonlinear.Bench.Rivals;

namespace Nonlinear.Bench.Ratios;

/// <summary>The page of what was measured: machine, method, figures, tables.</summary>
internal static class PerformancePage
{
    /// <summary>The page in Markdown.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="rivals">Who took part.</param>
    /// <param name="arguments">How the tool was called.</param>
    /// <param name="figures">Figures as links from the page: what they show, and where they are.</param>
    public static string Write(
        IReadOnlyList<RatioTable> tables,
        AllRivals rivals,
        IEnumerable<string> arguments,
        IEnumerable<(string Title, string Link)> figures)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            # How fast

            Times of both tiers on floats, on one thread, in turns with everybody else: each round gives everyone a burst of two
            milliseconds, or one pass, and another one begins each time. **÷ somebody** is the median over the rounds of a time over the
            other's in the same round: 0.5 takes half as long. **ns** is the fastest round for an element. Inputs are drawn from N(0, 2),
            gradients from N(0, 1); all write to the same array, and all results were compared before the race.

            *copy* reads and writes once, *x + dy* reads twice and writes once, and both compute nothing: nobody can be faster than memory.
            Those called *non-temporal* write past the caches, and take part where the arrays are larger than the last cache. *from y* is
            the gradient by way of the saved outputs. TensorPrimitives has sigmoid, tanh and softmax; the rest is composed of its calls.
            ONNX Runtime runs a model of one node bound to the arrays, and has no gradients. The MathF loop is the textbook's formula, a
            float at a time. *gated* is a function of two arrays, gates and values, with two gradients; nobody else has one as a whole, so
            rivals compose it of the function of the gates and products.

            Made by `{string.Join(' ', ["dotnet run -c Release --project bench/Nonlinear.Bench --", .. arguments.Select(Quoted)])}`.

            | | |
            | --- | --- |

            """);
        foreach ((string name, string value) in Machine.Facts)
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
        page.Append(CultureInfo.InvariantCulture, $"| rivals | {string.Join(", ", rivals.Versions)} |\n");
        foreach ((string title, string link) in figures)
            page.Append(CultureInfo.InvariantCulture, $"\n![{title}]({link})\n");
        foreach (RatioTable table in tables)
            page.Append(CultureInfo.InvariantCulture, $"\n{table.Markdown()}");
        return page.ToString().ReplaceLineEndings("\n");
    }

    // As a shell wants it.
    private static string Quoted(string argument) => argument.AsSpan().ContainsAny(" ()") ? $"\"{argument}\"" : argument;
}
