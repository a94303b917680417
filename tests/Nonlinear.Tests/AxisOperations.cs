namespace Nonlinear.Tests;

/// <summary>What functions of a vector do with tensors, compared with what they do with one vector at a time.</summary>
internal sealed class AxisOperations(AxisActivation one, string operation) : ITypedTest
{
    private const int Columns = 11;

    // Enough to be divided among threads, for 16 bits too where there are any.
    private readonly int _rows = TestCatalog.IsThorough(one) ? 7001 : 3727;

    private delegate void Map<T>(ReadOnlySpan<T> x, Span<T> y);

    private delegate void MapAlong<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, int axis);

    private delegate void MapOne<T>(ReadOnlySpan<T> x, Span<T> y, long vector);

    private delegate void GradientOfOne<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, long vector);

    private delegate void PartAlong<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, long first);

    private delegate void WholeAlong<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape);

    private delegate void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx);

    private delegate void GradientAlong<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, ReadOnlySpan<int> shape, int axis);

    public void Run<T>(Func<double, T> from, Func<T, double> to)
        where T : unmanaged
    {
        Case<T> test = new(one, operation, from, _rows);
        test.Run(one);
        test.Run(one.OnThreads(2));
    }

    private sealed class Case<T>(AxisActivation one, string operation, Func<double, T> from, int rows)
        where T : unmanaged
    {
        private readonly T[] _x = [.. Spans.Ordinary(rows * Columns, seed: 1, scale: 9).Select(from)];
        private readonly T[] _dy = [.. Spans.Ordinary(rows * Columns, seed: 2).Select(from)];

        public void Run(AxisActivation several)
        {
            switch (operation)
            {
                case "Forward(x, y)":
                    AsOneVector(several.Forward, one.Forward);
                    break;
                case "Forward(x, y, shape, axis)":
                    Along(several.Forward, (x, y, vector) => one.Forward(x, y, [x.Length], 0, vector));
                    break;
                case "Forward(x, y, shape, axis, firstVector)":
                    InParts((x, y, shape, first) => several.Forward(x, y, shape, 1, first), (x, y, shape) => one.Forward(x, y, shape, 1));
                    break;
                case "Backward(x, dy, dx, shape, axis, firstVector)":
                    InParts(
                        (x, dx, shape, first) => several.Backward(x, DyAt(x), dx, shape, 1, first),
                        (x, dx, shape) => one.Backward(x, DyAt(x), dx, shape, 1));
                    break;
                case "Backward(x, dy, dx)":
                    AsOneVector(Upstream(several.Backward), UpstreamAlong(one.Backward));
                    break;
                case "Backward(x, dy, dx, shape, axis)":
                    Along(several.Backward, (x, dy, dx, vector) => one.Backward(x, dy, dx, [x.Length], 0, vector), _x);
                    break;
                case "BackwardFromOutput(y, dy, dx)":
                    AsOneVector(Upstream(several.BackwardFromOutput), UpstreamAlong(one.BackwardFromOutput));
                    break;
                case "BackwardFromOutput(y, dy, dx, shape, axis)":
                    T[] y = new T[_x.Length];
                    one.Forward<T>(_x, y, [rows, Columns], 1);
                    Along(several.BackwardFromOutput, (y, dy, dx, _) => one.BackwardFromOutput(y, dy, dx), y);
                    break;
                case "JacobianVectorProduct(x, v, jv)":
                    Columnwise(several);
                    break;
                case "Jacobian(x, jacobian)":
                    Rowwise(several);
                    break;
                default:
                    Assert.Fail($"AxisActivation.{operation} has no case in this test.");
                    break;
            }
        }

        // A span is one vector, whatever its length.
        private void AsOneVector(Map<T> several, MapAlong<T> along)
        {
            foreach (int length in (int[])[0, 1, 2, Columns, 1000, _x.Length])
            {
                T[] y = new T[length], expected = new T[length];
                several(_x.AsSpan(0, length), y);
                along(_x.AsSpan(0, length), expected, [1, length], 1);
                Same(expected, y);
                along(_x.AsSpan(0, length), expected, [length, 1], 0);
                Same(expected, y);
            }
        }

        // A tensor in two parts is the tensor.
        private void InParts(PartAlong<T> part, WholeAlong<T> whole)
        {
            T[] y = new T[_x.Length], expected = new T[_x.Length];
            whole(_x, expected, [rows, Columns]);
            const int First = 1234;
            part(_x.AsSpan(0, First * Columns), y.AsSpan(0, First * Columns), [First, Columns], 0);
            part(_x.AsSpan(First * Columns), y.AsSpan(First * Columns), [rows - First, Columns], First);
            Same(expected, y);
            if (one.IsRandom)
                Assert.False(y.AsSpan(0, Columns).SequenceEqual(y.AsSpan(Columns, Columns)));
        }

        // The gradient that belongs to a part of the inputs.
        private ReadOnlySpan<T> DyAt(ReadOnlySpan<T> x) => _dy.AsSpan(_x.Length == x.Length ? 0 : PlaceOf(x), x.Length);

        private int PlaceOf(ReadOnlySpan<T> x) => _x.AsSpan().Overlaps(x, out int place) ? place : throw new ArgumentException("Not here.");

        // Of rows, of columns, and of what lies along the middle of three dimensions; an axis counts from the end too.
        private void Along(MapAlong<T> several, MapOne<T> single)
        {
            foreach ((int[] shape, int axis, int length, int inner) in Shapes)
            {
                T[] y = new T[_x.Length], expected = new T[_x.Length], vector = new T[length], result = new T[length];
                several(_x, y, shape, axis);
                for (int start = 0; start < _x.Length; start++)
                {
                    if (start / inner % length != 0)
                        continue;
                    for (int i = 0; i < length; i++)
                        vector[i] = _x[start + (i * inner)];
                    single(vector, result, (start / (inner * length) * inner) + (start % inner));
                    for (int i = 0; i < length; i++)
                        expected[start + (i * inner)] = result[i];
                }
                Same(expected, y);
            }
        }

        private void Along(GradientAlong<T> several, GradientOfOne<T> single, T[] source)
        {
            foreach ((int[] shape, int axis, int length, int inner) in Shapes)
            {
                T[] dx = new T[source.Length], expected = new T[source.Length], vector = new T[length], u = new T[length];
                T[] result = new T[length];
                several(source, _dy, dx, shape, axis);
                for (int start = 0; start < source.Length; start++)
                {
                    if (start / inner % length != 0)
                        continue;
                    for (int i = 0; i < length; i++)
                        (vector[i], u[i]) = (source[start + (i * inner)], _dy[start + (i * inner)]);
                    single(vector, u, result, (start / (inner * length) * inner) + (start % inner));
                    for (int i = 0; i < length; i++)
                        expected[start + (i * inner)] = result[i];
                }
                Same(expected, dx);
            }
        }

        private IEnumerable<(int[] Shape, int Axis, int Length, int Inner)> Shapes =>
        [
            ([rows, Columns], 1, Columns, 1), ([rows, Columns], -1, Columns, 1),
            ([Columns, rows], 0, Columns, rows), ([rows, Columns], 0, rows, Columns), ([1, Columns, rows], 1, Columns, rows),
        ];

        // J e is a column of J.
        private void Columnwise(AxisActivation several)
        {
            foreach (int length in (int[])[1, 7, 64, 150])
            {
                T[] jacobian = new T[length * length], column = new T[length], direction = new T[length], expected = new T[length];
                one.Jacobian<T>(_x.AsSpan(0, length), jacobian);
                for (int j = 0; j < length; j++)
                {
                    direction.AsSpan().Clear();
                    direction[j] = from(1);
                    several.JacobianVectorProduct<T>(_x.AsSpan(0, length), direction, column);
                    for (int i = 0; i < length; i++)
                        expected[i] = jacobian[(i * length) + j];
                    Same(expected, column);
                }
            }
        }

        // A row of J is the gradient of one output.
        private void Rowwise(AxisActivation several)
        {
            foreach (int length in (int[])[1, 7, 64, 401])
            {
                T[] jacobian = new T[length * length], expected = new T[length * length], upstream = new T[length];
                several.Jacobian<T>(_x.AsSpan(0, length), jacobian);
                for (int i = 0; i < length; i++)
                {
                    upstream.AsSpan().Clear();
                    upstream[i] = from(1);
                    one.Backward<T>(_x.AsSpan(0, length), upstream, expected.AsSpan(i * length, length));
                }
                Same(expected, jacobian);
            }
        }

        private Map<T> Upstream(Gradient<T> gradient) => (x, dx) => gradient(x, _dy.AsSpan(0, x.Length), dx);

        private MapAlong<T> UpstreamAlong(GradientAlong<T> gradient) =>
            (x, dx, shape, axis) => gradient(x, _dy.AsSpan(0, x.Length), dx, shape, axis);

        private void Same(T[] expected, T[] actual) => PublicOperationTests.AssertSame<T>(expected, actual, $"{one} {operation}");
    }
}
