namespace Nonlinear.Tests;

/// <summary>What functions that keep one of several inputs do, compared with what they do with one group, or one row, at a time.</summary>
internal sealed class PooledOperations(PooledActivation one, string operation) : ITypedTest
{
    private const int Rows = 7001, Groups = 6, Inputs = 13, Outputs = 17, Batch = 701;

    public void Run<T>(Func<double, T> from, Func<T, double> to)
        where T : unmanaged
    {
        Case<T> test = new(one, operation, from);
        test.Run(one);
        test.Run(one.OnThreads(2));
    }

    private sealed class Case<T>(PooledActivation one, string operation, Func<double, T> from)
        where T : unmanaged
    {
        private readonly int _pieces = one.Pieces;
        private readonly T[] _x = [.. Spans.Mixed(Rows * Groups * one.Pieces, seed: 1).Select(from)];
        private readonly T[] _dy = [.. Spans.Ordinary(Rows * Groups, seed: 2).Select(from)];

        public void Run(PooledActivation several)
        {
            switch (operation)
            {
                case "Forward(x, y)":
                    T[] y = new T[_dy.Length], alone = new T[y.Length];
                    several.Forward<T>(_x, y);
                    for (int i = 0; i < y.Length; i++)
                        one.Forward<T>(_x.AsSpan(i * _pieces, _pieces), alone.AsSpan(i, 1));
                    Same<T>(alone, y);
                    break;
                case "Backward(x, dy, dx)":
                    T[] dx = new T[_x.Length], gradient = new T[_x.Length];
                    several.Backward<T>(_x, _dy, dx);
                    for (int i = 0; i < _dy.Length; i++)
                        one.Backward<T>(_x.AsSpan(i * _pieces, _pieces), _dy.AsSpan(i, 1), gradient.AsSpan(i * _pieces, _pieces));
                    Same<T>(gradient, dx);
                    break;
                case "Forward(x, y, winners, shape, axis)" or "Backward(dy, winners, dx, shape, axis)":
                    AlongAxis(several, [Rows, Groups * _pieces], 1, inner: 1);
                    AlongAxis(several, [Groups * _pieces, Rows], 0, inner: Rows);
                    AlongAxis(several, [1, Groups * _pieces, Rows], -2, inner: Rows);
                    break;
                case "ForwardAffine(x, weights, biases, y, winners)"
                    or "BackwardAffine(x, weights, winners, dy, dx, dweights, dbiases)":
                    Affine(several);
                    break;
                default:
                    Assert.Fail($"PooledActivation.{operation} has no case in this test.");
                    break;
            }
        }

        private void AlongAxis(PooledActivation several, int[] shape, int axis, int inner)
        {
            T[] y = new T[_dy.Length], dx = new T[_x.Length], expected = new T[y.Length], gradient = new T[dx.Length];
            T[] group = new T[_pieces], groupGradient = new T[_pieces];
            int[] winners = new int[y.Length], expectedWinners = new int[y.Length];
            several.Forward<T>(_x, y, winners, shape, axis);
            several.Backward<T>(_dy, winners, dx, shape, axis);
            for (int i = 0; i < y.Length; i++)
            {
                int first = (i / inner * inner * _pieces) + (i % inner);
                for (int piece = 0; piece < _pieces; piece++)
                    group[piece] = _x[first + (piece * inner)];
                one.Forward<T>(group, expected.AsSpan(i, 1), expectedWinners.AsSpan(i, 1), [_pieces], 0);
                one.Backward<T>(_dy.AsSpan(i, 1), expectedWinners.AsSpan(i, 1), groupGradient, [_pieces], 0);
                for (int piece = 0; piece < _pieces; piece++)
                    gradient[first + (piece * inner)] = groupGradient[piece];
            }
            Same<T>(expected, y);
            Same<int>(expectedWinners, winners);
            Same<T>(gradient, dx);
        }

        private void Affine(PooledActivation several)
        {
            T[] x = _x[..(Batch * Inputs)], dy = [.. _dy[..(Batch * Outputs)]], y = new T[dy.Length], dx = new T[x.Length];
            x = [.. Spans.Ordinary(x.Length, seed: 5).Select(from)];
            T[] weights = [.. Spans.Ordinary(_pieces * Outputs * Inputs, seed: 3).Select(from)];
            T[] biases = [.. Spans.Ordinary(_pieces * Outputs, seed: 4).Select(from)];
            T[] dweights = new T[weights.Length], dbiases = new T[biases.Length];
            T[] expected = new T[y.Length], gradient = new T[x.Length], weightsOfOne = new T[weights.Length];
            T[] biasesOfOne = new T[biases.Length];
            int[] winners = new int[y.Length], expectedWinners = new int[y.Length];
            several.ForwardAffine<T>(x, weights, biases, y, winners);
            several.BackwardAffine<T>(x, weights, winners, dy, dx, dweights, dbiases);
            for (int row = 0; row < Batch; row++)
            {
                Range inputs = (row * Inputs)..((row + 1) * Inputs), outputs = (row * Outputs)..((row + 1) * Outputs);
                one.ForwardAffine<T>(x.AsSpan()[inputs], weights, biases, expected.AsSpan()[outputs], expectedWinners.AsSpan()[outputs]);
                one.BackwardAffine<T>(
                    x.AsSpan()[inputs],
                    weights,
                    winners.AsSpan()[outputs],
                    dy.AsSpan()[outputs],
                    gradient.AsSpan()[inputs],
                    weightsOfOne,
                    biasesOfOne);
            }
            Same<T>(expected, y);
            Same<int>(expectedWinners, winners);
            Same<T>(gradient, dx);

            // Of sums over a batch in which all gradients but one row's vanish, that row's are left.
            dy.AsSpan(0, (Batch - 1) * Outputs).Clear();
            several.BackwardAffine<T>(x, weights, winners, dy, dx, dweights, dbiases);
            Same<T>(weightsOfOne, dweights);
            Same<T>(biasesOfOne, dbiases);
        }

        private void Same<TItem>(TItem[] expected, TItem[] actual)
            where TItem : unmanaged => PublicOperationTests.AssertSame<TItem>(expected, actual, $"{one} {operation}");
    }
}
