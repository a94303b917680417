using System.Runtime.InteropServices;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

public class CrossEntropyOptionTests
{
    private const int Rows = 12, Classes = 5;
    private static readonly double[] Weights = [1, 0.25, 3, 0, 2];

    public static TheoryData<string> Forms => [.. Settings.Keys];

    private static readonly Dictionary<string, CrossEntropy> Settings = new()
    {
        ["plain"] = new(),
        ["ignored"] = new() { IgnoredTarget = -100 },
        ["weights"] = new() { IgnoredTarget = -100, ClassWeights = Weights },
        ["smoothing"] = new() { LabelSmoothing = 0.1 },
        ["smoothing, weights"] = new() { LabelSmoothing = 0.3, ClassWeights = Weights, IgnoredTarget = 2 },
        ["z-loss"] = new() { ZLoss = 1e-4 },
        ["everything"] = new() { LabelSmoothing = 0.01, ClassWeights = Weights, ZLoss = 0.5, IgnoredTarget = -100 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Losses_and_gradients_are_those_of_MPFR(string form)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        foreach (double spread in (double[])[1, 30, 200])
        {
            Spans.ForEachType(new AgainstMpfr(form, spread, IsSoft: false));
            Spans.ForEachType(new AgainstMpfr(form, spread, IsSoft: true));
        }
    }

    private sealed record AgainstMpfr(string Form, double Spread, bool IsSoft) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            NumberFormat format = Spans.FormatOf<T>();
            CrossEntropy loss = Settings[Form];
            bool isDouble = typeof(T) == typeof(double);
            T[] logits = [.. Spans.Ordinary(Rows * Classes, 1, Spread).Select(from)], soft = [.. Soft().Select(from)];
            T[] losses = new T[Rows], dlogits = new T[logits.Length], alone = new T[Rows];
            int[] targets = Targets(loss);
            const double Scale = 0.375;
            if (IsSoft)
            {
                loss.ForwardWithGradient(logits, new SoftTargets<T>(soft), losses, dlogits, Scale);
                loss.Forward(logits, new SoftTargets<T>(soft), alone);
            }
            else
            {
                loss.ForwardWithGradient(logits, targets, losses, dlogits, Scale);
                loss.Forward(logits, targets, alone);
            }
            Assert.Equal(losses, alone);
            for (int row = 0; row < Rows; row++)
            {
                if (!IsSoft && targets[row] == loss.IgnoredTarget)
                {
                    Assert.All([losses[row], .. dlogits[(row * Classes)..((row + 1) * Classes)]], value => Assert.Equal(0, to(value)));
                    continue;
                }
                BigFloat.Reset();
                BigFloat sum = 0, exact = 0, total = 0;
                for (int c = 0; c < Classes; c++)
                    sum += BigFloat.Exp(to(logits[(row * Classes) + c]));
                BigFloat logSum = BigFloat.Log(sum), smoothing = loss.LabelSmoothing;
                BigFloat[] shares = new BigFloat[Classes];
                for (int c = 0; c < Classes; c++)
                {
                    BigFloat q = IsSoft ? to(soft[(row * Classes) + c]) : targets[row] == c ? 1 : 0;
                    shares[c] = ((q * (1 - smoothing)) + (smoothing / Classes)) * (loss.ClassWeights.Length > 0 ? Weights[c] : 1);
                    exact += shares[c] * (logSum - to(logits[(row * Classes) + c]));
                    total += shares[c];
                }
                BigFloat penalty = loss.ZLoss * logSum * logSum;
                exact += penalty;
                Near(exact, exact, to(losses[row]), format, isDouble, $"{Form}, {format.Name}, {Spread}, row {row}");
                for (int c = 0; c < Classes; c++)
                {
                    BigFloat p = BigFloat.Exp(to(logits[(row * Classes) + c]) - logSum), more = 2 * loss.ZLoss * logSum * p;
                    BigFloat gradient = Scale * ((p * total) - shares[c] + more);
                    BigFloat magnitude = Scale * ((p * total) + shares[c] + (more.Sign < 0 ? -more : more));
                    string what = $"{Form}, {format.Name}, {Spread}, {row}, {c}";
                    Near(gradient, magnitude, to(dlogits[(row * Classes) + c]), format, isDouble, what);
                }
            }
        }

