using System.Runtime.InteropServices;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Tests;

public sealed class RowOutputTests
{
    // Some fill their lanes; some are next to where loops change: turned or not, some at once or one by one, in pieces.
    private static readonly int[] Lengths =
        [1, 7, 8, 10, 15, 16, 17, 31, 47, 48, 63, 64, 65, 100, 127, 128, 129, 255, 256, 500, 513, 1000, 2049, 4000, 4001, 4097, 9001];

    [Theory]
    [InlineData("softmax", "exact")]
    [InlineData("softmax", "fast")]
    [InlineData("softmin", "exact")]
    [InlineData("softmin", "fast")]
    [InlineData("log_softmax", "exact")]
    [InlineData("log_softmax", "fast")]
    public void Rows_have_the_same_outputs_alone_among_others_in_place_and_at_any_lane_width(string name, string tier)
    {
        string form = $"{name} {tier}";
        byte[] expected = Outputs(form);
        foreach (int width in LaneWidths.All)
            Assert.True(expected.AsSpan().SequenceEqual(LaneWidths.Compute(width, Outputs, form)), $"{form} at width {width}");
    }

    // Its sum comes piece by piece, and the largest input's term is taken out of the piece that holds it.
    [Theory]
    [InlineData(0)]
    [InlineData(3999)]
    [InlineData(4000)]
    [InlineData(8100)]
    [InlineData(9000)]
    public void A_long_row_is_right_wherever_its_largest_input_stands(int place)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        NumberFormat floats = NumberFormat.Named("float");
        foreach (float largest in (ReadOnlySpan<float>)[5.5f, 12, 40, 3e38f])
        {
            // Where all others are equal, their terms all but fill a whole number.
            foreach (double spread in (ReadOnlySpan<double>)[1, 0])
            {
                float[] x = [.. Spans.Ordinary(9001, seed: 3).Select(number => (float)(spread * number))], y = new float[x.Length];
                x[place] = largest;
                VectorSubject subject = new(Activation.LogSoftmax(), Backward: false, floats);
                subject.Activation.Forward(x, y);
                double[] inputs = [.. x.Select(number => (double)number)], results = [.. y.Select(number => (double)number)];
                Outcome outcome = VectorSweep.Look(subject, inputs, results, results, 0);
                Assert.True(outcome.Keeps(subject.Guarantee), $"{largest} at {place}, spread {spread}: {outcome.Worst}");
            }
        }
    }

    private static byte[] Outputs(string form)
    {
        AxisActivation activation = (AxisActivation)Activation.Parse(form.Split(' ')[0]);
        activation = form.EndsWith("fast", StringComparison.Ordinal) ? activation.Fast : activation;
        using MemoryStream bits = new();
        foreach (int length in Lengths)
        {
            int rows = Math.Max(20, 1000 / length);
            float[] x = Inputs(rows, length), y = new float[x.Length], alone = new float[x.Length], inPlace = [.. x];
            for (int start = 0; start < y.Length; start += length)
                activation.Forward(x.AsSpan(start, length), alone.AsSpan(start, length));
            activation.Forward(x, y, [rows, length], 1);
            activation.Forward(inPlace, inPlace, [rows, length], 1);
            Assert.True(AreSame(alone, y), $"{form}, rows of {length}, among others");
            Assert.True(AreSame(alone, inPlace), $"{form}, rows of {length}, in place");
            bits.Write(MemoryMarshal.AsBytes<float>(alone));
        }
        return bits.ToArray();
    }

    // Ordinary rows, and among them such as have inputs that are large, masked, alone at the top, equal, infinite or no numbers.
    private static float[] Inputs(int rows, int length)
    {
        float[] x = [.. Spans.Ordinary(rows * length, seed: length, scale: 6).Select(number => (float)number)];
        for (int row = 0; row < rows; row++)
        {
            Span<float> inputs = x.AsSpan(row * length, length);
            int somewhere = (row * 7919) % length;
            switch (row % 10)
            {
                case 1: inputs[somewhere] = 70; break;
                case 2: inputs[somewhere] = -3e38f; break;
                case 3: inputs[^1] = float.NegativeInfinity; break;
                case 4: inputs[length / 2] = 3e38f; break;
                case 5: inputs.Fill(1e8f); break;
                case 6: inputs[^1] = float.NaN; break;
                case 7: inputs[0] = float.PositiveInfinity; break;
                case 8: inputs.Fill(float.NegativeInfinity); break;
                case 9: inputs[^1] = 30; break;
            }
        }
        return x;
    }

    private static bool AreSame(float[] a, float[] b) => MemoryMarshal.AsBytes<float>(a).SequenceEqual(MemoryMarshal.AsBytes<float>(b));
}
