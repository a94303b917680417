namespace Nonlinear.Tests;

/// <summary>What functions with several outputs for each input do with spans and tensors, compared with single inputs.</summary>
internal sealed class WidenedOperations(WidenedActivation one, string operation) : ITypedTest
{
    private const int Rows = 7001, Columns = 11;

    public void Run<T>(Func<double, T> from, Func<T, double> to)
        where T : unmanaged
    {
        foreach (WidenedActivation several in (WidenedActivation[])[one, one.OnThreads(2)])
        {
            foreach ((int[] shape, int axis) in Shapes)
            {
                int inner = shape[(axis + 1)..].Aggregate(1, (a, b) => a * b), block = shape[axis] * inner;
                T[] x = [.. Spans.Mixed(shape.Aggregate(1, (a, b) => a * b), seed: 1).Select(from)], y = new T[2 * x.Length];
                T[] dy = [.. Spans.Ordinary(y.Length, seed: 2).Select(from)], dx = new T[x.Length];
                T[] outputs = new T[y.Length], gradient = new T[x.Length], two = new T[2];
                switch (operation)
                {
                    case "Forward(x, y)" or "Backward(x, dy, dx)" when shape.Length > 1:
                        continue;
                    case "Forward(x, y)":
                        several.Forward<T>(x, y);
                        break;
                    case "Forward(x, y, shape, axis)":
                        several.Forward<T>(x, y, shape, axis);
                        break;
                    case "Backward(x, dy, dx)":
                        several.Backward<T>(x, dy, dx);
                        break;
                    case "Backward(x, dy, dx, shape, axis)":
                        several.Backward<T>(x, dy, dx, shape, axis - shape.Length);
                        break;
                    default:
                        Assert.Fail($"WidenedActivation.{operation} has no case in this test.");
                        break;
                }
                for (int i = 0; i < x.Length; i++)
                {
                    int first = (i / block * 2 * block) + (i % block);
                    one.Forward<T>(x.AsSpan(i, 1), two);
                    (outputs[first], outputs[first + block]) = (two[0], two[1]);
                    one.Backward<T>(x.AsSpan(i, 1), [dy[first], dy[first + block]], gradient.AsSpan(i, 1));
                }
                bool isForward = operation.StartsWith("Forward", StringComparison.Ordinal);
                PublicOperationTests.AssertSame<T>(isForward ? outputs : gradient, isForward ? y : dx, $"{one} {operation}");
            }
        }
    }

    private static IEnumerable<(int[] Shape, int Axis)> Shapes =>
        [([Rows * Columns], 0), ([Rows, Columns], 1), ([Columns, Rows], 0), ([7, Columns, 1001], 1)];
}
