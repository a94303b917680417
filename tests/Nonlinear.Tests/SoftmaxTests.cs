using CsCheck;
using Nonlinear.Lab;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

public class SoftmaxTests
{
    private static readonly AxisActivation[] Both = [Activation.Softmax(), Activation.LogSoftmax()];

    public static TheoryData<string> Names => TestCatalog.CertainAxisNames;

    [Theory]
    [Trait("Speed", "slow")]
    [InlineData("softmax", 1)]
    [InlineData("softmax", 3)]
    [InlineData("softmax", 100)]
    [InlineData("log_softmax", 1)]
    [InlineData("log_softmax", 3)]
    [InlineData("log_softmax", 100)]
    public void Results_are_within_an_ulp_of_MPFR(string name, int length)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        NumberFormat single = NumberFormat.Named("float"), wide = NumberFormat.Named("double");
        for (int trial = 0; trial < 200; trial++)
        {
            double[] x = [.. Spans.Ordinary(length, trial, scale: trial % 2 == 0 ? 5 : 90).Select(value => (double)(float)value)];
            double[] y = new double[length];
            float[] narrow = [.. x.Select(value => (float)value)], narrowY = new float[length];
            Activation activation = Activation.Parse(name);
            activation.Forward(x, y);
            activation.Forward(narrow, narrowY);
            for (int i = 0; i < length; i++)
            {
                BigFloat exact = Exact(name, x, i);
                double error = exact.ErrorInUlps(narrowY[i], single), wideError = exact.ErrorInUlps(y[i], wide);
                Assert.True(
                    error <= 1 && wideError <= 2,
                    $"{name} of {length}, trial {trial}: float {error}, double {wideError} ulp at {exact.ToDouble():R}");
            }
        }
    }

    [Fact]
    public void Probabilities_sum_to_1_and_keep_the_order() => Vectors.Sample(x =>
    {
        double[] y = new double[x.Length];
        Activation.Softmax().Forward(x, y);
        Assert.Equal(1, y.Sum(), 1e-14 * x.Length);
        for (int i = 0; i + 1 < x.Length; i++)
            Assert.True(x[i] <= x[i + 1] ? y[i] <= y[i + 1] : y[i] >= y[i + 1]);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shift_of_all_inputs_changes_nothing(string name) => Vectors.Sample(x =>
    {
        // Whole numbers of 2⁻²⁰, so that the shift itself rounds nothing.
        double[] on = [.. x.Select(value => Math.Round(value * (1 << 20)) / (1 << 20))], y = new double[x.Length];
        double[] shifted = new double[x.Length];
        Activation activation = Activation.Parse(name);
        activation.Forward(on, y);
        activation.Forward(on.Select(value => value + 1000).ToArray(), shifted);
        Assert.Equal(y, shifted);
    });

    // Doubles are right to 2⁻⁵¹, which is nothing beside an ulp of a float.
    [Theory]
    [InlineData("softmax")]
    [InlineData("log_softmax")]
    [InlineData("softmin")]
    public void Floats_are_the_doubles_rounded_at_every_length(string name)
    {
        Activation activation = Activation.Parse(name);
        foreach (int length in (int[])[5, 64, 255, 256, 257, 1000, 4097])
        {
            foreach ((double scale, double shift) in new[] { (1.0, 0.0), (20, 3), (0.01, -7), (90, 1000) })
            {
                float[] x = [.. Spans.Ordinary(length, length, scale).Select(value => (float)(value + shift))], y = new float[length];
                double[] exact = new double[length];
                activation.Forward(x, y);
                activation.Forward(x.Select(value => (double)value).ToArray(), exact);
                for (int i = 0; i < length; i++)
                {
                    float size = MathF.Abs((float)exact[i]), ulp = MathF.BitIncrement(size) - size;
                    Assert.True(
                        Math.Abs(exact[i] - y[i]) <= 0.5001 * ulp, $"{name} of {length}, scale {scale}, {i}: {y[i]:R}, not {exact[i]:R}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_the_inputs_changes_no_bit(string name)
    {
        Assert.SkipWhen(name == "hardmax", "The first of the largest inputs is another in another order.");
        Random random = new(3);
        foreach (int length in (int[])[2, 9, 1000, 100_003])
        {
            double[] x = Spans.Ordinary(length, length, scale: 20);
            Spans.ForEachType(new SameInAnyOrder(Activation.Parse(name), x, [.. Enumerable.Range(0, length).OrderBy(_ => random.Next())]));
        }
    }

    [Fact]
    public void Inputs_may_lie_further_apart_than_doubles_reach()
    {
        double[] x = [1e308, -1e308, 1e308], y = new double[3];
        Activation.Softmax().Forward(x, y);
        Assert.Equal([0.5, 0, 0.5], y);
        Activation.LogSoftmax().Forward(x, y);
        Assert.Equal([-Math.Log(2), double.NegativeInfinity, -Math.Log(2)], y);
        Activation.LogSoftmax().Forward<double>(x.AsSpan(0, 2), y.AsSpan(0, 2));
        Assert.Equal([0, double.NegativeInfinity], y[..2]);
    }

    // Beside a dominant input the rest is far below an ulp of 1; its logarithm keeps every digit, down to the smallest double.
    [Theory]
    [InlineData(-50)]
    [InlineData(-700)]
    [InlineData(-740)]
    public void The_rest_beside_a_dominant_input_keeps_its_digits(double gap)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        double[] x = [gap, 0, gap - 1, gap - 0.5], y = new double[4];
        Activation.LogSoftmax().Forward(x, y);
        NumberFormat wide = NumberFormat.Named("double");
        for (int i = 0; i < x.Length; i++)
            Assert.True(Exact("log_softmax", x, i).ErrorInUlps(y[i], wide) <= 1, $"{y[i]:R} at {x[i]}");
    }

    [Fact]
    public void Log_softmax_is_the_logarithm_of_softmax() => Vectors.Sample(x =>
    {
        double[] y = new double[x.Length], log = new double[x.Length];
        Activation.Softmax().Forward(x, y);
        Activation.LogSoftmax().Forward(x, log);
        Assert.All(y.Zip(log), pair => Assert.Equal(Math.Log(pair.First), pair.Second, 1e-12));
    });

    [Fact]
    public void The_logarithm_of_a_share_that_is_all_there_is_has_the_same_sign_beside_other_vectors()
    {
        float[] x = [.. Enumerable.Repeat(-0f, 17)], y = new float[x.Length], alone = new float[1];
        Activation.LogSoftmax().Forward(x, y, [1, x.Length], 0);
        Activation.LogSoftmax().Forward([-0f], alone, [1], 0);
        Assert.All(y, result => Assert.Equal(float.IsNegative(alone[0]), float.IsNegative(result)));
    }

    [Fact]
    public void Large_inputs_do_not_overflow()
    {
        float[] y = new float[2];
        Activation.Softmax().Forward([1000f, 1000f], y);
        Assert.Equal([0.5f, 0.5f], y);
        Activation.Softmax().Forward([float.MaxValue, -float.MaxValue], y);
        Assert.Equal([1f, 0f], y);
        Activation.LogSoftmax().Forward([100f, 0f], y);
        Assert.Equal([-3.8e-44f, -100f], [y[0] > -4.3e-44f && y[0] < 0 ? -3.8e-44f : y[0], y[1]]);
    }

    [Fact]
    public void Infinite_and_undefined_inputs_give_what_is_documented()
    {
        const double Inf = double.PositiveInfinity;
        Assert.Equal([0.5, 0, 0.5], Of(Activation.Softmax(), [1, -Inf, 1]));
        Assert.Equal(
            [-Math.Log(2), -Inf, -Math.Log(2)],
            Of(Activation.LogSoftmax(), [1, -Inf, 1]),
            (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-15);
        foreach (AxisActivation activation in Both)
        {
            Assert.All(Of(activation, [-Inf, -Inf]), y => Assert.True(double.IsNaN(y)));
            Assert.All(Of(activation, [Inf, 0]), y => Assert.True(double.IsNaN(y)));
            Assert.All(Of(activation, [double.NaN, 0]), y => Assert.True(double.IsNaN(y)));
            Assert.Empty(Of(activation, []));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_axis_is_as_good_as_the_last(string name)
    {
        AxisActivation activation = (AxisActivation)Activation.Parse(name);
        int[] shape = [3, 5, 4];
        double[] x = Spans.Ordinary(60, 1), dy = Spans.Ordinary(60, 2);
        for (int axis = -3; axis < 3; axis++)
        {
            double[] y = new double[60], dx = new double[60], fromOutput = new double[60];
            activation.Forward(x, y, shape, axis);
            activation.Backward(x, dy, dx, shape, axis);
            activation.BackwardFromOutput(y, dy, fromOutput, shape, axis);
            Assert.All(dx.Zip(fromOutput), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
            foreach (int[] vector in Places(shape, axis < 0 ? axis + 3 : axis))
            {
                double[] alone = new double[vector.Length], gradient = new double[vector.Length];
                activation.Forward(vector.Select(i => x[i]).ToArray(), alone);
                activation.Backward(vector.Select(i => x[i]).ToArray(), vector.Select(i => dy[i]).ToArray(), gradient);
                Assert.Equal(alone, vector.Select(i => y[i]));
                Assert.Equal(gradient, vector.Select(i => dx[i]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_Jacobian_is_that_of_central_differences_and_the_products_are_with_it(string name)
    {
        const double H = 1e-5;
        AxisActivation activation = (AxisActivation)Activation.Parse(name);
        const int Length = 7;
        double[] x = Spans.Ordinary(Length, 3), v = Spans.Ordinary(Length, 4), jacobian = new double[Length * Length];
        double[] jv = new double[Length], vj = new double[Length];
        activation.Jacobian(x, jacobian);
        activation.JacobianVectorProduct(x, v, jv);
        activation.Backward(x, v, vj);
        for (int j = 0; j < Length; j++)
        {
            double[] up = Of(activation, [.. x.Select((value, k) => k == j ? value + H : value)]);
            double[] down = Of(activation, [.. x.Select((value, k) => k == j ? value - H : value)]);
            for (int i = 0; i < Length; i++)
                Assert.Equal((up[i] - down[i]) / (2 * H), jacobian[(i * Length) + j], 1e-9);
        }
        for (int i = 0; i < Length; i++)
        {
            Assert.Equal(Enumerable.Range(0, Length).Sum(j => jacobian[(i * Length) + j] * v[j]), jv[i], 1e-13);
            Assert.Equal(Enumerable.Range(0, Length).Sum(j => jacobian[(j * Length) + i] * v[j]), vj[i], 1e-13);
        }
    }

    [Fact]
    public void A_long_vector_of_small_shares_sums_to_1_in_any_order()
    {
        float[] x = [.. Spans.Ordinary(100_000, 5).Select(value => (float)value)], y = new float[x.Length], again = new float[x.Length];
        Activation.Softmax().Forward(x, y);
        Assert.Equal(1, y.Sum(value => (double)value), 1e-6);
        int[] order = [.. Enumerable.Range(0, x.Length)];
        new Random(6).Shuffle(order);
        Activation.Softmax().Forward(order.Select(i => x[i]).ToArray(), again);
        Assert.Equal(order.Select(i => y[i]), again);
    }

    private static Gen<double[]> Vectors => Gen.Double[-30, 30].Array[1, 50];

    private static double[] Of(Activation activation, double[] x)
    {
        double[] y = new double[x.Length];
        activation.Forward(x, y);
        return y;
    }

    private static BigFloat Exact(string name, double[] x, int i)
    {
        BigFloat.Reset();
        BigFloat others = 0;
        for (int j = 0; j < x.Length; j++)
        {
            if (j != i)
                others += BigFloat.Exp((BigFloat)x[j] - x[i]);
        }
        return name == "softmax" ? 1 / (1 + others) : -BigFloat.Log1p(others);
    }

    private static IEnumerable<int[]> Places(int[] shape, int axis)
    {
        int inner = shape[(axis + 1)..].Aggregate(1, (a, b) => a * b), outer = shape[..axis].Aggregate(1, (a, b) => a * b);
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
                yield return [.. Enumerable.Range(0, shape[axis]).Select(k => (((o * shape[axis]) + k) * inner) + i)];
        }
    }

    private sealed class SameInAnyOrder(Activation activation, double[] x, int[] order) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            T[] inputs = [.. x.Select(from)], outputs = Spans.Compute<T>(activation, SpanOperation.Forward, inputs);
            T[] shuffled = Spans.Compute<T>(activation, SpanOperation.Forward, [.. order.Select(i => inputs[i])]);
            Assert.Equal(order.Select(i => outputs[i]), shuffled);
        }
    }
}
