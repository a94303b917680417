using System.Runtime.InteropServices;

namespace Nonlinear.Tests;

/// <summary>
/// A parameter for each channel: a channel has the bits that it has by itself, whatever the parameters of the others are.
/// </summary>
public class ChannelTests
{
    private const int Rows = 3, Inner = 37;

    public static TheoryData<string, Tier> Subjects { get; } = new(
        from activation in TestCatalog.Elementwise
        where activation.Info.Parameters.Count == 1
        from tier in (Tier[])[Tier.Exact, Tier.Fast]
        select (activation.Info.Name, tier));

    [Theory]
    [MemberData(nameof(Subjects))]
    public void A_channel_has_the_bits_that_it_has_by_itself(string name, Tier tier)
    {
        ElementwiseActivation activation = TestCatalog.Get(name).In(tier);
        new SameBits(activation).Run(x => (float)x, x => (double)x);
        new SameBits(activation).Run(x => x, x => x);
    }

    private static bool IsAllowed(ActivationInfo info, double value)
    {
        try
        {
            info.Parameters[0].Check(value);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private sealed class SameBits(ElementwiseActivation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            double[] candidates = [0.3, 0, 1, 2.5, -0.7, 1.5, 20];
            T[] parameters = [.. candidates.Where(value => IsAllowed(activation.Info, value)).Select(from)];
            int channels = parameters.Length;
            T[] x = [.. Spans.Mixed(Rows * channels * Inner, 1).Select(from)], dy = [.. Spans.Ordinary(x.Length, 2).Select(from)];
            T[] y = new T[x.Length], dx = new T[x.Length];
            double[] sums = new double[channels];
            activation.ForwardPerChannel<T>(x, [Rows, channels, Inner], parameters, y);
            activation.BackwardPerChannel<T>(x, [Rows, channels, Inner], parameters, dy, dx, sums);
            for (int channel = 0; channel < channels; channel++)
            {
                T[] inputs = Of(x, channel, channels), alone = new T[inputs.Length], gradient = new T[inputs.Length];
                T[] parameter = [parameters[channel]];
                double[] sum = new double[1];
                activation.ForwardPerChannel<T>(inputs, [Rows, 1, Inner], parameter, alone);
                activation.BackwardPerChannel<T>(inputs, [Rows, 1, Inner], parameter, Of(dy, channel, channels), gradient, sum);
                string what = $"{activation} with {parameters[channel]}";
                AssertSame<T>(alone, Of(y, channel, channels), what);
                AssertSame<T>(gradient, Of(dx, channel, channels), what + " backward");
                Assert.Equal(sum[0], sums[channel]);
            }
        }

        private static T[] Of<T>(T[] all, int channel, int channels) =>
            [.. Enumerable.Range(0, Rows).SelectMany(row => all.AsSpan(((row * channels) + channel) * Inner, Inner).ToArray())];

        private static void AssertSame<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
            where T : unmanaged => Assert.True(
                MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)), $"{what} on {typeof(T).Name}");
    }
}
