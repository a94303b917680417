namespace Nonlinear.Tests;

/// <summary>What gated units do with spans and tensors, compared with single pairs.</summary>
internal sealed class GatedOperations(GatedActivation one, string operation) : ITypedTest
{
    private static readonly (int[] Shape, int Axis)[] Shapes =
        [([2 * 4099], 0), ([67, 22], 1), ([22, 67], 0), ([5, 6, 301], 1), ([301, 2], -1), ([3, 300], 1), ([0, 4], 1)];

    public void Run<T>(Func<double, T> from, Func<T, double> to)
        where T : unmanaged
    {
        foreach (GatedActivation several in (GatedActivation[])[one, one.OnThreads(2)])
        {
            if (operation.Contains("gate", StringComparison.Ordinal))
                Apart(several, from);
            else
                Together(several, from);
        }
    }

    // Gates and values in two spans.
    private void Apart<T>(GatedActivation several, Func<double, T> from)
        where T : unmanaged
    {
        const int Channels = 11;
        int length = Channels * 3001;
        T[] gate = [.. Spans.Mixed(length, seed: 1).Select(from)], value = [.. Spans.Mixed(length, seed: 2).Select(from)];
        T[] dy = [.. Spans.Ordinary(length, seed: 3).Select(from)], y = new T[length], dgate = new T[length], dvalue = new T[length];
        switch (operation)
        {
            case "Forward(gate, value, y)":
                several.Forward<T>(gate, value, y);
                Same(Outputs(gate, value), y);
                several.Forward<T>(gate, value, gate);
                Same(y, gate);
                break;
            case "Backward(gate, value, dy, dgate, dvalue)":
                several.Backward<T>(gate, value, dy, dgate, dvalue);
                (T[] byGate, T[] byValue) = Gradients(gate, value, dy);
                Same(byGate, dgate);
                Same(byValue, dvalue);
                several.Backward<T>(gate, value, dy, gate, value);
                Same(byGate, gate);
                Same(byValue, value);
                break;
            case "ForwardWithBias(gate, gateBias, value, valueBias, y)":
                T[] gateBias = [.. Spans.Ordinary(Channels, seed: 4).Select(from)];
                T[] valueBias = [.. Spans.Ordinary(Channels, seed: 5).Select(from)];
                several.ForwardWithBias<T>(gate, gateBias, value, valueBias, y);
                T[] sums = new T[length], otherSums = new T[length];
                for (int start = 0; start < length; start += Channels)
                {
                    Kernels.VectorAddition.Add<T>(gate.AsSpan(start, Channels), gateBias, sums.AsSpan(start, Channels));
                    Kernels.VectorAddition.Add<T>(value.AsSpan(start, Channels), valueBias, otherSums.AsSpan(start, Channels));
                }
                Same(Outputs(sums, otherSums), y);
                break;
            case "ParameterGradient(gate, value, dy, gradient)":
                ParameterGradient<T>(several, gate, value, dy);
                break;
            default:
                Assert.Fail($"GatedActivation.{operation} has no case in this test.");
                break;
        }
    }

    // Of a sum of which all terms but one vanish that one is left, bit for bit.
    private void ParameterGradient<T>(GatedActivation several, T[] gate, T[] value, T[] dy)
        where T : unmanaged
    {
        double[] gradient = new double[one.Info.Parameters.Count], alone = new double[gradient.Length];
        for (int i = 0; i < gate.Length; i += (gate.Length / 13) - 1)
        {
            T[] gates = new T[gate.Length], values = new T[gate.Length], upstream = new T[gate.Length];
            (gates[i], values[i], upstream[i]) = (gate[i], value[i], dy[i]);
            several.ParameterGradient<T>(gates, values, upstream, gradient);
            one.ParameterGradient<T>(gate.AsSpan(i, 1), value.AsSpan(i, 1), dy.AsSpan(i, 1), alone);
            PublicOperationTests.AssertSame<double>(alone, gradient, $"{several} {operation}");
        }
    }

