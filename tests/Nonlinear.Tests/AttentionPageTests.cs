using Nonlinear.Explorer;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>What the explorer's page shows of attention, and what it says of it.</summary>
public class AttentionPageTests
{
    private const int Keys = 5;

    private static readonly double[] Logits = Drawn(Keys * Keys);

    [Theory]
    [InlineData(new float[] { 0.1f, 0.1f }, 0.8, "sink", 0.8)]
    [InlineData(new float[] { 0.25f, 0.25f }, 0.5, "sink", 0.5)]
    [InlineData(new float[] { 0.25f, 0.25f }, 0.499, "uniform", 2)]
    [InlineData(new float[] { 0.75f }, 0.25, "single", 0.75)]
    [InlineData(new float[] { 0.5f, 0.25f, 0.25f, 0 }, 0, "some", 2.828427)]
    [InlineData(new float[] { 1, 0, 0 }, 0, "one", 1)]
    [InlineData(new float[] { 0.996f, 0.004f }, 0, "one", 1.026421)]
    [InlineData(new float[] { 0.99f, 0.01f }, 0, "some", 1.057599)]
    [InlineData(new float[] { 0.25f, 0.25f, 0.25f, 0.25f }, 0, "uniform", 4)]
    public void What_is_said_of_a_query_follows_from_its_shares(float[] shares, double sink, string word, double number)
    {
        (string said, double found) = AttentionVerdict.OfQuery(shares, sink);
        Assert.Equal(word, said);
        Assert.Equal(number, found, 1e-6);
    }

    [Theory]
    [InlineData(new float[] { 0.25f, -0.25f }, true, 1, "passes", 1)]
    [InlineData(new float[] { 0.25f, -0.25f }, true, 10, "passes", 0.1)]
    [InlineData(new float[] { 0.00251f, -0.001f }, true, 1, "passes", 0.01004)]
    [InlineData(new float[] { 0.002f, -0.0024f }, true, 1, "flat", 0.0096)]
    [InlineData(new float[] { 0, 0 }, true, 1, "flat", 0)]
    [InlineData(new float[] { 0, 0 }, false, 1, "masked", 0)]
    public void What_is_said_of_a_share_follows_from_its_slopes(float[] slopes, bool isSeen, double scale, string word, double number)
    {
        (string said, double found) = AttentionVerdict.OfShare(slopes, isSeen, scale);
        Assert.Equal(word, said);
        Assert.Equal(number, found, 1e-6);
    }

    [Theory]
    [InlineData(1, double.PositiveInfinity, false, 0)]
    [InlineData(0.5, 2, true, -1)]
    [InlineData(3, 1.5, true, 2)]
    public void Shares_and_the_sink_s_are_all_there_is(double scale, double softcap, bool isCausal, double sink)
    {
        SmallAttention attention = new(Keys, scale, softcap, isCausal, sink);
        float[] shares = attention.Shares(Logits), sinks = attention.SinkShares(Logits);
        for (int query = 0; query < Keys; query++)
        {
            Assert.Equal(1, shares[(query * Keys)..((query + 1) * Keys)].Sum(share => (double)share) + sinks[query], 1e-6);
            Assert.Equal(isCausal ? query + 1 : Keys, attention.Seen(query));
            Assert.All(shares[((query * Keys) + attention.Seen(query))..((query + 1) * Keys)], share => Assert.Equal(0, share));
        }
    }

    [Fact]
    public void A_sink_s_share_keeps_its_digits_where_it_is_next_to_nothing()
    {
        float[] shares = new SmallAttention(2, 1, double.PositiveInfinity, false, -60).SinkShares([0, 0, 0, 0]);
        Assert.Equal(Math.Exp(-60) / 2, shares[0], Math.Exp(-60) * 1e-6);
        Assert.Equal([0, 0], new SmallAttention(2, 1, double.PositiveInfinity, false, double.NaN).SinkShares([0, 0, 0, 0]));
    }

    // Both sides of a small step, in doubles by the definition.
    [Theory]
    [InlineData(1, double.PositiveInfinity, false, double.NaN)]
    [InlineData(0.5, 2, true, 0)]
    public void Slopes_are_those_of_the_definition(double scale, double softcap, bool isCausal, double sink)
    {
        const int Query = 3, Key = 1;
        const double Step = 1e-5;
        (float[] byLogits, float bySink) = new SmallAttention(Keys, scale, softcap, isCausal, sink).Slopes(Logits, Query, Key);
        for (int i = 0; i < Logits.Length; i++)
        {
            double[] above = [.. Logits], below = [.. Logits];
            above[i] += Step;
            below[i] -= Step;
            Assert.Equal((Share(above, sink) - Share(below, sink)) / (2 * Step), byLogits[i], 1e-6);
        }
        Assert.Equal(double.IsNaN(sink) ? 0 : (Share(Logits, sink + Step) - Share(Logits, sink - Step)) / (2 * Step), bySink, 1e-6);

        double Share(double[] logits, double extra)
        {
            double[] powers =
            [
                .. logits[(Query * Keys)..((Query + 1) * Keys)].Select(logit => scale * logit)
                    .Select(z => Math.Exp(double.IsFinite(softcap) ? softcap * Math.Tanh(z / softcap) : z))
                    .Select((power, key) => isCausal && key > Query ? 0 : power),
            ];
            return powers[Key] / (powers.Sum() + (double.IsNaN(extra) ? 0 : Math.Exp(extra)));
        }
    }

    private static double[] Drawn(int count)
    {
        float[] numbers = new float[count];
        new RandomStream(1, "logits").Fill(numbers, 2);
        return Array.ConvertAll(numbers, number => (double)number);
    }
}
