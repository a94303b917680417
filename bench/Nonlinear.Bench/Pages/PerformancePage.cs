using System.Globalization;
using System.Text;
using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Pages;

/// <summary>The page about speed: how it is measured, which claims hold on which processor, and where each one's tables are.</summary>
internal static class PerformancePage
{
    /// <summary>The page in Markdown.</summary>
    /// <param name="runs">All runs with their processors' pages as links, in the order of the columns.</param>
    public static string Write(IReadOnlyList<(string Link, MeasuredData Data)> runs)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            # How fast

            Both tiers on floats beside everybody else. [What holds where](#what-holds-where) sums it up; the tables are on a page for
            each processor, made by `bench pages` of data that lie beside it.

            ## How it is measured

            On one thread, in turns: each round gives everyone a burst of two milliseconds, or one pass, and another one begins each time.
            **÷ somebody** is the median over the rounds of a time over the other's in the same round: 0.5 takes half as long. **ns** is
            the fastest round for an element. Inputs are drawn from N(0, 2), gradients from N(0, 1); all write to the same array, and all
            results were compared before the race.

            *copy* reads and writes once, *x + dy* reads twice and writes once, and both compute nothing: nobody can be faster than memory.
            Those called *non-temporal* write past the caches, and take part where the arrays are larger than the last cache. *from y* is
            the gradient by way of the saved outputs. TensorPrimitives has sigmoid, tanh and softmax; the rest is composed of its calls.
            ONNX Runtime runs a model of one node bound to the arrays, and has no gradients. The MathF loop is the textbook's formula, a
            float at a time. *gated* is a function of two arrays, gates and values, with two gradients; nobody else has one as a whole, so
            rivals compose it of the function of the gates and products.

            Each width of vectors has a run of its own. With less than the processor has, the runtime and libtorch are held to it by the
            settings that its page shows; ONNX Runtime cannot be, and keeps all the bits there are.

            ## What holds where

            A claim is that some functions take at most so much of the time of somebody else. A cell has the worst ratio of all that the
            claim is about, with the function and the size; ′ is a gradient where both directions count. **Bold** holds; where a claim does
            not, the cell says how many of its cases are above the bound; – was not measured. Gradients of elementwise functions in the
            fast tier are those from inputs or from outputs, whichever is faster. The fastest rival is that of those who took part: they
            are named [below](#processors).

            {ClaimTable.Markdown(SpeedClaims.All, [.. runs.Select(run => run.Data)]).TrimEnd()}

            ## Processors

            | processor | vectors | measured | system | rivals |
            | --- | --- | --- | --- | --- |

            """);
        foreach ((string link, MeasuredData data) in runs)
        {
            string[] facts = [.. ((string[])[FactNames.Measured, FactNames.System, FactNames.Rivals]).Select(data.Fact)];
            page.Append(
                CultureInfo.InvariantCulture,
                $"| [{data.Processor}]({link}) | {data.VectorBits} bits | {string.Join(" | ", facts)} |\n");
        }
        page.Append("""

            ## Yours is missing?

            ```sh
            dotnet run -c Release --project bench/Nonlinear.Bench -- pages
            ```

            takes two minutes for each width of vectors that your processor has; nothing else should be running. It writes into
            `docs/performance` a page, and for each width data and a figure, all named after the processor, and this page anew. Send all of
            them as a change to the repository. libtorch takes part, on Linux, if `NONLINEAR_LIBTORCH` names the folder of
            `libtorch_cpu.so`; `dotnet restore tests/Nonlinear.TorchTests` brings one. Without it the claims beside it stay open.

            """);
        return page.ToString().ReplaceLineEndings("\n");
    }
}
