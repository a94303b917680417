using Nonlinear.Oracle.Judging;

namespace Nonlinear.Attacks.Library;

/// <summary>A random call of a function of vectors on an array: each vector's results must be those of the vector alone.</summary>
internal sealed class VectorCase(Activation function) : ILibraryCase
{
    private const int Axis = 1, LongestJudged = 24;

    private delegate void Vectors<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> y, ReadOnlySpan<int> shape, int axis, long first);

    /// <inheritdoc/>
    public void Run<T>(Trial<T> trial)
        where T : unmanaged
    {
        int pieces = function is PooledActivation pooled ? pooled.Pieces : 1;
        int rows = 1 + trial.Random.Next(4), columns = trial.Random.Next(2) == 0 ? 1 : 1 + trial.Random.Next(40);
        int along = pieces * (1 + trial.Random.Next(trial.Random.Next(3) == 0 ? 200 : 20)), outputs = function.OutputsFor(along);
        T[] x = trial.Numbers.Vector(rows * along * columns, []), dy = trial.Numbers.Plain(rows * outputs * columns);
        int[] shape = [rows, along, columns];
        bool backward = trial.Random.Next(2) == 0;
        trial.Operation = backward ? "of vectors backward" : "of vectors";
        string what = $"{function} {(backward ? "backward" : "forward")} {trial.Format.Name} of [{string.Join(", ", shape)}]";
        Vectors<T> call = backward ? Backward : Forward;
        int results = backward ? along : outputs;
        T[] y = trial.Call(what, rows * results * columns, y => call(x, dy, y, shape, Axis, 0)), expected = new T[y.Length];
        for (int vector = 0; vector < rows * columns; vector++)
        {
            T[] alone = Gather(x, vector, along, columns), gradient = Gather(dy, vector, outputs, columns), one = new T[results];
            call(alone, gradient, one, [along], 0, vector);
            Scatter(one, expected, vector, results, columns);
            // Of what is drawn with noise and then cut to one, the noise decides.
            if (vector == 0 && along <= LongestJudged && function is AxisActivation { IsRandom: false } axis && Oracle.Oracle.IsAvailable)
                Judge(trial, axis, backward, alone, gradient, one);
        }
        trial.Findings.Calls += rows * columns;
        trial.MustBeSame(what, x, expected, y);
    }

    private void Forward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> y, ReadOnlySpan<int> shape, int axis, long first)
        where T : unmanaged
    {
        switch (function)
        {
            case AxisActivation along:
                along.Forward(x, y, shape, axis, first);
                break;
            case PooledActivation pooled:
                pooled.Forward(x, y, new int[y.Length], shape, axis);
                break;
            case WidenedActivation widened:
                widened.Forward(x, y, shape, axis);
                break;
        }
    }

    private void Backward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, ReadOnlySpan<int> shape, int axis, long first)
        where T : unmanaged
    {
        switch (function)
        {
            case AxisActivation along:
                along.Backward(x, dy, dx, shape, axis, first);
                break;
            case PooledActivation pooled:
                int[] winners = new int[dy.Length];
                pooled.Forward(x, new T[dy.Length], winners, shape, axis);
                pooled.Backward(dy, winners, dx, shape, axis);
                break;
            case WidenedActivation widened:
                widened.Backward(x, dy, dx, shape, axis);
                break;
        }
    }

    private static void Judge<T>(Trial<T> trial, AxisActivation axis, bool backward, T[] x, T[] dy, T[] y)
        where T : unmanaged
    {
        VectorSubject subject = new(axis, backward, trial.Format);
        Oracle.Judging.Outcome outcome = VectorSweep.Look(
            subject, [.. x.Select(trial.To)], [.. dy.Select(trial.To)], [.. y.Select(trial.To)], 0);
        trial.Findings.Judged += x.Length;
        if (!outcome.Keeps(subject.Guarantee))
            trial.Findings.Fault($"{subject} of ({string.Join(", ", x.Select(trial.To))}): {outcome.Worst}");
    }

    private static T[] Gather<T>(T[] all, int vector, int length, int columns)
    {
        (int row, int column) = (vector / columns, vector % columns);
        return [.. Enumerable.Range(0, length).Select(i => all[(((row * length) + i) * columns) + column])];
    }

    private static void Scatter<T>(T[] one, T[] all, int vector, int length, int columns)
    {
        (int row, int column) = (vector / columns, vector % columns);
        for (int i = 0; i < length; i++)
            all[(((row * length) + i) * columns) + column] = one[i];
    }
}
