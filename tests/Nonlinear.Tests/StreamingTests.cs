using System.Runtime.InteropServices;

namespace Nonlinear.Tests;

/// <summary>Outputs so large that they bypass the caches have the bits of short ones, wherever they begin.</summary>
public class StreamingTests
{
    // More than 16 MiB of floats, and no whole number of vectors.
    private const int Length = (4 << 20) + 1037;

    [Theory]
    [InlineData("relu", 0)]
    [InlineData("relu", 3)]
    [InlineData("leaky_relu", 5)]
    [InlineData("tanh", 1)]
    public void Bits_are_those_of_short_calls(string name, int offset)
    {
        ElementwiseActivation activation = ((ElementwiseActivation)Activation.Parse(name)).Fast;
        float[] x = Numbers(seed: 1), dy = Numbers(seed: 2), whole = new float[Length], parts = new float[Length];
        x[100] = float.NaN;
        x[101] = -0f;
        x[102] = float.NegativeInfinity;

        activation.Forward(x.AsSpan(offset), whole.AsSpan(offset));
        InParts((start, count) => activation.Forward(x.AsSpan(start, count), parts.AsSpan(start, count)), offset);
        AssertSameBits(whole, parts, "forward");

        activation.BackwardFromOutput(x.AsSpan(offset), dy.AsSpan(offset), whole.AsSpan(offset));
        InParts(
            (start, count) => activation.BackwardFromOutput(x.AsSpan(start, count), dy.AsSpan(start, count), parts.AsSpan(start, count)),
            offset);
        AssertSameBits(whole, parts, "backward");

        activation.Forward(x.AsSpan(offset), whole.AsSpan(offset));
        activation.Forward(x.AsSpan(offset), x.AsSpan(offset));
        AssertSameBits(whole.AsSpan(offset), x.AsSpan(offset), "in place");
    }

    [Theory]
    [InlineData("relu", 3)]
    [InlineData("tanh", 1)]
    public void Parts_that_threads_do_have_the_bits_of_the_whole(string name, int offset)
    {
        ElementwiseActivation activation = TestCatalog.Get(name).Fast;
        float[] x = Numbers(seed: 3), one = new float[Length], several = new float[Length];
        activation.Forward(x.AsSpan(offset), one.AsSpan(offset));
        activation.OnThreads(3).Forward(x.AsSpan(offset), several.AsSpan(offset));
        AssertSameBits(one, several, "forward");
        activation.OnThreads(3).Forward(x.AsSpan(offset), x.AsSpan(offset));
        AssertSameBits(one.AsSpan(offset), x.AsSpan(offset), "in place");
    }

    private static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what) =>
        Assert.True(MemoryMarshal.Cast<float, int>(expected).SequenceEqual(MemoryMarshal.Cast<float, int>(actual)), what);

    private static void InParts(Action<int, int> part, int offset)
    {
        const int Part = 10_000;
        for (int start = offset; start < Length; start += Part)
            part(start, Math.Min(Part, Length - start));
    }

    private static float[] Numbers(int seed)
    {
        Random random = new(seed);
        float[] numbers = new float[Length];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = (random.NextSingle() * 8) - 4;
        return numbers;
    }
}
