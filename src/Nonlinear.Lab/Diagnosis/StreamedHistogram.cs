namespace Nonlinear.Lab.Diagnosis;

/// <summary>
/// Counts numbers in bins that are fixed beforehand, 16 in each octave on either side of 0, so that a distribution of any size is told in
/// bounded memory, and in whatever pieces it comes.
/// </summary>
internal sealed class StreamedHistogram
{
    // A bin is known by the sign, the exponent and the first four bits of the mantissa: they order floats as their sizes do.
    private const int MantissaShift = 23 - BitsInOctave, BitsInOctave = 4, BinsInOctave = 1 << BitsInOctave, Octaves = 256;
    private const int Zero = Octaves * BinsInOctave;

    // From the largest negative numbers up. Few octaves occur, and only those have counts.
    private readonly long[]?[] _octaves = new long[]?[2 * Octaves];

    /// <summary>How many numbers were counted; NaN and infinity are not.</summary>
    public long Count { get; private set; }

    /// <summary>The smallest number; infinity if there is none.</summary>
    public float Least { get; private set; } = float.PositiveInfinity;

    /// <summary>The largest number; minus infinity if there is none.</summary>
    public float Greatest { get; private set; } = float.NegativeInfinity;

    /// <summary>
    /// The bins that hold something, from left to right: from where to where, and how many numbers. That of 0 has no width.
    /// </summary>
    public IEnumerable<(double From, double To, long Count)> Bins
    {
        get
        {
            for (int octave = 0; octave < _octaves.Length; octave++)
            {
                for (int i = 0; _octaves[octave] is { } counts && i < BinsInOctave; i++)
                {
                    if (counts[i] == 0)
                        continue;
                    (double from, double to) = Ends((octave * BinsInOctave) + i);
                    yield return (from, to, counts[i]);
                }
            }
        }
    }

    /// <summary>Counts numbers.</summary>
    public void Add(ReadOnlySpan<float> numbers)
    {
        float least = Least, greatest = Greatest;
        long count = 0;
        foreach (float number in numbers)
        {
            if (!float.IsFinite(number))
                continue;
            count++;
            if (number < least)
                least = number;
            if (number > greatest)
                greatest = number;
            int bin = Bin(number);
            (_octaves[bin >> BitsInOctave] ??= new long[BinsInOctave])[bin & (BinsInOctave - 1)]++;
        }
        (Count, Least, Greatest) = (Count + count, least, greatest);
    }

    /// <summary>The number below which a share of all lies; NaN if there is none.</summary>
    public double Quantile(double share)
    {
        double wanted = share * Count, below = 0, last = double.NaN;
        foreach ((double from, double to, long count) in Bins)
        {
            if (below + count >= wanted)
                return Math.Clamp(from + ((wanted - below) / count * (to - from)), Least, Greatest);
            (below, last) = (below + count, Greatest);
        }
        return last;
    }

    /// <summary>The quantiles that are reported; null if nothing was counted.</summary>
    public Quantiles? ToQuantiles() => Count == 0
        ? null
        : new(Least, Quantile(0.01), Quantile(0.25), Quantile(0.5), Quantile(0.75), Quantile(0.99), Greatest);

    private static int Bin(float number)
    {
        int size = BitConverter.SingleToInt32Bits(Math.Abs(number)) >> MantissaShift;
        return number < 0 ? Zero - 1 - size : Zero + size;
    }

    private static (double From, double To) Ends(int bin) => bin >= Zero
        ? (Edge(bin - Zero), Edge(bin - Zero + 1))
        : (-Edge(Zero - bin), -Edge(Zero - 1 - bin));

    // Where the bin of a size begins. What is smaller than the smallest counts as 0; beyond the greatest there is no float.
    private static double Edge(int size)
    {
        float edge = BitConverter.Int32BitsToSingle(size << MantissaShift);
        return size <= 1 ? 0 : float.IsFinite(edge) ? edge : float.MaxValue;
    }
}
