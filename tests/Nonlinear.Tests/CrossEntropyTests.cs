using System.Runtime.InteropServices;
using Nonlinear.Lab;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

public class CrossEntropyTests
{
    private const double Inf = double.PositiveInfinity;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(10, 40)]
    [InlineData(1000, 3)]
    public void Losses_have_the_bits_of_log_softmax(int classes, int rows)
    {
        double[] logits = Spans.Ordinary(rows * classes, 1, scale: 20), losses = new double[rows], logarithms = new double[logits.Length];
        int[] targets = Targets(rows, classes);
        new CrossEntropy().Forward(logits, targets, losses);
        Activation.LogSoftmax().Forward(logits, logarithms, [rows, classes], 1);
        Assert.Equal(targets.Select((target, row) => 0 - logarithms[(row * classes) + target]), losses);

        float[] singles = [.. logits.Select(value => (float)value)], singleLosses = new float[rows];
        float[] singleLogarithms = new float[logits.Length];
        new CrossEntropy().Forward(singles, targets, singleLosses);
        Activation.LogSoftmax().Forward(singles, singleLogarithms, [rows, classes], 1);
        Assert.Equal(targets.Select((target, row) => 0 - singleLogarithms[(row * classes) + target]), singleLosses);
    }

    // Doubles are the reference of floats: their own errors are some 2⁻²⁷ of an ulp of a float.
    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(3, 60, 1)]
    [InlineData(10, 5, 0.1)]
    [InlineData(17, 30, -3)]
    [InlineData(1000, 9, 0.015625)]
    public void Floats_are_within_their_bound_of_doubles(int classes, double spread, double scale)
    {
        const int Rows = 100;
        float[] logits = [.. Spans.Ordinary(Rows * classes, 2, spread).Select(value => (float)value)], losses = new float[Rows];
        float[] dlogits = new float[logits.Length];
        double[] wide = [.. logits.Select(value => (double)value)], wideLosses = new double[Rows], gradient = new double[wide.Length];
        int[] targets = Targets(Rows, classes);
        new CrossEntropy().ForwardWithGradient(logits, targets, losses, dlogits, (float)scale);
        new CrossEntropy().ForwardWithGradient(wide, targets, wideLosses, gradient, (float)scale);
        Assert.All(losses.Zip(wideLosses), pair => AssertWithin(0.501, pair.First, pair.Second));
        Assert.All(dlogits.Zip(gradient), pair => AssertWithin(0.501, pair.First, pair.Second));
    }

    [Theory]
    [Trait("Speed", "slow")]
    [InlineData(2, 1)]
    [InlineData(2, 40)]
    [InlineData(5, 30)]
    [InlineData(100, 4)]
    public void Doubles_are_within_their_bound_of_MPFR(int classes, double spread)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        NumberFormat wide = NumberFormat.Named("double");
        const double Scale = 1 / 3.0;
        for (int trial = 0; trial < 100; trial++)
        {
            double[] logits = Spans.Ordinary(classes, trial, spread), loss = new double[1], dlogits = new double[classes];
            int target = trial % classes;
            new CrossEntropy().ForwardWithGradient(logits, [target], loss, dlogits, Scale);
            for (int i = 0; i < classes; i++)
            {
                BigFloat.Reset();
                BigFloat others = 0;
                for (int j = 0; j < classes; j++)
                {
                    if (j != i)
                        others += BigFloat.Exp((BigFloat)logits[j] - logits[i]);
                }
                BigFloat exact = i == target ? -((BigFloat)Scale * others / (1 + others)) : (BigFloat)Scale / (1 + others);
                Assert.True(exact.ErrorInUlps(dlogits[i], wide) <= 4, $"{dlogits[i]:R}, class {i} of {classes}, trial {trial}");
                if (i == target)
                    Assert.True(BigFloat.Log1p(others).ErrorInUlps(loss[0], wide) <= 2, $"loss {loss[0]:R} of {classes}, trial {trial}");
            }
        }
    }

    [Fact]
    public void The_gradient_is_the_limit_of_central_differences()
    {
        const int Rows = 6, Classes = 7;
        const double H = 1e-5, Scale = 1.0 / Rows;
        double[] logits = Spans.Ordinary(Rows * Classes, 3), losses = new double[Rows], dlogits = new double[logits.Length];
        int[] targets = Targets(Rows, Classes);
        new CrossEntropy().ForwardWithGradient(logits, targets, losses, dlogits, Scale);
        for (int i = 0; i < logits.Length; i++)
            Assert.Equal((Mean(i, H) - Mean(i, -H)) / (2 * H), dlogits[i], 1e-9);

        double Mean(int index, double step)
        {
            double[] moved = [.. logits], loss = new double[Rows];
            moved[index] += step;
            new CrossEntropy().Forward(moved, targets, loss);
            return loss.Sum() * Scale;
        }
    }

    [Fact]
    public void A_dominant_class_loses_no_digits()
    {
        // e^-50 beside 1: neither 1 - p nor log p can be had from p, which is 1.
        double[] loss = new double[1], gradient = new double[2];
        double small = Math.Exp(-50);
        new CrossEntropy().ForwardWithGradient([50.0, 0], [0], loss, gradient);
        AssertClose([small, -small, small], [loss[0], .. gradient], 1e-14);
        new CrossEntropy().ForwardWithGradient([50.0, 0], [1], loss, gradient);
        AssertClose([50, 1, -1], [loss[0], .. gradient], 1e-15);

        float[] singleLoss = new float[1], singleGradient = new float[2];
        new CrossEntropy().ForwardWithGradient([50f, 0], [0], singleLoss, singleGradient);
        Assert.Equal([(float)small, -(float)small, (float)small], [singleLoss[0], .. singleGradient]);
        new CrossEntropy().ForwardWithGradient([1e30f, -1e30f], [0], singleLoss, singleGradient);
        Assert.Equal([0f, 0f, 0f], [singleLoss[0], .. singleGradient]);
        new CrossEntropy().ForwardWithGradient([1e30f, -1e30f], [1], singleLoss, singleGradient, scale: 0.5f);
        Assert.Equal([2e30f, 0.5f, -0.5f], [singleLoss[0], .. singleGradient]);
    }

    [Fact]
    public void A_single_class_is_certain()
    {
        float[] losses = [9, 9], dlogits = [9, 9];
        new CrossEntropy().ForwardWithGradient([3f, -1e30f], [0, 0], losses, dlogits);
        Assert.Equal(0, BitConverter.SingleToInt32Bits(losses[0]));
        Assert.Equal([0f, 0f, 0f, 0f], [.. losses, .. dlogits]);
    }

    [Fact]
    public void Infinite_and_undefined_logits_give_what_is_documented()
    {
        double[] losses = new double[5], dlogits = new double[15];
        double[] logits = [0, -Inf, 0, 0, -Inf, 0, double.NaN, 0, 0, Inf, 0, 0, -Inf, -Inf, -Inf];
        new CrossEntropy().ForwardWithGradient(logits, [0, 1, 1, 0, 2], losses, dlogits);
        AssertClose([Math.Log(2), Inf], losses[..2], 1e-15);
        AssertClose([-0.5, 0, 0.5, 0.5, -1, 0.5], dlogits[..6], 1e-15);
        Assert.All([.. losses[2..], .. dlogits[6..]], value => Assert.True(double.IsNaN(value)));

        float[] singles = [.. logits.Select(value => (float)value)], singleLosses = new float[5], gradient = new float[15];
        new CrossEntropy().ForwardWithGradient(singles, [0, 1, 1, 0, 2], singleLosses, gradient);
        Assert.Equal(losses.Select(value => (float)value), singleLosses);
        Assert.Equal(dlogits.Select(value => (float)value), gradient);
    }

    [Theory]
    [InlineData(40, 1)]
    [InlineData(3, 10_001)]
    [InlineData(4001, 10)]
    [InlineData(7001, 13)]
    public void Threads_widths_and_in_place_change_no_bit(int rows, int classes)
    {
        float[] logits = [.. Spans.Ordinary(rows * classes, 4, scale: 12).Select(value => (float)value)], losses = new float[rows];
        float[] dlogits = new float[logits.Length];
        double[] wide = [.. logits.Select(value => (double)value)], wideLosses = new double[rows], gradient = new double[logits.Length];
        int[] targets = Targets(rows, classes);
        new CrossEntropy().ForwardWithGradient(logits, targets, losses, dlogits, 0.25f);
        new CrossEntropy().ForwardWithGradient(wide, targets, wideLosses, gradient, 0.25);
        byte[] expected = [.. Bytes(dlogits), .. Bytes(losses), .. Bytes(gradient), .. Bytes(wideLosses)];
        foreach (int width in LaneWidths.All)
            Assert.True(
                expected.AsSpan().SequenceEqual(LaneWidths.Compute(width, InPlaceOnThreads, $"{rows} {classes}")), $"width {width}");
        float[] alone = new float[rows];
        new CrossEntropy().OnThreads(2).Forward(logits, targets, alone);
        Assert.Equal(losses, alone);
    }

    private static byte[] InPlaceOnThreads(string size)
    {
        int[] sizes = [.. size.Split(' ').Select(int.Parse)];
        (int rows, int classes) = (sizes[0], sizes[1]);
        int[] targets = Targets(rows, classes);
        float[] place = [.. Spans.Ordinary(rows * classes, 4, scale: 12).Select(value => (float)value)], loss = new float[rows];
        double[] widePlace = [.. place.Select(value => (double)value)], wideLoss = new double[rows];
        new CrossEntropy().OnThreads(3).ForwardWithGradient(place, targets, loss, place, 0.25f);
        new CrossEntropy().OnThreads(3).ForwardWithGradient(widePlace, targets, wideLoss, widePlace, 0.25);
        return [.. Bytes(place), .. Bytes(loss), .. Bytes(widePlace), .. Bytes(wideLoss)];
    }

    private static byte[] Bytes<T>(T[] numbers)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(numbers).ToArray();

    [Fact]
    public void The_order_of_the_classes_changes_no_bit()
    {
        const int Classes = 1001, Target = 17;
        float[] logits = [.. Spans.Ordinary(Classes, 5, scale: 9).Select(value => (float)value)], loss = new float[1];
        float[] dlogits = new float[Classes];
        float[] shuffledLoss = new float[1], shuffled = new float[Classes];
        int[] order = [.. Enumerable.Range(0, Classes)];
        new Random(6).Shuffle(order);
        new CrossEntropy().ForwardWithGradient(logits, [Target], loss, dlogits);
        new CrossEntropy().ForwardWithGradient(
            order.Select(i => logits[i]).ToArray(), [Array.IndexOf(order, Target)], shuffledLoss, shuffled);
        Assert.Equal(loss, shuffledLoss);
        Assert.Equal(order.Select(i => dlogits[i]), shuffled);
    }

    [Fact]
    public void Nothing_gives_nothing()
    {
        new CrossEntropy().Forward(ReadOnlySpan<float>.Empty, [], []);
        new CrossEntropy().OnThreads(2).ForwardWithGradient(ReadOnlySpan<double>.Empty, [], [], []);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(0, -1)]
    [InlineData(3, int.MaxValue)]
    [InlineData(1, int.MinValue)]
    public void A_target_that_is_no_class_is_refused_with_its_row_and_value(int row, int value)
    {
        float[] losses = [9, 9, 9, 9], dlogits = [.. Enumerable.Repeat(9f, 12)];
        int[] targets = [0, 1, 2, 0];
        targets[row] = value;
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => new CrossEntropy().ForwardWithGradient(new float[12], targets, losses, dlogits));
        Assert.Equal(("targets", (object)value), (refusal.ParamName, refusal.ActualValue));
        Assert.Contains(
            FormattableString.Invariant($"row {row} is {value}; it must be from 0 to 2"), refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossEntropy().Forward(new float[12], targets, losses));
        Assert.All([.. losses, .. dlogits], element => Assert.Equal(9, element));
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_written()
    {
        double[] memory = [.. Enumerable.Repeat(9.0, 40)], logits = new double[12];
        int[] targets = [0, 1, 2, 0];
        Refused("losses", () => new CrossEntropy().Forward(logits, targets, memory.AsSpan(0, 3)));
        Refused("logits", () => new CrossEntropy().Forward(logits.AsSpan(1), targets, memory.AsSpan(0, 4)));
        Refused("logits", () => new CrossEntropy().Forward(ReadOnlySpan<double>.Empty, targets, memory.AsSpan(0, 4)));
        Refused("logits", () => new CrossEntropy().Forward(logits, [], Span<double>.Empty));
        Refused("losses", () => new CrossEntropy().Forward(memory.AsSpan(0, 12), targets, memory.AsSpan(8, 4)));
        Refused("dlogits", () => new CrossEntropy().ForwardWithGradient(logits, targets, memory.AsSpan(0, 4), memory.AsSpan(4, 11)));
        Refused("dlogits", () => new CrossEntropy().ForwardWithGradient(logits, targets, memory.AsSpan(0, 4), memory.AsSpan(3, 12)));
        Refused(
            "dlogits",
            () => new CrossEntropy().ForwardWithGradient(memory.AsSpan(0, 12), targets, memory.AsSpan(20, 4), memory.AsSpan(1, 12)));
        Assert.Equal(
            "count",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => new CrossEntropy().OnThreads(0).Forward(logits, targets, memory.AsSpan(0, 4))).ParamName);
        Assert.All(memory, element => Assert.Equal(9, element));
    }

    private static int[] Targets(int rows, int classes) => [.. Enumerable.Range(0, rows).Select(row => row * 7 % classes)];

    private static void Refused(string parameter, Action call) => Assert.Equal(parameter, Assert.Throws<ArgumentException>(call).ParamName);

    private static void AssertClose(double[] expected, double[] actual, double relative) =>
        Assert.All(
            expected.Zip(actual),
            pair => Assert.True(
                pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= relative * Math.Abs(pair.First),
                $"{pair.Second:R}, not {pair.First:R}"));

    private static void AssertWithin(double ulps, float actual, double exact)
    {
        double ulp = Math.Max(Math.ScaleB(1, Math.ILogB(exact) - 23), float.Epsilon);
        Assert.True(exact == 0 ? actual == 0 : Math.Abs(actual - exact) <= ulps * ulp, $"{actual:R}, not {exact:R}");
    }
}
