using System.Globalization;
using Nonlinear.Bench.Measuring;
using Nonlinear.Bench.Rivals;

namespace Nonlinear.Bench.Ratios;

/// <summary>Races functions against everybody, forward and backward, at several sizes.</summary>
internal sealed class RatioRun(AllRivals rivals, int rounds)
{
    // However large the arrays are.
    private static readonly TimeSpan LongestRace = TimeSpan.FromSeconds(10);

    // A large vocabulary, ImageNet's classes for a batch, attention's scores, its shorter rows, a classifier's ten classes.
    private static readonly (int Rows, int Columns)[] Shapes =
        [(1, 32_768), (1024, 1000), (4096, 128), (8192, 64), (16_384, 16), (16_384, 10)];

    /// <summary>Races functions.</summary>
    /// <param name="functions">The functions: elementwise and gated ones, and such along an axis, which have shapes of their own.</param>
    /// <param name="sizes">Numbers of elements.</param>
    /// <param name="progress">Is told what begins, and after it which share is done.</param>
    public IReadOnlyList<RatioTable> Run(IReadOnlyList<Activation> functions, IReadOnlyList<int> sizes, Action<string, double> progress)
    {
        Activation[] elementwise = [.. functions.Where(function => function is ElementwiseActivation)],
            gated = [.. functions.Where(function => function is GatedActivation)],
            alongAxisFunctions = [.. functions.Except(elementwise).Except(gated)];
        (string Size, int Rows, int Columns, Activation[] Functions)[] parts =
        [
            .. sizes.Select(size => (string.Create(CultureInfo.InvariantCulture, $"{size:N0} elements"), 1, size, elementwise)),
            .. sizes.Select(size => (string.Create(CultureInfo.InvariantCulture, $"gated, {size:N0} outputs"), 1, size, gated)),
            .. Shapes.Select(shape => (
                string.Create(CultureInfo.InvariantCulture, $"{shape.Rows:N0} × {shape.Columns:N0}"),
                shape.Rows,
                shape.Columns,
                alongAxisFunctions)),
        ];
        List<RatioTable> tables = [];
        int total = parts.Sum(part => part.Functions.Length), done = 0;
        foreach ((string size, int rows, int columns, Activation[] raced) in parts.Where(part => part.Functions.Length > 0))
        {
            using Buffers buffers = new(rows * columns);
            bool alongAxis = raced == alongAxisFunctions;
            RatioTable forward = new("Forward", size, rows * columns, alongAxis),
                backward = new("Backward", size, rows * columns, alongAxis);
            foreach (Activation function in raced)
            {
                progress($"{function}, {size}", (double)done++ / total);
                Job job = new(function, buffers, rows, columns);
                Contestant[] forwards = [.. Limits.Forward(job), .. Ours.Forward(job), .. rivals.Forward(job)];
                Agreement.Check(job, forwards, job.Y);
                forward.Add(function.ToString(), Race(forwards));
                Ours.Forward(job).First().Pass();
                job.Y.Span.CopyTo(job.Saved.Span);
                Contestant[] backwards = [.. Limits.Backward(job), .. Ours.Backward(job), .. rivals.Backward(job)];
                Agreement.Check(job, backwards, function is GatedActivation ? [job.Y, job.ValueGradient] : [job.Y]);
                backward.Add(function.ToString(), Race(backwards));
            }
            tables.Add(forward);
            tables.Add(backward);
        }
        return tables;
    }

    private Race Race(Contestant[] contestants) => Measuring.Race.Run(contestants, rounds, LongestRace);
}
