using Nonlinear.Lab.Diagnosis;
using Nonlinear.Training;

namespace Nonlinear.Tests;

public class StreamedHistogramTests
{
    private static readonly double[] Shares = [0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.999];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 5)]
    [InlineData(1e-12, 0)]
    [InlineData(1e-42, 0)]
    [InlineData(1e12, -3e12)]
    [InlineData(1e37, 1e36)]
    public void Quantiles_are_those_of_the_sorted_numbers_to_a_part_in_thirty(double scale, double mean)
    {
        float[] numbers = new float[50_000];
        new RandomStream(3, "histogram").Fill(numbers, 1);
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = (float)((numbers[i] * scale) + mean);
        StreamedHistogram whole = new(), pieces = new();
        whole.Add(numbers);
        for (int i = 0; i < numbers.Length; i += 777)
            pieces.Add(numbers.AsSpan(i, Math.Min(777, numbers.Length - i)));
        float[] sorted = [.. numbers.Order()];
        Assert.Equal((numbers.Length, sorted[0], sorted[^1]), ((int)whole.Count, whole.Least, whole.Greatest));
        foreach (double share in Shares)
        {
            double exact = sorted[(int)(share * (sorted.Length - 1))], found = whole.Quantile(share);
            // Near 0 the numbers themselves are far apart; and below the smallest normal float of a few bits all counts as 0.
            Assert.Equal(exact, found, Math.Max(Math.Abs(exact) / 16, (0.02 * scale) + 1e-39));
            Assert.Equal(found, pieces.Quantile(share));
        }
        Assert.Equal(numbers.Length, whole.Bins.Sum(bin => bin.Count));
        Assert.All(whole.Bins.Zip(whole.Bins.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));
        // A bin holds its end that is nearer to 0; what is too small for the smallest has two, for either sign.
        foreach ((double from, double to, long count) in whole.Bins.Where(bin => bin.From < bin.To))
            Assert.Equal(numbers.Count(number => from < 0 ? number > from && number <= to : number >= from && number < to), count);
    }

    [Fact]
    public void Zeros_and_ends_are_exact_and_what_is_not_finite_is_not_counted()
    {
        StreamedHistogram histogram = new();
        Assert.Null(histogram.ToQuantiles());
        Assert.True(double.IsNaN(histogram.Quantile(0.5)));
        histogram.Add([0, -0f, 0, 0, 0, 0, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -float.MaxValue]);
        Assert.Equal(8, histogram.Count);
        Assert.Equal(
            new Quantiles(-float.MaxValue, -float.MaxValue, 0, 0, 0, float.MaxValue, float.MaxValue),
            histogram.ToQuantiles()! with { Percent1 = -float.MaxValue, Percent99 = float.MaxValue });
        Assert.Contains((0.0, 0.0, 6L), histogram.Bins);
    }

    [Fact]
    public void Columns_of_a_figure_hold_all_that_lies_in_their_stretch()
    {
        StreamedHistogram histogram = new();
        float[] numbers = new float[20_000];
        new RandomStream(4, "columns").Fill(numbers, 1);
        Array.Fill(numbers, 0, 0, 5000);
        histogram.Add(numbers);
        double[] shares = InputFigure.Shares(histogram, -2, 2, 40);
        double Share(double from, double to) => numbers.Count(number => number >= from && number < to) / (double)numbers.Length;
        Assert.Equal(Share(-2, 2), shares.Sum(), 2e-3);
        // Zeros go into the column right of 0, whatever is beside them.
        Assert.Equal(Share(0, 0.1), shares[20], 3e-3);
        Assert.Equal(Share(-0.1, 0), shares[19], 3e-3);
        Assert.Equal(Share(1, 1.5), shares[30..35].Sum(), 3e-3);
    }
}
