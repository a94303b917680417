using System.Runtime.InteropServices;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

public class AttentionSoftmaxTests
{
    private const double Inf = double.PositiveInfinity;
    private static readonly AttentionShape Shape = new(2, 3, 5, 11);

    public static TheoryData<string> Forms => [.. Settings.Keys];

    // Each is tried with every kind of mask, with and without sinks.
    private static readonly Dictionary<string, AttentionSoftmax> Settings = new()
    {
        ["plain"] = new(),
        ["scale"] = new() { Scale = 1 / Math.Sqrt(80) },
        ["cap"] = new() { Scale = 0.7, Softcap = 5 },
        ["causal"] = new() { Scale = 0.25, CausalOffset = 6 },
        ["causal, some without keys"] = new() { CausalOffset = -2 },
        ["window"] = new() { Scale = -1.5, CausalOffset = 6, Window = 3 },
        ["logarithms"] = new() { Scale = 1.3, IsLogarithmic = true },
        ["logarithms, cap, causal"] = new() { Softcap = 30, CausalOffset = 0, IsLogarithmic = true },
        ["scores at 1e8"] = new() { Scale = 3e7 },
        ["fast"] = new AttentionSoftmax { Scale = 1 / Math.Sqrt(80) }.Fast,
        ["fast, cap, causal"] = new AttentionSoftmax { Scale = 0.7, Softcap = 5, CausalOffset = 6 }.Fast,
        ["fast, window, up to 100"] = new AttentionSoftmax { Scale = -12.3, CausalOffset = 6, Window = 3 }.Fast,
        ["fast, some without keys"] = new AttentionSoftmax { CausalOffset = -2 }.Fast,
        ["fast, logarithms"] = new AttentionSoftmax { Scale = 1.3, IsLogarithmic = true }.Fast,
        ["fast, scores at 1e8"] = new AttentionSoftmax { Scale = 3e7 }.Fast,
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Results_and_gradients_are_those_of_MPFR(string form)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        foreach (string mask in (string[])["none", "added", "kept", "left out"])
        {
            foreach (bool hasSinks in (bool[])[false, true])
                Spans.ForEachType(new AgainstMpfr(Settings[form], mask, hasSinks, $"{form}, mask {mask}, sinks {hasSinks}"));
        }
    }