    // Gates and values in one span, in each layout.
    private void Together<T>(GatedActivation several, Func<double, T> from)
        where T : unmanaged
    {
        foreach (GateLayout layout in Enum.GetValues<GateLayout>())
        {
            GatedActivation laid = several.WithLayout(layout);
            bool isTensor = operation.Contains("shape", StringComparison.Ordinal);
            foreach ((int[] shape, int axis) in Shapes.Where(pair => isTensor || pair.Shape.Length == 1))
            {
                int length = shape.Aggregate(1, (a, b) => a * b);
                T[] x = [.. Spans.Mixed(length, seed: 1).Select(from)], dy = [.. Spans.Ordinary(length / 2, seed: 2).Select(from)];
                T[] y = new T[length / 2], dx = new T[length];
                (int Gate, int Value)[] places = [.. Places(shape, axis < 0 ? axis + shape.Length : axis, layout)];
                T[] gate = [.. places.Select(place => x[place.Gate])], value = [.. places.Select(place => x[place.Value])];
                switch (operation)
                {
                    case "Forward(x, y)":
                        laid.Forward<T>(x, y);
                        break;
                    case "Forward(x, y, shape, axis)":
                        laid.Forward<T>(x, y, shape, axis);
                        break;
                    case "Backward(x, dy, dx)":
                        laid.Backward<T>(x, dy, dx);
                        break;
                    case "Backward(x, dy, dx, shape, axis)":
                        laid.Backward<T>(x, dy, dx, shape, axis);
                        break;
                    default:
                        Assert.Fail($"GatedActivation.{operation} has no case in this test.");
                        break;
                }
                if (operation.StartsWith("Forward", StringComparison.Ordinal))
                {
                    Same(Outputs(gate, value), y);
                    continue;
                }
                (T[] byGate, T[] byValue) = Gradients(gate, value, dy);
                T[] expected = new T[length];
                for (int i = 0; i < places.Length; i++)
                    (expected[places[i].Gate], expected[places[i].Value]) = (byGate[i], byValue[i]);
                Same(expected, dx);
            }
        }
    }

    // Where the gate and the value of each output lie.
    private static IEnumerable<(int Gate, int Value)> Places(int[] shape, int axis, GateLayout layout)
    {
        int behind = shape[(axis + 1)..].Aggregate(1, (a, b) => a * b), before = shape[..axis].Aggregate(1, (a, b) => a * b);
        int half = shape[axis] / 2;
        for (int row = 0; row < before; row++)
        {
            for (int i = 0; i < half * behind; i++)
            {
                (int channel, int column) = (i / behind, i % behind);
                (int gate, int value) = layout switch
                {
                    GateLayout.GateFirst => (channel, channel + half),
                    GateLayout.GateLast => (channel + half, channel),
                    _ => (2 * channel, (2 * channel) + 1),
                };
                int start = (row * shape[axis] * behind) + column;
                yield return (start + (gate * behind), start + (value * behind));
            }
        }
    }

    private T[] Outputs<T>(T[] gate, T[] value)
        where T : unmanaged
    {
        T[] y = new T[gate.Length];
        for (int i = 0; i < y.Length; i++)
            one.Forward<T>(gate.AsSpan(i, 1), value.AsSpan(i, 1), y.AsSpan(i, 1));
        return y;
    }

    private (T[] ByGate, T[] ByValue) Gradients<T>(T[] gate, T[] value, T[] dy)
        where T : unmanaged
    {
        T[] byGate = new T[gate.Length], byValue = new T[gate.Length];
        for (int i = 0; i < dy.Length; i++)
            one.Backward<T>(
                gate.AsSpan(i, 1), value.AsSpan(i, 1), dy.AsSpan(i, 1), byGate.AsSpan(i, 1), byValue.AsSpan(i, 1));
        return (byGate, byValue);
    }

    private void Same<T>(T[] expected, T[] actual)
        where T : unmanaged => PublicOperationTests.AssertSame<T>(expected, actual, $"{one} {operation}");
}