        private static void Near(BigFloat exact, BigFloat magnitude, double actual, NumberFormat format, bool isDouble, string what)
        {
            double ulps = exact.ErrorInUlps(actual, format), off = Math.Abs((exact - actual).ToDouble());
            double allowed = magnitude.ToDouble() * Math.ScaleB(1, isDouble ? -50 : -48);
            Assert.True(ulps <= (isDouble ? 4 : 0.501) || off <= allowed, $"{what}: {ulps} ulp, {actual} for {exact.ToDouble()}");
        }
    }

    [Fact]
    public void Soft_targets_of_one_class_are_that_class()
    {
        float[] logits = [.. Spans.Ordinary(Rows * Classes, 3, 5).Select(value => (float)value)], soft = new float[logits.Length];
        int[] targets = Targets(new());
        for (int row = 0; row < Rows; row++)
            soft[(row * Classes) + targets[row]] = 1;
        float[] losses = new float[Rows], dlogits = new float[logits.Length];
        float[] softLosses = new float[Rows], softGradient = new float[logits.Length];
        CrossEntropy loss = new() { LabelSmoothing = 0.2, ClassWeights = Weights };
        loss.ForwardWithGradient(logits, targets, losses, dlogits);
        loss.ForwardWithGradient(logits, new SoftTargets<float>(soft), softLosses, softGradient);
        Assert.Equal(losses, softLosses);
        Assert.Equal(dlogits, softGradient);
    }

    [Fact]
    public void The_mean_leaves_out_what_is_ignored_and_weighs_the_rest()
    {
        CrossEntropy loss = new() { IgnoredTarget = -1, ClassWeights = new double[] { 2, 1, 5 } };
        double[] logits = [0, 1, 2, double.NaN, 0, 0, 3, 0, 0], dlogits = new double[9], losses = new double[3];
        int[] targets = [1, -1, 0];
        loss.Forward(logits, targets, losses);
        Assert.Equal((losses[0] + losses[2]) / 3, loss.Mean<double>(logits, targets), 1e-15);
        Assert.Equal(losses[0] + losses[2], loss.Sum<double>(logits, targets), 1e-15);
        Assert.Equal(loss.Mean<double>(logits, targets), loss.MeanWithGradient(logits, targets, dlogits));
        double[] scaled = new double[9];
        loss.ForwardWithGradient(logits, targets, losses, scaled, 1 / 3.0);
        Assert.Equal(scaled, dlogits);
        Assert.True(double.IsNaN(loss.Mean<double>(logits.AsSpan(3, 3), [-1])));
        Assert.Equal(loss.Mean<double>(logits, targets), loss.OnThreads(3).Mean<double>(logits, targets));
    }

    [Fact]
    public void A_target_without_weight_costs_nothing_be_it_impossible()
    {
        double[] losses = new double[2], dlogits = new double[4], logits = [0, double.NegativeInfinity, double.NaN, 0];
        new CrossEntropy { ClassWeights = new double[] { 1, 0 } }.ForwardWithGradient(logits, [1, 1], losses, dlogits);
        Assert.Equal([0, double.NaN], losses);
        Assert.Equal([0, 0, double.NaN, double.NaN], dlogits);
    }

    [Fact]
    public void Threads_and_place_change_no_bit()
    {
        const int Many = 3000;
        float[] logits = [.. Spans.Ordinary(Many * Classes, 5, 8).Select(value => (float)value)];
        float[] soft = [.. Enumerable.Range(0, Many * Classes).Select(i => i % 7 / 7f)];
        float[] losses = new float[Many], dlogits = new float[logits.Length], place = [.. logits], again = new float[Many];
        CrossEntropy loss = Settings["everything"];
        loss.ForwardWithGradient(logits, new SoftTargets<float>(soft), losses, dlogits, 0.1);
        loss.OnThreads(3).ForwardWithGradient(place, new SoftTargets<float>(soft), again, place, 0.1);
        Assert.Equal(MemoryMarshal.AsBytes<float>(dlogits).ToArray(), MemoryMarshal.AsBytes<float>(place).ToArray());
        Assert.Equal(losses, again);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        float[] losses = [9, 9], logits = new float[6];
        Refused<ArgumentOutOfRangeException>("targets", () => new CrossEntropy { IgnoredTarget = -1 }.Forward(logits, [0, -2], losses));
        Refused<ArgumentOutOfRangeException>(
            "targets", () => new CrossEntropy().Forward(logits, new SoftTargets<float>([0, 1, 0, 0, 1.5f, 0]), losses));
        Refused<ArgumentException>("targets", () => new CrossEntropy().Forward(logits, new SoftTargets<float>([0, 1, 0]), losses));
        Refused<ArgumentException>(
            "ClassWeights", () => new CrossEntropy { ClassWeights = new double[] { 1, 2 } }.Forward(logits, [0, 1], losses));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossEntropy { ClassWeights = new double[] { 1, -2 } });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossEntropy { LabelSmoothing = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossEntropy { ZLoss = double.NaN });
        Assert.Throws<NotSupportedException>(() => new CrossEntropy().Forward(new int[6], [0, 1], new int[2]));
        Assert.Equal([9f, 9f], losses);
    }

    private static void Refused<TException>(string parameter, Action call)
        where TException : ArgumentException => Assert.Equal(parameter, Assert.Throws<TException>(call).ParamName);

    private static int[] Targets(CrossEntropy loss) =>
        [.. Enumerable.Range(0, Rows).Select(row => row % 4 == 3 && loss.IgnoredTarget is { } ignored ? ignored : row * 3 % Classes)];

    // Rows of 1 class, of two, and of all.
    private static IEnumerable<double> Soft() => Enumerable.Range(0, Rows * Classes).Select(i => ((i / Classes % 3), i % Classes) switch
    {
        (0, 2) => 1,
        (1, 0 or 4) => 0.5,
        (2, _) => 0.2,
        _ => 0.0,
    });
}
