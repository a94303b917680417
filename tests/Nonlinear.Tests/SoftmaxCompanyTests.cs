using System.Globalization;
using System.Runtime.InteropServices;

namespace Nonlinear.Tests;

/// <summary>Vectors side by side have the bits that each has alone, at every width of the processor's vectors, forward and back.</summary>
public class SoftmaxCompanyTests
{
    // More than are taken at once.
    private const int Rows = 19;

    // Longer ones are dealt out, a vector at a time.
    private static readonly int[] Lengths = [.. Enumerable.Range(1, 70), 97, 128, 131, 150, 257];

    public static TheoryData<string, Tier> Subjects { get; } = new MatrixTheoryData<string, Tier>(
        ["softmax", "log_softmax", "softmin"], [Tier.Exact, Tier.Fast]);

    public static TheoryData<string, Tier, float> SubjectsOfEachScale { get; } = new MatrixTheoryData<string, Tier, float>(
        ["softmax", "log_softmax", "softmin"], [Tier.Exact, Tier.Fast], [1, 30, 1e6f, float.PositiveInfinity]);

    [Theory]
    [MemberData(nameof(SubjectsOfEachScale))]
    public void Company_and_width_change_no_bit(string name, Tier tier, float scale)
    {
        string subject = $"{name} {tier} {scale.ToString(CultureInfo.InvariantCulture)}";
        byte[] alone = OfVectors(subject, 1);
        Assert.True(alone.AsSpan().SequenceEqual(SideBySide(subject)), "side by side");
        foreach (int width in LaneWidths.All)
            Assert.True(alone.AsSpan().SequenceEqual(LaneWidths.Compute(width, SideBySide, subject)), $"width {width}");
    }

    // Longer than a block of a sum, with the largest input in each part of it, near the others and far from them.
    [Theory]
    [MemberData(nameof(Subjects))]
    public void Width_changes_no_bit_of_long_vectors(string name, Tier tier)
    {
        string subject = $"{name} {tier}";
        byte[] usual = OfLongVectors(subject);
        foreach (int width in LaneWidths.All)
            Assert.True(usual.AsSpan().SequenceEqual(LaneWidths.Compute(width, OfLongVectors, subject)), $"width {width}");
    }

    private static byte[] OfLongVectors(string subject)
    {
        AxisActivation function = Function(subject);
        Random random = new(12);
        List<byte> bits = [];
        foreach (int length in (int[])[4096, 4113, 8192, 9001])
        {
            (float Far, int Place)[] outliers = [(20f, 5), (20f, length - 1), (-20f, 4100), (90f, 4097), (-90f, 7), (1e5f, length / 2)];
            foreach ((float far, int place) in outliers)
            {
                float[] x = [.. Enumerable.Range(0, length).Select(_ => (float)random.NextDouble())], y = new float[length];
                float[] dy = [.. Enumerable.Range(0, length).Select(_ => (float)random.NextDouble() - 0.5f)], dx = new float[length];
                x[Math.Min(place, length - 1)] = far;
                function.Forward(x, y);
                function.BackwardFromOutput(y, dy, dx);
                function.Forward(x, x);
                foreach (float[] results in (float[][])[x, y, dx])
                    bits.AddRange(MemoryMarshal.AsBytes<float>(results));
            }
        }
        return [.. bits];
    }

    private static AxisActivation Function(string subject)
    {
        string[] words = subject.Split(' ');
        AxisActivation exact = (AxisActivation)Activation.Parse(words[0]);
        return words[1] == nameof(Tier.Fast) ? exact.Fast : exact;
    }

    private static byte[] SideBySide(string subject) => OfVectors(subject, Rows);

    // In place and not, each length several times, some with an input far from the others.
    private static byte[] OfVectors(string subject, int atOnce)
    {
        AxisActivation function = Function(subject);
        Random random = new(11);
        List<byte> bits = [];
        float scale = float.Parse(subject.Split(' ')[2], CultureInfo.InvariantCulture);
        foreach (int length in Lengths)
        {
            double width = Math.Min(scale, 1e6);
            float[] x = [.. Enumerable.Range(0, Rows * length).Select(_ => (float)((random.NextDouble() - 0.5) * width))];
            if (float.IsInfinity(scale))
                OutOfTheOrdinary(x, length);
            float[] dy = [.. x.Select(_ => (float)random.NextDouble())];
            if (float.IsInfinity(scale))
                OfAllSizes(dy, length);
            float[] dyInPlace = [.. dy];
            float[] y = new float[x.Length], dx = new float[x.Length], dxFromOutput = new float[x.Length];
            for (int row = 0; row < Rows; row += atOnce)
            {
                Range place = (row * length)..((row + atOnce) * length);
                int[] shape = [atOnce, length];
                function.Forward(x.AsSpan(place), y.AsSpan(place), shape, 1);
                function.Backward(x.AsSpan(place), dy.AsSpan(place), dx.AsSpan(place), shape, 1);
                function.BackwardFromOutput(y.AsSpan(place), dy.AsSpan(place), dxFromOutput.AsSpan(place), shape, 1);
                function.BackwardFromOutput(y.AsSpan(place), dyInPlace.AsSpan(place), dyInPlace.AsSpan(place), shape, 1);
                function.Forward(x.AsSpan(place), x.AsSpan(place), shape, 1);
            }
            foreach (float[] results in (float[][])[x, y, dx, dxFromOutput, dyInPlace])
                bits.AddRange(MemoryMarshal.AsBytes<float>(results));
        }
        return [.. bits];
    }

    // Some vectors hold what cannot be computed with as the others are.
    private static void OutOfTheOrdinary(float[] x, int length)
    {
        float[] odd = [float.NegativeInfinity, float.MaxValue, -float.MaxValue, float.PositiveInfinity];
        for (int row = 1; row < Rows; row += 3)
            x[(row * length) + (row % length)] = odd[row / 3 % odd.Length];
        x.AsSpan(4 * length, length).Fill(float.NegativeInfinity);
    }

    // Of some vectors the sums are too small or too large for floats, or none.
    private static void OfAllSizes(float[] dy, int length)
    {
        float[] sizes = [1, 1e-30f, 1e35f, 1, 1e-42f, 0, float.NaN];
        for (int i = 0; i < dy.Length; i++)
            dy[i] *= sizes[i / length % sizes.Length];
    }
}
