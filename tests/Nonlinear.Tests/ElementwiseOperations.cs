namespace Nonlinear.Tests;

/// <summary>What functions of one number do with spans, compared with what they do with one element at a time.</summary>
internal sealed class ElementwiseOperations(ElementwiseActivation one, string operation) : ITypedTest
{
    private const int Channels = 11;

    private delegate void Map<T>(ReadOnlySpan<T> x, Span<T> y);

    private delegate void Gradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx);

    public void Run<T>(Func<double, T> from, Func<T, double> to)
        where T : unmanaged
    {
        Case<T> test = new(one, operation, from, to);
        foreach (int threads in (int[])[1, 2])
            test.Run(one.OnThreads(threads));
    }

    private sealed class Case<T>
        where T : unmanaged
    {
        private readonly ElementwiseActivation _one;
        private readonly string _operation;
        private readonly Func<double, T> _from;
        private readonly Func<T, double> _to;
        private readonly int _rows;
        private readonly T[] _x, _dy, _perChannel;
        private readonly double[] _ordinary;

        // What one element at a time gives is the same for any number of threads.
        private readonly Dictionary<string, T[]> _alone = [];

        public Case(ElementwiseActivation one, string operation, Func<double, T> from, Func<T, double> to)
        {
            (_one, _operation, _from, _to) = (one, operation, from, to);
            _rows = PublicOperationTests.Length<T>(one) / Channels;
            int length = _rows * Channels;
            _ordinary = Spans.Ordinary(length, seed: 3);
            (_x, _dy) = ([.. Spans.Mixed(length, seed: 1).Select(from)], [.. Spans.Ordinary(length, seed: 2).Select(from)]);
            _perChannel = [.. Enumerable.Range(1, Channels).Select(channel => from(0.1 * channel))];
        }

        public void Run(ElementwiseActivation several)
        {
            T[] dx = new T[_x.Length], second = new T[_x.Length];
            double[] sums = new double[Channels], expectedSums = new double[Channels];
            switch (_operation)
            {
                case "Forward(x, y)":
                    Same(Singly(_one.Forward, _x), Whole(several.Forward, _x));
                    break;
                case "Derivative(x, derivative)":
                    Same(Singly(_one.Derivative, _x), Whole(several.Derivative, _x));
                    break;
                case "Curvature(x, curvature)":
                    Same(Singly(_one.Curvature, _x), Whole(several.Curvature, _x));
                    break;
                case "Backward(x, dy, dx)":
                    Same(Singly(_one.Backward, _x), Whole(several.Backward, _x));
                    break;
                case "BackwardFromOutput(y, dy, dx)" when _one.HasDerivativeFromOutput:
                    T[] y = Singly(_one.Forward, _x);
                    Same(Singly(_one.BackwardFromOutput, y), Whole(several.BackwardFromOutput, y));
                    break;
                case "BackwardFromOutput(y, dy, dx)":
                    Assert.Throws<NotSupportedException>(() => several.BackwardFromOutput<T>(_x, _dy, dx));
                    break;
                case "ForwardWithDerivative(x, y, derivative)":
                    several.ForwardWithDerivative<T>(_x, dx, second);
                    Same(Singly(_one.Forward, _x), dx);
                    Same(Singly(_one.Derivative, _x), second);
                    break;
                case "ForwardWithBias(x, bias, y)":
                    several.ForwardWithBias<T>(_x, _perChannel, dx);
                    Same(Singly(_one.Forward, Sums()), dx);
                    break;
                case "BackwardWithBias(x, bias, dy, dx, biasGradient)":
                    several.BackwardWithBias<T>(_x, _perChannel, _dy, dx, sums);
                    T[] slopes = Singly(_one.Backward, Sums());
                    for (int i = 0; i < slopes.Length; i++)
                        expectedSums[i % Channels] += _to(slopes[i]);
                    Same(slopes, dx);
                    PublicOperationTests.AssertSame<double>(expectedSums, sums, $"{several} {_operation}");
                    break;
                case "ParameterGradient(x, dy, gradient)":
                    ParameterGradient(several);
                    break;
                case "ForwardPerChannel(x, shape, parameter, y)" or "BackwardPerChannel(x, shape, parameter, dy, dx, dparameter)"
                    when _one.Info.Parameters.Count != 1:
                    Assert.Throws<NotSupportedException>(() => several.ForwardPerChannel<T>(_x, [_rows, Channels], _perChannel, dx));
                    Assert.Throws<NotSupportedException>(
                        () => several.BackwardPerChannel<T>(_x, [_rows, Channels], _perChannel, _dy, dx, new double[Channels]));
                    break;
                case "ForwardPerChannel(x, shape, parameter, y)":
                    PerChannel(several.ForwardPerChannel, _one.ForwardPerChannel, [_rows, Channels], 1);
                    PerChannel(several.ForwardPerChannel, _one.ForwardPerChannel, [1, Channels, _rows], _rows);
                    break;
                case "BackwardPerChannel(x, shape, parameter, dy, dx, dparameter)":
                    BackwardPerChannel(several, [_rows, Channels], 1);
                    BackwardPerChannel(several, [1, Channels, _rows], _rows);
                    break;
                default:
                    Assert.Fail($"ElementwiseActivation.{_operation} has no case in this test.");
                    break;
            }
        }

        // Of a sum of which all terms but one vanish that one is left, bit for bit.
        private void ParameterGradient(ElementwiseActivation several)
        {
            double[] gradient = new double[_one.Info.Parameters.Count], alone = new double[gradient.Length];
            T[] x = [.. _ordinary.Select(_from)];
            for (int i = 0; i < x.Length; i += (x.Length / 13) - 1)
            {
                T[] dy = new T[x.Length];
                dy[i] = _dy[i];
                several.ParameterGradient<T>(x, dy, gradient);
                _one.ParameterGradient<T>(x.AsSpan(i, 1), dy.AsSpan(i, 1), alone);
                PublicOperationTests.AssertSame<double>(alone, gradient, $"{several} {_operation}");
            }
        }

        private void PerChannel(ForwardEach whole, ForwardEach single, int[] shape, int inner)
        {
            T[] y = new T[_x.Length], alone = new T[_x.Length];
            whole(_x, shape, _perChannel, y);
            for (int i = 0; i < _x.Length; i++)
                single(_x.AsSpan(i, 1), [1], _perChannel.AsSpan(i / inner % Channels, 1), alone.AsSpan(i, 1));
            Same(alone, y);
        }

        private void BackwardPerChannel(ElementwiseActivation several, int[] shape, int inner)
        {
            T[] dx = new T[_x.Length], alone = new T[_x.Length];
            double[] gradient = new double[Channels], one = new double[1];
            several.BackwardPerChannel<T>(_x, shape, _perChannel, _dy, dx, gradient);
            for (int i = 0; i < _x.Length; i++)
                _one.BackwardPerChannel<T>(
                    _x.AsSpan(i, 1), [1], _perChannel.AsSpan(i / inner % Channels, 1), _dy.AsSpan(i, 1), alone.AsSpan(i, 1), one);
            Same(alone, dx);

            // In each channel one gradient is left of the sum.
            T[] x = [.. _ordinary.Select(_from)], dy = new T[x.Length];
            double[] expected = new double[Channels];
            for (int channel = 0; channel < Channels; channel++)
            {
                int row = (channel * 97) % _rows, i = inner == 1 ? (row * Channels) + channel : (channel * inner) + row;
                dy[i] = _dy[i];
                Span<double> gradientOfOne = expected.AsSpan(channel, 1);
                _one.BackwardPerChannel<T>(
                    x.AsSpan(i, 1), [1], _perChannel.AsSpan(channel, 1), dy.AsSpan(i, 1), alone.AsSpan(i, 1), gradientOfOne);
            }
            several.BackwardPerChannel<T>(x, shape, _perChannel, dy, dx, gradient);
            PublicOperationTests.AssertSame<double>(expected, gradient, $"{several} {_operation}");
        }

        private delegate void ForwardEach(ReadOnlySpan<T> x, ReadOnlySpan<int> shape, ReadOnlySpan<T> parameter, Span<T> y);

        // Each sum is exact in a double, or as good as exact, and then rounded to the type.
        private T[] Sums() => [.. _x.Select((x, i) => _from(_to(x) + _to(_perChannel[i % Channels])))];

        private void Same(T[] expected, T[] actual) => PublicOperationTests.AssertSame<T>(expected, actual, $"{_one} {_operation}");

        private static T[] Whole(Map<T> map, T[] x)
        {
            T[] y = new T[x.Length];
            map(x, y);
            return y;
        }

        private T[] Singly(Map<T> map, T[] x)
        {
            if (_alone.TryGetValue(map.Method.Name, out T[]? y))
                return y;
            y = new T[x.Length];
            for (int i = 0; i < x.Length; i++)
                map(x.AsSpan(i, 1), y.AsSpan(i, 1));
            return _alone[map.Method.Name] = y;
        }

        private T[] Whole(Gradient<T> gradient, T[] x) => Whole((x, dx) => gradient(x, _dy, dx), x);

        private T[] Singly(Gradient<T> gradient, T[] x)
        {
            if (_alone.TryGetValue(gradient.Method.Name, out T[]? dx))
                return dx;
            dx = new T[x.Length];
            for (int i = 0; i < x.Length; i++)
                gradient(x.AsSpan(i, 1), _dy.AsSpan(i, 1), dx.AsSpan(i, 1));
            return _alone[gradient.Method.Name] = dx;
        }
    }
}