    private sealed record AgainstMpfr(AttentionSoftmax Softmax, string Mask, bool HasSinks, string Name) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            NumberFormat format = Spans.FormatOf<T>();
            bool isDouble = typeof(T) == typeof(double);
            Sample<T> sample = new(Softmax, Mask, HasSinks, from, to);
            // What was there before is of no account, least of all where masked keys get nothing.
            T[] Used(int length) => [.. Enumerable.Repeat(from(7), length)];
            T[] y = Used(sample.Scores.Length), dx = Used(y.Length), fromOutput = Used(y.Length), dsinks = Used(Shape.Heads);
            Softmax.Forward(sample.Scores, y, Shape, sample.MaskOf(), sample.Sinks);
            Softmax.Backward(sample.Scores, sample.Upstream, dx, Shape, sample.MaskOf(), sample.Sinks, HasSinks ? dsinks : []);
            if (double.IsInfinity(Softmax.Softcap))
                Softmax.BackwardFromOutput(y, sample.Upstream, fromOutput, Shape);
            double[] sinkSums = new double[Shape.Heads], sinkMagnitudes = new double[Shape.Heads];
            for (int row = 0; row < Shape.Batch * Shape.Heads * Shape.Queries; row++)
            {
                BigFloat.Reset();
                BigFloat[] z = [.. Enumerable.Range(0, Shape.Keys).Select(key => sample.Score(row, key))];
                int head = row / Shape.Queries % Shape.Heads;
                BigFloat sum = HasSinks ? BigFloat.Exp(to(sample.Sinks[head])) : 0, dot = 0, magnitude = 0;
                foreach (BigFloat score in z)
                    sum += BigFloat.Exp(score);
                bool isEmpty = BigFloat.IsZero(sum);
                for (int key = 0; key < z.Length; key++)
                {
                    if (isEmpty || double.IsNegativeInfinity(z[key].ToDouble()))
                        continue;
                    BigFloat p = Softmax.IsLogarithmic ? 1 : BigFloat.Exp(z[key]) / sum;
                    BigFloat term = p * to(sample.Upstream[(row * z.Length) + key]);
                    dot += term;
                    magnitude += term.Sign < 0 ? -term : term;
                }
                for (int key = 0; key < z.Length; key++)
                {
                    int index = (row * z.Length) + key;
                    bool takesPart = !isEmpty && !double.IsNegativeInfinity(z[key].ToDouble());
                    if (!takesPart)
                    {
                        Assert.Equal(Softmax.IsLogarithmic ? -Inf : 0, to(y[index]));
                        Assert.Equal(0, to(dx[index]));
                        continue;
                    }
                    BigFloat p = BigFloat.Exp(z[key]) / sum, result = Softmax.IsLogarithmic ? z[key] - BigFloat.Log(sum) : p;
                    double error = result.ErrorInUlps(to(y[index]), format);
                    bool isFast = typeof(T) == typeof(float) && Softmax is { Tier: Tier.Fast, IsLogarithmic: false };
                    double bound = isDouble ? 2 : isFast ? 3.5 : 0.501;
                    Assert.True(error <= bound, $"{Name}, {format.Name}: {error} ulp, row {row}, key {key}: {y[index]}");

                    BigFloat slope = sample.Slope(index), upstream = to(sample.Upstream[index]);
                    BigFloat gradient = (Softmax.IsLogarithmic ? upstream - (p * dot) : p * (upstream - dot)) * slope;
                    BigFloat size = Abs(upstream);
                    BigFloat terms = (Softmax.IsLogarithmic ? size + (p * magnitude) : p * (size + magnitude)) * Abs(slope);
                    AssertNear(gradient, terms, to(dx[index]), format, isDouble, $"{Name}, {format.Name}, row {row}, key {key}");
                    if (isDouble && double.IsInfinity(Softmax.Softcap) && !Softmax.IsLogarithmic)
                    {
                        double scale = terms.ToDouble() + 1e-300;
                        Assert.True(Math.Abs(to(fromOutput[index]) - gradient.ToDouble()) <= 1e-13 * scale, $"{Name}: from outputs");
                    }
                }
                if (HasSinks && !isEmpty)
                {
                    BigFloat sink = BigFloat.Exp(to(sample.Sinks[head])) / sum;
                    sinkSums[head] += -(sink * dot).ToDouble();
                    sinkMagnitudes[head] += (sink * magnitude).ToDouble();
                }
            }
            for (int head = 0; HasSinks && head < Shape.Heads; head++)
                AssertNear(sinkSums[head], sinkMagnitudes[head], to(dsinks[head]), format, isDouble, $"{Name}, {format.Name}, sink {head}");
        }

        private static void AssertNear(BigFloat exact, BigFloat terms, double actual, NumberFormat format, bool isDouble, string what)
        {
            double ulps = exact.ErrorInUlps(actual, format), off = Abs(exact - actual).ToDouble();
            double allowed = terms.ToDouble() * Math.ScaleB(1, isDouble ? -50 : -46);
            Assert.True(ulps <= (isDouble ? 2 : 0.501) || off <= allowed, $"{what}: {ulps} ulp, {actual} for {exact.ToDouble()}");
        }

        private static BigFloat Abs(BigFloat x) => x.Sign < 0 ? -x : x;
    }

    /// <summary>Inputs of every kind, and what softmax is to be taken of, by the definition.</summary>
    private sealed class Sample<T>
        where T : unmanaged
    {
        private readonly AttentionSoftmax _softmax;
        private readonly Func<T, double> _to;
        private readonly string _kind;
        private readonly AttentionShape _maskShape;
        private readonly T[] _added = [];
        private readonly bool[] _marks = [];

        public Sample(AttentionSoftmax softmax, string mask, bool hasSinks, Func<double, T> from, Func<T, double> to)
        {
            (_softmax, _to, _kind) = (softmax, to, mask);
            Random random = new(mask.Length);
            int length = Shape.Batch * Shape.Heads * Shape.Queries * Shape.Keys;
            Scores = [.. Enumerable.Range(0, length).Select(_ => from((random.NextDouble() * 16) - 8))];
            Upstream = [.. Enumerable.Range(0, length).Select(_ => from((random.NextDouble() * 2) - 1))];
            Sinks = hasSinks ? [.. Enumerable.Range(0, Shape.Heads).Select(head => from(head * 2.5))] : [];
            if (mask == "added")
            {
                // One for each query and key, of all heads alike; the first query has none.
                _maskShape = new(1, 1, Shape.Queries, Shape.Keys);
                _added = [.. Enumerable.Range(0, Shape.Queries * Shape.Keys)
                    .Select(i => from(i < Shape.Keys || random.Next(4) == 0 ? -Inf : (random.NextDouble() * 4) - 2))];
            }
            else if (mask != "none")
            {
                // Padding at the end of each member of the batch.
                _maskShape = new(Shape.Batch, 1, 1, Shape.Keys);
                _marks = [.. Enumerable.Range(0, Shape.Batch * Shape.Keys)
                    .Select(i => i % Shape.Keys < Shape.Keys - (3 * (i / Shape.Keys)) == (mask == "kept"))];
            }
            // What is masked is of no account.
            for (int i = 0; i < length; i++)
            {
                if (IsMasked(i / Shape.Keys, i % Shape.Keys))
                    (Scores[i], Upstream[i]) = (from(i % 2 == 0 ? double.NaN : Inf), from(double.NaN));
            }
        }

        public T[] Scores { get; }

        public T[] Upstream { get; }

        public T[] Sinks { get; }

        public AttentionMask<T> MaskOf() => _kind switch
        {
            "added" => AttentionMask.Added<T>(_added, _maskShape),
            "kept" => AttentionMask.Keeping<T>(_marks, _maskShape),
            "left out" => AttentionMask.LeavingOut<T>(_marks, _maskShape),
            _ => default,
        };

        public BigFloat Score(int row, int key)
        {
            if (IsMasked(row, key))
                return -Inf;
            BigFloat scaled = (BigFloat)_softmax.Scale * _to(Scores[(row * Shape.Keys) + key]);
            if (double.IsFinite(_softmax.Softcap))
                scaled = _softmax.Softcap * BigFloat.Tanh(scaled / _softmax.Softcap);
            return _kind == "added" ? scaled + _to(_added[(row % Shape.Queries * Shape.Keys) + key]) : scaled;
        }

        public BigFloat Slope(int index)
        {
            BigFloat scale = _softmax.Scale;
            if (double.IsInfinity(_softmax.Softcap))
                return scale;
            BigFloat tanh = BigFloat.Tanh(scale * _to(Scores[index]) / _softmax.Softcap);
            return scale * (1 - (tanh * tanh));
        }

        private bool IsMasked(int row, int key)
        {
            int query = row % Shape.Queries, member = row / (Shape.Queries * Shape.Heads);
            bool isSeen = _softmax.CausalOffset is not { } offset
                || (key <= query + offset && (_softmax.Window is not { } window || key > query + offset - window));
            return !isSeen || _kind switch
            {
                "added" => double.IsNegativeInfinity(_to(_added[(query * Shape.Keys) + key])),
                "kept" => !_marks[(member * Shape.Keys) + key],
                "left out" => _marks[(member * Shape.Keys) + key],
                _ => false,
            };
        }
    }

    [Fact]
    public void Without_anything_it_is_softmax_bit_for_bit()
    {
        float[] scores = [.. Spans.Ordinary(330, 1, scale: 9).Select(value => (float)value)], y = new float[330], expected = new float[330];
        foreach (bool isLogarithmic in (bool[])[false, true])
        {
            new AttentionSoftmax { IsLogarithmic = isLogarithmic }.Forward(scores, y, Shape);
            (isLogarithmic ? Activation.LogSoftmax() : Activation.Softmax()).Forward(scores, expected, [30, 11], 1);
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void Large_and_dominant_scores_stay_exact()
    {
        float[] y = new float[4];
        AttentionShape row = new(1, 1, 1, 4);
        new AttentionSoftmax { Scale = 1 / 3.0 }.Forward([1e8f, 1e8f, 1e8f, 1e8f], y, row);
        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f], y);
        new AttentionSoftmax().Forward([1e8f, 0, 0, -1e8f], y, row, AttentionMask.Added<float>([-1e8f, 1, 0, 1e8f], row));
        Assert.Equal(Softmax([0, 1, 0, 0]), y);
        new AttentionSoftmax().Forward([200f, 0, 0, 0], y, row);
        Assert.Equal([1f, 0, 0, 0], y);

        // Half's lowest number in the place of -∞ takes a key out as long as another is left, and shifts all alike if none is.
        Half lowest = Half.MinValue;
        Half[] halves = new Half[4], scores = [(Half)1, (Half)2, (Half)3, (Half)4];
        new AttentionSoftmax().Forward(scores, halves, row, AttentionMask.Added<Half>([(Half)0, (Half)0, lowest, lowest], row));
        Assert.Equal([.. Softmax([1, 2]).Select(p => (Half)p), (Half)0, (Half)0], halves);
        new AttentionSoftmax().Forward(scores, halves, row, AttentionMask.Added<Half>([lowest, lowest, lowest, lowest], row));
        Assert.Equal(Softmax([1, 2, 3, 4]).Select(p => (Half)p), halves);
    }

    private static float[] Softmax(double[] x)
    {
        double[] y = new double[x.Length];
        Activation.Softmax().Forward(x, y);
        return [.. y.Select(p => (float)p)];
    }

    [Fact]
    public void A_sink_of_0_is_softmax_off_by_one_and_leaves_a_query_without_keys_nothing()
    {
        double[] y = new double[3];
        new AttentionSoftmax().Forward([1.0, 2, 3], y, new(1, 1, 1, 3), sinks: [0.0]);
        double sum = 1 + Math.Exp(1) + Math.Exp(2) + Math.Exp(3);
        Assert.Equal(Math.Exp(2) / sum, y[1], 1e-15);
        new AttentionSoftmax().Forward([1.0, 2, 3], y, new(1, 1, 1, 3), AttentionMask.Keeping<double>([false], new(1, 1, 1, 1)), [0.0]);
        Assert.Equal([0, 0, 0], y);
    }

    [Fact]
    public void NaN_and_infinity_spoil_their_query_alone()
    {
        float[] y = new float[9];
        new AttentionSoftmax { Scale = 2 }.Forward(
            [float.NaN, 1, 2, 1, float.PositiveInfinity, 2, 1, 2, float.NegativeInfinity],
            y,
            new(1, 1, 3, 3),
            AttentionMask.Keeping<float>([true, true, false], new(1, 1, 1, 3)));
        Assert.True(float.IsNaN(y[0]) && float.IsNaN(y[1]) && float.IsNaN(y[3]) && float.IsNaN(y[4]));
        Assert.Equal([0f, 0f, 0f], [y[2], y[5], y[8]]);
        Assert.Equal(1, y[6] + y[7], 1e-6f);
    }

    [Theory]
    [InlineData("scale")]
    [InlineData("cap")]
    [InlineData("window")]
    [InlineData("logarithms, cap, causal")]
    [InlineData("scores at 1e8")]
    [InlineData("fast")]
    [InlineData("fast, cap, causal")]
    [InlineData("fast, window, up to 100")]
    public void Threads_widths_place_and_company_change_no_bit(string form)
    {
        byte[] expected = RowsAlone(form);
        foreach (int width in LaneWidths.All)
            Assert.True(expected.AsSpan().SequenceEqual(LaneWidths.Compute(width, InPlaceOnThreads, form)), $"width {width}");
    }

    private static readonly AttentionShape Long = new(2, 4, 40, 67);

    private static byte[] RowsAlone(string form)
    {
        (float[] scores, float[] upstream, float[] added, float[] sinks) = LongSample();
        float[] y = new float[scores.Length], dx = new float[scores.Length], fromOutput = new float[scores.Length];
        for (int row = 0; row < Long.Batch * Long.Heads * Long.Queries; row++)
        {
            int query = row % Long.Queries, head = row / Long.Queries % Long.Heads;
            AttentionSoftmax all = Settings[form];
            AttentionSoftmax one = new()
            {
                Scale = all.Scale,
                Softcap = all.Softcap,
                CausalOffset = all.CausalOffset + query,
                Window = all.Window,
                IsLogarithmic = all.IsLogarithmic,
            };
            one = one.In(all.Tier);
            Range place = (row * Long.Keys)..((row + 1) * Long.Keys);
            AttentionShape alone = new(1, 1, 1, Long.Keys);
            AttentionMask<float> mask = AttentionMask.Added(added.AsSpan(query * Long.Keys, Long.Keys), alone);
            one.Forward(scores.AsSpan(place), y.AsSpan(place), alone, mask, sinks.AsSpan(head, 1));
            one.Backward(scores.AsSpan(place), upstream.AsSpan(place), dx.AsSpan(place), alone, mask, sinks.AsSpan(head, 1));
            if (!double.IsFinite(all.Softcap))
                one.BackwardFromOutput<float>(y.AsSpan(place), upstream.AsSpan(place), fromOutput.AsSpan(place), alone);
        }
        return Bytes(y, dx, fromOutput);
    }

    private static byte[] InPlaceOnThreads(string form)
    {
        (float[] scores, float[] upstream, float[] added, float[] sinks) = LongSample();
        float[] y = [.. scores], dsinks = new float[sinks.Length];
        AttentionSoftmax softmax = Settings[form].OnThreads(3);
        AttentionMask<float> mask = AttentionMask.Added(added.AsSpan(), new(1, 1, Long.Queries, Long.Keys));
        softmax.Forward(y, y, Long, mask, sinks);
        softmax.Backward(scores, upstream, upstream, Long, mask, sinks, dsinks);
        float[] fromOutput = double.IsFinite(softmax.Softcap) ? new float[y.Length] : LongSample().Upstream;
        if (!double.IsFinite(softmax.Softcap))
            softmax.BackwardFromOutput<float>(y, fromOutput, fromOutput, Long);
        float[] again = new float[sinks.Length], gradient = new float[y.Length];
        Settings[form].Backward(scores, LongSample().Upstream, gradient, Long, mask, sinks, again);
        Assert.Equal(again, dsinks);
        return Bytes(y, upstream, fromOutput);
    }

    private static byte[] Bytes(params float[][] arrays) => MemoryMarshal.AsBytes<float>([.. arrays.SelectMany(array => array)]).ToArray();

    private static (float[] Scores, float[] Upstream, float[] Added, float[] Sinks) LongSample()
    {
        int length = Long.Batch * Long.Heads * Long.Queries * Long.Keys;
        return (
            [.. Spans.Ordinary(length, 1, scale: 8).Select(value => (float)value)],
            [.. Spans.Ordinary(length, 2, scale: 1).Select(value => (float)value)],
            [.. Spans.Ordinary(Long.Queries * Long.Keys, 3, scale: 3).Select(value => value < -2 ? float.NegativeInfinity : (float)value)],
            [1, -2, 3, 0.5f]);
    }

    // Beside doubles, which are right to 2 of their ulps.
    [Theory]
    [InlineData(8, 1, double.PositiveInfinity)]
    [InlineData(60, 0.1118033988749895, double.PositiveInfinity)]
    [InlineData(900, -0.3, double.PositiveInfinity)]
    [InlineData(60, 1.7, 50)]
    public void The_fast_tier_keeps_its_bounds(double spread, double scale, double cap)
    {
        AttentionSoftmax softmax = new() { Scale = scale, Softcap = cap };
        foreach (int keys in (int[])[1, 2, 5, 15, 16, 17, 64, 100, 128, 1000, 5000, 9000])
        {
            AttentionShape shape = new(1, 2, keys > 1000 ? 1 : 20, keys), maskShape = shape with { Heads = 1 };
            float[] scores = Floats(2 * shape.Queries * keys, 1, spread), added = Floats(shape.Queries * keys, 2, 2);
            float[] dy = Floats(scores.Length, 3, 1), sinks = [3, -40], y = new float[scores.Length], dx = new float[scores.Length];
            for (int i = 0; i < added.Length; i += 7)
                added[i] = float.NegativeInfinity;
            double[] exact = new double[y.Length], gradient = new double[y.Length], magnitudes = new double[y.Length];
            softmax.Fast.Forward(scores, y, shape, AttentionMask.Added<float>(added, maskShape), sinks);
            softmax.Forward(Doubles(scores), exact, shape, AttentionMask.Added<double>(Doubles(added), maskShape), Doubles(sinks));
            for (int i = 0; i < y.Length; i++)
            {
                Assert.True(Math.Abs(y[i] - exact[i]) <= 3.5 * Ulp(exact[i]), $"{keys} keys, {i}: {y[i]:R} for {exact[i]:R}");
            }
            if (double.IsFinite(cap))
                continue;
            softmax.Fast.BackwardFromOutput<float>(y, dy, dx, shape);
            softmax.BackwardFromOutput<double>(Doubles(y), Doubles(dy), gradient, shape);
            for (int row = 0; row < y.Length; row += keys)
            {
                double sum = Enumerable.Range(row, keys).Sum(i => (double)y[i] * Math.Abs(dy[i]));
                for (int i = row; i < row + keys; i++)
                {
                    double allowed = Math.ScaleB(Math.Abs(scale) * y[i] * (Math.Abs(dy[i]) + sum), -20) + float.Epsilon;
                    Assert.True(Math.Abs(dx[i] - gradient[i]) <= allowed, $"gradient, {keys} keys, {i}: {dx[i]:R} for {gradient[i]:R}");
                }
            }
        }
    }

    [Fact]
    public void The_fast_tier_gives_what_the_exact_one_does_of_what_is_no_number_or_far_away()
    {
        float inf = float.PositiveInfinity, nan = float.NaN;
        float[][] rows =
        [
            [1, 2, -inf], [-inf, -inf, -inf], [inf, 1, 2], [nan, 1, 2], [1, 2, nan], [64, -64, 0], [65, -65, 0], [100, -5, 0],
            [-1000, -1001, -1100], [1e8f, 1, 1e8f], [-1e8f, 0, 1e8f], [3e38f, 3e38f, 0], [-3e38f, 3e38f, 0], [1e-45f, -1e-45f, 0],
            [60000, 59990, 59000],
        ];
        AttentionShape shape = new(1, 1, rows.Length, 3);
        float[] scores = [.. rows.SelectMany(row => row)], dy = [.. scores.Select((x, i) => i % 5 == 0 ? x : i - 20)];
        float[] fast = new float[scores.Length], exact = new float[scores.Length];
        foreach (double scale in (double[])[1, -0.37, 3, 1e-25, 0])
        {
            foreach (double cap in (double[])[double.PositiveInfinity, 30])
            {
                foreach (float[] sink in (float[][])[[], [0], [-inf], [inf], [nan], [300], [-300]])
                {
                    foreach (bool[] marks in (bool[][])[[true, true, true], [true, false, true], [false, false, false]])
                    {
                        AttentionSoftmax softmax = new() { Scale = scale, Softcap = cap };
                        AttentionMask<float> mask = AttentionMask.Keeping<float>(marks, new(1, 1, 1, 3));
                        softmax.Forward(scores, exact, shape, mask, sink);
                        softmax.Fast.Forward(scores, fast, shape, mask, sink);
                        string what = $"scale {scale}, cap {cap}, sink {string.Join(' ', sink)}, {string.Join(' ', marks)}";
                        AssertAlike(exact, fast, i => 3.5 * Ulp(exact[i]), what);
                        if (double.IsFinite(cap))
                            continue;
                        float[] outputs = [.. exact];
                        softmax.BackwardFromOutput<float>(outputs, dy, exact, shape);
                        softmax.Fast.BackwardFromOutput<float>(outputs, dy, fast, shape);
                        AssertAlike(exact, fast, Allowed, $"gradient, {what}");

                        double Term(int i) => outputs[i] == 0 ? 0 : outputs[i] * Math.Abs((double)dy[i]);

                        double Allowed(int i)
                        {
                            double sum = Enumerable.Range(i / 3 * 3, 3).Sum(Term);
                            return Math.ScaleB(Math.Abs(scale) * (Term(i) + (outputs[i] * sum)), -20) + float.Epsilon;
                        }
                    }
                }
            }
        }
    }

    private static void AssertAlike(float[] exact, float[] actual, Func<int, double> allowed, string what)
    {
        for (int i = 0; i < exact.Length; i++)
        {
            bool isAlike = float.IsFinite(exact[i])
                ? Math.Abs((double)exact[i] - actual[i]) <= allowed(i)
                : exact[i].Equals(actual[i]);
            Assert.True(isAlike, $"{what}, {i}: {actual[i]:R} for {exact[i]:R}");
        }
    }

    private static double Ulp(double x)
    {
        float size = Math.Abs((float)x);
        return Math.Max(MathF.BitIncrement(size) - size, float.Epsilon);
    }

    [Fact]
    public void Tiers_share_their_settings()
    {
        AttentionSoftmax softmax = new AttentionSoftmax { Scale = 0.5, Softcap = 7, CausalOffset = 1, Window = 2 }.OnThreads(2);
        Assert.Same(softmax, softmax.Exact);
        AttentionSoftmax fast = softmax.Fast;
        Assert.Equal(
            (Tier.Fast, 0.5, 7, 1, 2, 2), (fast.Tier, fast.Scale, fast.Softcap, fast.CausalOffset, fast.Window, fast.Threads));
        Assert.Equal((Tier.Exact, 2), (fast.Exact.Tier, fast.Exact.Threads));
        Assert.Throws<ArgumentOutOfRangeException>(() => softmax.In((Tier)2));
    }

    private static float[] Floats(int length, int seed, double scale) =>
        [.. Spans.Ordinary(length, seed, scale).Select(value => (float)value)];

    private static double[] Doubles(float[] x) => [.. x.Select(value => (double)value)];

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_written()
    {
        float[] memory = [.. Enumerable.Repeat(9f, 40)], scores = new float[12];
        AttentionShape shape = new(1, 2, 2, 3);
        AttentionSoftmax softmax = new();
        Refused("shape", () => softmax.Forward(scores, memory.AsSpan(0, 12), new(1, 2, 2, 4)));
        Refused("shape", () => softmax.Forward(scores, memory.AsSpan(0, 12), new(-1, -2, 2, 3)));
        Refused("probabilities", () => softmax.Forward(scores, memory.AsSpan(0, 11), shape));
        Refused("probabilities", () => softmax.Forward(memory.AsSpan(0, 12), memory.AsSpan(1, 12), shape));
        Refused("sinks", () => softmax.Forward(scores, memory.AsSpan(0, 12), shape, sinks: [1f]));
        Refused("mask", () => softmax.Forward(scores, memory.AsSpan(0, 12), shape, AttentionMask.Added<float>([1, 2], new(1, 1, 1, 2))));
        Refused("mask", () => softmax.Forward(scores, memory.AsSpan(0, 12), shape, AttentionMask.Added<float>([1, 2], new(1, 1, 1, 3))));
        Refused("dscores", () => softmax.Backward(scores, memory.AsSpan(1, 12), memory.AsSpan(0, 12), shape));
        Refused("dprobabilities", () => softmax.Backward(scores, memory.AsSpan(0, 11), memory.AsSpan(20, 12), shape));
        Refused("dsinks", () => softmax.Backward(scores, scores, memory.AsSpan(0, 12), shape, default, [1, 2], memory.AsSpan(20, 1)));
        Assert.Throws<InvalidOperationException>(() => new AttentionSoftmax { Window = 2 }.Forward(scores, memory.AsSpan(0, 12), shape));
        Assert.Throws<InvalidOperationException>(
            () => new AttentionSoftmax { Softcap = 2 }.BackwardFromOutput(scores, scores, memory.AsSpan(0, 12), shape));
        Assert.Throws<NotSupportedException>(() => softmax.Forward(new int[12], new int[12], shape));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AttentionSoftmax { Scale = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AttentionSoftmax { Softcap = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AttentionSoftmax { Window = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => softmax.OnThreads(0));
        Assert.All(memory, element => Assert.Equal(9, element));
        softmax.Forward(ReadOnlySpan<float>.Empty, [], new(1, 2, 2, 0));
        softmax.OnThreads(2).Backward(ReadOnlySpan<float>.Empty, [], [], new(0, 2, 2, 3), default, [1, 2], memory.AsSpan(0, 2));
        Assert.Equal([0f, 0f], memory[..2]);
    }

    private static void Refused(string parameter, Action call) => Assert.Equal(parameter, Assert.Throws<ArgumentException>(call).ParamName);
}
