using System.Runtime.InteropServices;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Tests;

/// <summary>Gated units: exact against MPFR, the same bits everywhere, and no gate in the wrong half by accident.</summary>
public class GatedTests
{
    private const int Pairs = 4096;

    // The last is composed of any function; with others, parameters are not at their defaults.
    public static TheoryData<string> Names { get; } =
    [
        .. Catalog.Defaults.OfType<GatedActivation>().Select(activation => activation.Info.Name),
        "swiglu(beta=2.3)", "swiglu_oai(alpha=1, limit=3, offset=0)", "situ_glu(beta=1, linear_beta=3)", "glu(mish)", "glu(elu(alpha=1.3))",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_and_both_gradients_are_as_exact_as_promised(string name)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        GatedActivation exact = (GatedActivation)Activation.Parse(name);
        foreach (GatedDirection direction in Enum.GetValues<GatedDirection>())
        {
            foreach (NumberFormat format in NumberFormat.All)
                AssertHolds(new(exact, direction, format));
            if (exact.Fast != exact)
                AssertHolds(new(exact.Fast, direction, NumberFormat.Named("float")));
        }
    }

    // A slope of 1e-100 is no float, nor is its product with one; with two it may be.
    [Theory]
    [MemberData(nameof(Names))]
    public void A_slope_that_two_large_factors_bring_back_keeps_its_digits(string name)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        GatedActivation unit = (GatedActivation)Activation.Parse(name);
        foreach (NumberFormat format in (NumberFormat[])[NumberFormat.Named("float"), NumberFormat.Named("bfloat16")])
        {
            foreach (GatedDirection direction in (GatedDirection[])[GatedDirection.ByGate, GatedDirection.ByValue])
            {
                GatedSubject subject = new(unit, direction, format);
                Random random = new(1);
                double[] gate = Drawn(() => -10 - (20 * random.NextDouble())), results = new double[gate.Length];
                double[] value = Drawn(() => 3e38 * (random.NextDouble() - 0.5)), upstream = Drawn(() => 3e38 * random.NextDouble());
                format.ComputeGated(unit, direction, gate, value, upstream, results);
                GatedJudge judge = new(subject);
                Outcome outcome = new();
                for (int i = 0; i < gate.Length; i++)
                    judge.LookAt(i, gate[i], value[i], upstream[i], results[i], outcome);
                Assert.True(outcome.Keeps(subject.Guarantee), $"{subject}: {string.Join("; ", outcome.Broken.Take(3))}");

                double[] Drawn(Func<double> draw) => [.. Enumerable.Range(0, 500).Select(_ => format.Nearest(draw()))];
            }
        }
    }

    // By SplitMix64 and .NET's seeded random numbers, worked out apart: a seed that meant something else in every process showed nothing.
    [Fact]
    public void A_seed_stands_for_the_same_pairs_in_every_process()
    {
        double[] gate = new double[1], value = new double[1], upstream = new double[1];
        GatedPairs.Draw(NumberFormat.Named("float"), seed: 2, block: 0, gate, value, upstream);
        Assert.Equal(-1.3468739f, gate[0]);
        GatedPairs.Draw(NumberFormat.Named("float"), seed: 5, block: 0, gate, value, upstream);
        Assert.Equal(2.2803097f, gate[0]);
    }

    [Fact]
    public void A_wrong_gate_is_found_by_the_judge()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Outcome outcome = new();
        GatedJudge judge = new(new(Activation.Swiglu(), GatedDirection.Forward, NumberFormat.Named("float")));
        judge.LookAt(0, gate: 1, value: 2, upstream: 1, (float)Activation.Swiglu().Forward(1, 2), outcome);
        Assert.Equal(0, outcome.Misrounded);
        judge.LookAt(1, gate: 1, value: 2, upstream: 1, (float)Activation.Swiglu().Forward(2, 1), outcome);
        Assert.Equal(1, outcome.Misrounded);
    }

    [Theory]
    [InlineData("glu")]
    [InlineData("swiglu")]
    [InlineData("geglu")]
    [InlineData("geglu_tanh")]
    [InlineData("geglu_quick")]
    [InlineData("reglu")]
    [InlineData("swiglu_oai")]
    [InlineData("swiglu_step")]
    [InlineData("situ_glu")]
    public void Results_have_the_same_bits_at_any_lane_width_and_alone(string name)
    {
        byte[] expected = Results(name);
        foreach (int width in LaneWidths.All)
            Assert.True(expected.AsSpan().SequenceEqual(LaneWidths.Compute(width, Results, name)), $"{name} at width {width}");
    }

    // σ(-760) is less than every double and so 0, and 0 times an infinite gradient is NaN, however large the value that stands between.
    [Fact]
    public void A_factor_that_vanishes_is_0_before_it_meets_an_infinite_gradient()
    {
        GatedActivation swiglu = Activation.Swiglu();
        Half[] values = [.. Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).Where(Half.IsFinite)];
        Half[] gates = new Half[values.Length], dy = new Half[values.Length];
        Half[] dgate = new Half[values.Length], dvalue = new Half[values.Length];
        gates.AsSpan().Fill((Half)(-760.5));
        dy.AsSpan().Fill(Half.PositiveInfinity);
        swiglu.Backward<Half>(gates, values, dy, dgate, dvalue);
        Assert.All(dgate, gradient => Assert.True(Half.IsNaN(gradient)));
        // Where it has not vanished, the gradient is infinite.
        gates.AsSpan().Fill((Half)(-700));
        swiglu.Backward<Half>(gates, values, dy, dgate, dvalue);
        Assert.All(
            values.Zip(dgate),
            pair => Assert.True(pair.First == Half.Zero ? Half.IsNaN(pair.Second) : Half.IsInfinity(pair.Second)));
    }

    [Fact]
    public void Nothing_is_guessed_about_which_half_is_the_gate()
    {
        double[] x = [1, 2], y = [123];
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => Activation.Swiglu().Forward(x, y));
        Assert.Contains("swiglu(layout=gate_first)", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Activation.Swiglu().Backward(x, y, new double[2]));
        Assert.Throws<InvalidOperationException>(() => Activation.Swiglu().Forward(x, y, [2], 0));
        Assert.Equal(123, y[0]);
    }

    [Theory]
    [InlineData("gate_first", 1.4621171572600098)] // 2 · silu(1)
    [InlineData("gate_last", 1.7615941559557649)] // 1 · silu(2)
    [InlineData("interleaved", 1.4621171572600098)]
    public void A_layout_says_where_the_gate_is(string layout, double expected)
    {
        double[] y = new double[1];
        Activation.Parse($"swiglu(layout={layout})").Forward<double>([1, 2], y);
        Assert.Equal(expected, y[0], 1e-15);
    }

    // σ′(0) is ¼, and the product of value and gradient lies half way between two floats, of which the even one is 1 + 2⁻¹¹.
    [Fact]
    public void A_slope_in_doubt_is_decided_wherever_it_stands()
    {
        const int Length = 300;
        float factor = 1 + MathF.ScaleB(1, -12);
        for (int place = 0; place < Length; place++)
        {
            float[] gate = new float[Length], value = [.. Enumerable.Repeat(2f, Length)], dy = [.. Enumerable.Repeat(1f, Length)];
            (value[place], dy[place]) = (factor, factor);
            float[] dgate = new float[Length], dvalue = new float[Length];
            Activation.Glu().Backward<float>(gate, value, dy, dgate, dvalue);
            for (int i = 0; i < Length; i++)
            {
                Assert.Equal(i == place ? (1 + MathF.ScaleB(1, -11)) / 4 : 0.5f, dgate[i]);
                Assert.Equal(i == place ? factor / 2 : 0.5f, dvalue[i]);
            }
        }
    }

    // Where the swish reaches the limit, floats that compute it might be off by some.
    [Theory]
    [InlineData(0.001)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void In_the_fast_tier_the_slope_of_a_clamped_swish_ends_at_the_same_float(double limit)
    {
        GatedActivation exact = Activation.SwigluStep(limit);
        float[] gate = new float[1 << 17], ones = [.. Enumerable.Repeat((float)limit / 2, gate.Length)];
        float first = (float)limit;
        while (exact.Forward(first, limit / 2) < limit * limit / 2)
            first *= 1.001f;
        first /= 1.001f;
        for (int i = 0; i < gate.Length; i++, first = MathF.BitIncrement(first))
            gate[i] = first;
        float[] dgate = new float[gate.Length], fast = new float[gate.Length], dvalue = new float[gate.Length];
        exact.Backward<float>(gate, ones, ones, dgate, dvalue);
        exact.Fast.Backward<float>(gate, ones, ones, fast, dvalue);
        Assert.Contains(0, dgate);
        Assert.NotEqual(0, dgate[0]);
        for (int i = 0; i < gate.Length; i++)
            Assert.True(dgate[i] == 0 == (fast[i] == 0), $"{gate[i]:R}: {dgate[i]:R}, {fast[i]:R}");
    }

    // More than a stack holds.
    [Fact]
    public void Long_gradients_may_take_the_place_of_their_inputs()
    {
        float[] gate = [.. Spans.Ordinary(3_000_000, 1, scale: 4).Select(x => (float)x)], value = [.. gate.Reverse()], dy = [.. gate];
        float[] dgate = new float[gate.Length], dvalue = new float[gate.Length];
        Activation.Swiglu().Backward<float>(gate, value, dy, dgate, dvalue);
        Activation.Swiglu().Backward<float>(gate, value, dy, gate, value);
        Assert.True(dgate.AsSpan().SequenceEqual(gate) && dvalue.AsSpan().SequenceEqual(value));
    }

    // Short rows are gathered, long ones used where they lie.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(127, 1)]
    [InlineData(128, 1)]
    [InlineData(50, 3)]
    [InlineData(300, 2)]
    public void A_tensor_of_both_has_the_bits_of_gate_and_value_apart(int length, int inner)
    {
        const int Outer = 4;
        int half = Outer * length * inner;
        float[] gate = [.. Spans.Ordinary(half, 1, scale: 4).Select(x => (float)x)], value = [.. gate.Reverse()];
        float[] dy = [.. Spans.Ordinary(half, 2, scale: 1).Select(x => (float)x)];
        float[] expected = new float[half], dgate = new float[half], dvalue = new float[half];
        foreach (GateLayout layout in (GateLayout[])[GateLayout.GateFirst, GateLayout.GateLast, GateLayout.Interleaved])
        {
            GatedActivation unit = Activation.Swiglu().WithLayout(layout);
            unit.Forward<float>(gate, value, expected);
            unit.Backward<float>(gate, value, dy, dgate, dvalue);
            float[] x = Together(gate, value), y = new float[half], dx = new float[2 * half];
            unit.Forward<float>(x, y, [Outer, 2 * length, inner], 1);
            unit.Backward<float>(x, dy, dx, [Outer, 2 * length, inner], 1);
            Assert.Equal(expected, y);
            Assert.Equal(Together(dgate, dvalue), dx);

            float[] Together(float[] gates, float[] values)
            {
                float[] both = new float[2 * half];
                for (int i = 0; i < half; i++)
                {
                    int start = i / (length * inner) * length * 2, at = i / inner % length;
                    (int gateAt, int valueAt) = layout switch
                    {
                        GateLayout.GateFirst => (at, at + length),
                        GateLayout.GateLast => (at + length, at),
                        _ => (2 * at, (2 * at) + 1),
                    };
                    both[((start + gateAt) * inner) + (i % inner)] = gates[i];
                    both[((start + valueAt) * inner) + (i % inner)] = values[i];
                }
                return both;
            }
        }
    }

    [Theory]
    [InlineData("torch.nn.GLU()", "glu(layout=gate_last)")]
    [InlineData("F.glu(x, dim=-1)", "glu(layout=gate_last)")]
    [InlineData("keras:glu", "glu(layout=gate_last)")]
    [InlineData("ggml_swiglu", "swiglu(layout=gate_first)")]
    [InlineData("ggml_geglu", "geglu_tanh(layout=gate_first)")]
    [InlineData("onnx:SwiGLU(alpha=2)", "swiglu(beta=2)")]
    [InlineData("SwiGLU(beta = 2, layout = GateLast)", "swiglu(beta=2, layout=gate_last)")]
    [InlineData("glu(mish)", "glu(mish)")]
    [InlineData("glu(elu(alpha=2), layout=interleaved)", "glu(elu(alpha=2), layout=interleaved)")]
    [InlineData("glu(swish(beta=2)).Fast", "swiglu(beta=2).Fast")]
    [InlineData("glu(identity)", "bilinear")]
    public void Names_say_the_layout_and_the_function_of_the_gate(string text, string expected)
    {
        Activation activation = Activation.Parse(text);
        Assert.Equal(expected, activation.ToString());
        Assert.Equal(activation, Activation.Parse(expected));
    }

    [Theory]
    [InlineData("glu(layout=up)", "gate_first, gate_last, interleaved")]
    [InlineData("glu(layout=gate_first, layout=gate_last)", "twice")]
    [InlineData("glu(softmax)", "no function of one number")]
    [InlineData("glu(foo)", "foo")]
    [InlineData("swiglu(gamma=1)", "gamma")]
    public void A_wrong_name_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Activation.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Units_are_told_apart_by_layout_and_by_the_function_of_the_gate()
    {
        Assert.NotEqual(Activation.Parse("glu(mish)"), Activation.Parse("glu(tanh)"));
        Assert.NotEqual(Activation.Parse("glu(mish)"), Activation.Parse("mish"));
        Assert.NotEqual<Activation>(Activation.Glu(), Activation.Glu().WithLayout(GateLayout.GateFirst));
        Assert.Equal(Activation.Glu(Activation.Silu()), Activation.Swiglu());
        Assert.Same(Activation.Glu(), Activation.Glu().Fast.Exact);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        GatedActivation swiglu = Activation.Swiglu().WithLayout(GateLayout.GateFirst);
        double[] x = new double[12], y = [.. Enumerable.Repeat(123.0, 12)];
        Assert.Equal("shape", Assert.Throws<ArgumentException>(() => swiglu.Forward(x, y.AsSpan(0, 6), [4, 3], 1)).ParamName);
        Assert.Equal("axis", Assert.Throws<ArgumentOutOfRangeException>(() => swiglu.Forward(x, y.AsSpan(0, 6), [4, 3], 2)).ParamName);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => swiglu.Forward(x, y, [12], 0)).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentException>(() => swiglu.Forward(x, x.AsSpan(1), y)).ParamName);
        Assert.Equal("dvalue", Assert.Throws<ArgumentException>(() => swiglu.Backward<double>(x, x, x, y, y)).ParamName);
        double[] one = new double[x.Length], other = new double[x.Length];
        Assert.Equal("dy", Assert.Throws<ArgumentException>(() => swiglu.Backward<double>(x, x, x.AsSpan(1), one, other)).ParamName);
        Assert.Equal("dgate", Assert.Throws<ArgumentException>(() => swiglu.Backward<double>(x, x, x, one.AsSpan(1), other)).ParamName);
        Assert.Equal("dvalue", Assert.Throws<ArgumentException>(() => swiglu.Backward<double>(x, x, x, one, other.AsSpan(1))).ParamName);
        Assert.Equal(
            "valueBias",
            Assert.Throws<ArgumentException>(() => swiglu.ForwardWithBias<double>(x, new double[3], x, new double[4], one)).ParamName);
        Assert.Equal("layout", Assert.Throws<ArgumentOutOfRangeException>(() => swiglu.WithLayout((GateLayout)7)).ParamName);
        Assert.All(y, element => Assert.Equal(123, element));
    }

    private static void AssertHolds(GatedSubject subject)
    {
        Outcome outcome = GatedSweep.Run(subject, Pairs, seed: 3);
        Assert.True(
            outcome.Keeps(subject.Guarantee),
            $"{subject}: promised {subject.Guarantee}; {string.Join("; ", outcome.Broken.Take(3))}");
    }

    // All together, compared with one by one; both tiers, all types.
    private static byte[] Results(string name)
    {
        using MemoryStream bits = new();
        GatedActivation exact = (GatedActivation)Activation.Parse(name);
        foreach (GatedActivation activation in (GatedActivation[])[exact, exact.Fast])
            Spans.ForEachType(new Bits(activation, bits));
        return bits.ToArray();
    }

    private sealed class Bits(GatedActivation activation, Stream bits) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            T[] gate = [.. Spans.Mixed(391, seed: 1).Select(from)], value = [.. Spans.Mixed(391, seed: 2).Select(from)];
            T[] dy = [.. Spans.Ordinary(391, seed: 3).Select(from)];
            T[][] together = [new T[391], new T[391], new T[391]], alone = [new T[391], new T[391], new T[391]];
            Compute(gate, value, dy, together, 0, 391);
            for (int i = 0; i < 391; i++)
                Compute(gate, value, dy, alone, i, 1);
            for (int k = 0; k < alone.Length; k++)
            {
                PublicOperationTests.AssertSame<T>(alone[k], together[k], $"{activation} {k}");
                bits.Write(MemoryMarshal.AsBytes<T>(together[k]));
            }
        }

        private void Compute<T>(T[] gate, T[] value, T[] dy, T[][] results, int start, int count)
            where T : unmanaged
        {
            ReadOnlySpan<T> g = gate.AsSpan(start, count), v = value.AsSpan(start, count);
            activation.Forward(g, v, results[0].AsSpan(start, count));
            activation.Backward(g, v, dy.AsSpan(start, count), results[1].AsSpan(start, count), results[2].AsSpan(start, count));
        }
    }
}
