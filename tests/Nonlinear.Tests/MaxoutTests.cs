using CsCheck;

namespace Nonlinear.Tests;

public class MaxoutTests
{
    [Fact]
    public void The_largest_of_each_group_is_kept_and_the_first_of_equals()
    {
        double[] y = new double[3];
        int[] winners = new int[3];
        Activation.Maxout(3).Forward([3, -1, 4, 1, 1, 0, -5, -2, -2], y, winners, [1, 9], 1);
        Assert.Equal([4, 1, -2], y);
        Assert.Equal([2, 0, 1], winners);
    }

    [Fact]
    public void NaN_wins()
    {
        double[] y = new double[2];
        Activation.Maxout().Forward([double.NaN, 5, 5, double.NaN], y);
        Assert.All(y, value => Assert.True(double.IsNaN(value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-2)]
    public void Channels_lie_along_any_axis_and_the_gradient_goes_to_the_winner(int axis)
    {
        int[] shape = [4, 6, 2];
        int place = axis < 0 ? axis + 3 : axis, inner = shape[(place + 1)..].Aggregate(1, (a, b) => a * b), groups = shape[place] / 2;
        double[] x = Spans.Ordinary(48, 1), y = new double[24], dy = Spans.Ordinary(24, 2), dx = new double[48];
        int[] winners = new int[24];
        Activation.Maxout().Forward(x, y, winners, shape, axis);
        Activation.Maxout().Backward(dy, winners, dx, shape, axis);
        double[] expected = new double[48];
        for (int i = 0; i < 24; i++)
        {
            int column = i % inner, group = i / inner % groups, row = i / inner / groups;
            int first = ((((row * shape[place]) + (group * 2)) * inner) + column), second = first + inner;
            Assert.Equal(Math.Max(x[first], x[second]), y[i]);
            expected[x[first] >= x[second] ? first : second] = dy[i];
        }
        Assert.Equal(expected, dx);
    }

    [Fact]
    public void With_x_and_0_it_is_ReLU() => Gen.Double[-100, 100].Array[1, 30].Sample(x =>
    {
        double[] y = new double[x.Length], relu = new double[x.Length], dx = new double[2 * x.Length], derivative = new double[x.Length];
        double[] pairs = [.. x.SelectMany(value => new[] { value, 0.0 })];
        Activation.Maxout().Forward(pairs, y);
        Activation.Relu().Forward(x, relu);
        Assert.Equal(relu, y);
    });

    [Fact]
    public void The_affine_form_is_the_largest_of_the_pieces()
    {
        const int Batch = 5, Inputs = 3, Outputs = 4, Pieces = 3;
        (double[] x, double[] w, double[] b) = Layer(Batch, Inputs, Outputs, Pieces);
        double[] y = new double[Batch * Outputs];
        int[] winners = new int[Batch * Outputs];
        Activation.Maxout(Pieces).ForwardAffine(x, w, b, y, winners);
        for (int n = 0; n < Batch; n++)
        {
            for (int o = 0; o < Outputs; o++)
            {
                double[] pieces = [.. Enumerable.Range(0, Pieces).Select(k => b[(k * Outputs) + o]
                    + Enumerable.Range(0, Inputs).Sum(i => w[(((k * Outputs) + o) * Inputs) + i] * x[(n * Inputs) + i]))];
                Assert.Equal(pieces.Max(), y[(n * Outputs) + o], 1e-14);
                Assert.Equal(Array.IndexOf(pieces, pieces.Max()), winners[(n * Outputs) + o]);
            }
        }
    }

    [Fact]
    public void The_affine_gradients_are_those_of_central_differences()
    {
        const int Batch = 5, Inputs = 3, Outputs = 4, Pieces = 3;
        const double H = 1e-6;
        (double[] x, double[] w, double[] b) = Layer(Batch, Inputs, Outputs, Pieces);
        double[] y = new double[Batch * Outputs], dy = Spans.Ordinary(y.Length, 9), dx = new double[x.Length], dw = new double[w.Length];
        double[] db = new double[b.Length];
        int[] winners = new int[y.Length];
        Activation.Maxout(Pieces).ForwardAffine(x, w, b, y, winners);
        Activation.Maxout(Pieces).BackwardAffine(x, w, winners, dy, dx, dw, db);
        foreach ((double[] values, double[] gradient) in new[] { (x, dx), (w, dw), (b, db) })
        {
            for (int i = 0; i < values.Length; i++)
            {
                double value = values[i];
                values[i] = value + H;
                double up = Loss();
                values[i] = value - H;
                double down = Loss();
                values[i] = value;
                Assert.Equal((up - down) / (2 * H), gradient[i], 1e-8);
            }
        }

        double Loss()
        {
            Activation.Maxout(Pieces).ForwardAffine(x, w, b, y, winners);
            return y.Zip(dy, (p, q) => p * q).Sum();
        }
    }

    [Fact]
    public void Affine_lengths_that_do_not_fit_are_refused()
    {
        double[] y = [7, 7];
        Assert.ThrowsAny<ArgumentException>(
            () => Activation.Maxout().ForwardAffine(new double[3], new double[11], new double[4], y, new int[2]));
        Assert.ThrowsAny<ArgumentException>(
            () => Activation.Maxout().ForwardAffine(new double[3], new double[12], new double[5], y, new int[2]));
        Assert.ThrowsAny<ArgumentException>(
            () => Activation.Maxout().ForwardAffine(new double[3], new double[12], new double[4], y, new int[1]));
        Assert.Equal([7, 7], y);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_an_empty_tensor_nothing_comes_wherever_it_is_empty(int threads)
    {
        PooledActivation maxout = Activation.Maxout(2).OnThreads(threads);
        foreach (int[] shape in (int[][])[[0, 4], [4, 0], [0, 0], [0, 4, 3], [3, 4, 0]])
        {
            int axis = shape.Length == 3 || shape[0] == 0 ? 1 : 0;
            maxout.Forward<double>([], [], [], shape, axis);
            maxout.Backward<double>([], [], [], shape, axis);
        }
    }

    // Inputs at 0, weights at 10 and biases at 30; the output at 40 unless it lies over one of them.
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(32)]
    public void An_affine_output_over_an_input_is_refused(int at)
    {
        double[] memory = [.. Enumerable.Repeat(7.0, 50)];
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => Activation.Maxout().ForwardAffine(
            memory.AsSpan(0, 3), memory.AsSpan(10, 12), memory.AsSpan(30, 4), memory.AsSpan(at, 2), new int[2])).ParamName);
        Assert.All(memory, element => Assert.Equal(7, element));
    }

