using Nonlinear.Oracle;

namespace Nonlinear.Tests;

public class BinaryCrossEntropyTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3.5, 0)]
    [InlineData(1, 0.1)]
    [InlineData(0, 0.25)]
    public void Losses_and_gradients_are_those_of_MPFR(double weight, double smoothing)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Spans.ForEachType(new AgainstMpfr(weight, smoothing));
    }

    private sealed record AgainstMpfr(double Weight, double Smoothing) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            NumberFormat format = Spans.FormatOf<T>();
            double bound = typeof(T) == typeof(double) ? 1 : 0.501;
            T[] x = [.. Spans.Ordinary(600, 1, scale: 40).Select(from)], targets = [.. Targets(600).Select(from)];
            T[] losses = new T[x.Length], dx = new T[x.Length];
            double scale = to(from(0.3));
            BinaryCrossEntropy loss = new() { PositiveWeight = Weight, LabelSmoothing = Smoothing };
            loss.ForwardWithGradient(x, targets, losses, dx, scale);
            for (int i = 0; i < x.Length; i++)
            {
                BigFloat.Reset();
                BigFloat smoothing = Smoothing, t = (to(targets[i]) * (1 - smoothing)) + (smoothing * 0.5), logit = to(x[i]);
                BigFloat exact = (Weight * t * BigFloat.Log1p(BigFloat.Exp(-logit))) + ((1 - t) * BigFloat.Log1p(BigFloat.Exp(logit)));
                BigFloat no = (1 - t) / (1 + BigFloat.Exp(-logit)), yes = Weight * t / (1 + BigFloat.Exp(logit));
                double error = exact.ErrorInUlps(to(losses[i]), format);
                Assert.True(error <= bound, $"{format.Name}: loss {losses[i]} of {x[i]} against {targets[i]}: {error} ulp");
                BigFloat slope = scale * (no - yes);
                double larger = (scale * (no > yes ? no : yes)).ToDouble(), off = Math.Abs((slope - to(dx[i])).ToDouble());
                Assert.True(
                    slope.ErrorInUlps(to(dx[i]), format) <= bound || off <= larger * 1e-15,
                    $"{format.Name}: gradient {dx[i]} of {x[i]} against {targets[i]}");
            }
        }
    }

    private static IEnumerable<double> Targets(int count) => Enumerable.Range(0, count).Select(i => i % 3 == 2 ? (i % 8) / 8.0 : i % 3);

    [Fact]
    public void Sure_logits_have_their_limits()
    {
        double[] losses = new double[6], dx = new double[6];
        double[] x = [double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity, 800, double.NaN];
        new BinaryCrossEntropy().ForwardWithGradient(x, [1.0, 1, 0, 0, 1, 0], losses, dx);
        Assert.Equal([0, double.PositiveInfinity, double.PositiveInfinity, 0, 0, double.NaN], losses);
        Assert.Equal([0, -1, 1, 0, 0, double.NaN], dx);
        new BinaryCrossEntropy { PositiveWeight = 0 }.Forward([double.NegativeInfinity, double.NaN], [1.0, 1], losses.AsSpan(0, 2));
        Assert.Equal([0, double.NaN], losses[..2]);
    }

    [Fact]
    public void The_mean_is_that_of_the_losses_and_place_changes_no_bit()
    {
        float[] x = [.. Spans.Ordinary(1500, 1, scale: 9).Select(value => (float)value)], losses = new float[1500], dx = new float[1500];
        float[] targets = [.. Targets(1500).Select(value => (float)value)];
        BinaryCrossEntropy loss = new() { PositiveWeight = 2 };
        loss.ForwardWithGradient(x, targets, losses, dx, 1 / 1500.0);
        Assert.Equal(losses.Select(value => (double)value).Sum() / 1500, loss.Mean<float>(x, targets), 1e-12);
        float[] again = new float[1500];
        loss.ForwardWithGradient(x, targets, again, x, 1 / 1500.0);
        Assert.Equal(dx, x);
        Assert.Equal(losses, again);
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_written()
    {
        float[] memory = [.. Enumerable.Repeat(9f, 20)], x = new float[4];
        BinaryCrossEntropy loss = new();
        Assert.Equal("targets", Refusal<ArgumentException>(() => loss.Forward(x, new float[3], memory.AsSpan(0, 4))));
        Assert.Equal("losses", Refusal<ArgumentException>(() => loss.Forward(x, x, memory.AsSpan(0, 3))));
        Assert.Equal("targets", Refusal<ArgumentOutOfRangeException>(() => loss.Forward(x, [0, 1, 1.5f, 0], memory.AsSpan(0, 4))));
        Assert.Equal("targets", Refusal<ArgumentOutOfRangeException>(() => loss.Forward(x, [0, 1, float.NaN, 0], memory.AsSpan(0, 4))));
        Assert.Equal("dlogits", Refusal<ArgumentException>(() => loss.ForwardWithGradient(x, x, memory.AsSpan(0, 4), memory.AsSpan(3, 4))));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryCrossEntropy { PositiveWeight = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryCrossEntropy { LabelSmoothing = 1 });
        Assert.All(memory, element => Assert.Equal(9, element));
    }

    private static string? Refusal<TException>(Action call)
        where TException : ArgumentException => Assert.Throws<TException>(call).ParamName;
}