    // Inputs at 0, weights at 10 and upstream gradients at 30; gradients at 40, 50 and 70 unless one lies over one of them.
    [Theory]
    [InlineData("dx", 1, 50, 70)]
    [InlineData("dx", 20, 50, 70)]
    [InlineData("dx", 29, 50, 70)]
    [InlineData("dweights", 40, 2, 70)]
    [InlineData("dweights", 40, 12, 70)]
    [InlineData("dweights", 40, 25, 70)]
    [InlineData("dbiases", 40, 50, 1)]
    [InlineData("dbiases", 40, 50, 20)]
    [InlineData("dbiases", 40, 50, 31)]
    public void An_affine_gradient_over_an_input_is_refused(string refused, int dx, int dweights, int dbiases)
    {
        double[] memory = [.. Enumerable.Repeat(7.0, 80)];
        Assert.Equal(refused, Assert.Throws<ArgumentException>(() => Activation.Maxout().BackwardAffine(
            memory.AsSpan(0, 3),
            memory.AsSpan(10, 12),
            [0, 1],
            memory.AsSpan(30, 2),
            memory.AsSpan(dx, 3),
            memory.AsSpan(dweights, 12),
            memory.AsSpan(dbiases, 4))).ParamName);
        Assert.All(memory, element => Assert.Equal(7, element));
    }

    [Theory]
    [InlineData("dy", 1, 3, 12, 2)]
    [InlineData("dx", 2, 4, 12, 2)]
    [InlineData("dweights", 2, 3, 11, 2)]
    [InlineData("winners", 2, 3, 12, 3)]
    public void Affine_gradients_that_do_not_fit_are_refused(string refused, int dy, int dx, int dweights, int winners) => Assert.Equal(
        refused,
        Assert.Throws<ArgumentException>(() => Activation.Maxout().BackwardAffine(
            new double[3],
            new double[12],
            new int[winners],
            new double[dy],
            new double[dx],
            new double[dweights],
            new double[4])).ParamName);

    private static (double[] X, double[] W, double[] B) Layer(int batch, int inputs, int outputs, int pieces) =>
        (Spans.Ordinary(batch * inputs, 1), Spans.Ordinary(pieces * outputs * inputs, 2, 1), Spans.Ordinary(pieces * outputs, 3, 1));
}
