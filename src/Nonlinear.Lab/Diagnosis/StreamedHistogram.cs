namespace Nonlinear.Lab.Diagnosis;

/// <summary>
/// Counts numbers in bins that are fixed beforehand: 16 in each octave, from 2⁻²⁴ to 2⁴⁰ on either side of 0, so that a distribution of
/// any size is told in bounded memory, and in whatever pieces it comes.
/// </summary>
internal sealed class StreamedHistogram
{
    private const int StepsOfOctave = 16, MantissaShift = 23 - 4, LeastExponent = -24, GreatestExponent = 40;
    private const int Side = (GreatestExponent - LeastExponent) * StepsOfOctave;

    // Negative numbers from the largest size down, then what is nearly 0, then the positive ones.
    private readonly long[] _counts = new long[(2 * Side) + 1];

    /// <summary>How many numbers were counted; NaN and infinity are not.</summary>
    public long Count { get; private set; }

    /// <summary>The smallest number.</summary>
    public float Least { get; private set; } = float.PositiveInfinity;

    /// <summary>The largest number.</summary>
    public float Greatest { get; private set; } = float.NegativeInfinity;

    /// <summary>The bins that hold something: from where to where, and how many numbers.</summary>
    public IEnumerable<(double From, double To, long Count)> Bins
    {
        get
        {
            for (int bin = 0; bin < _counts.Length; bin++)
            {
                if (_counts[bin] > 0)
                {
                    (double from, double to) = Ends(bin);
                    yield return (from, to, _counts[bin]);
                }
            }
        }
    }

    /// <summary>Counts numbers.</summary>
    public void Add(ReadOnlySpan<float> numbers)
    {
        foreach (float number in numbers)
        {
            if (!float.IsFinite(number))
                continue;
            Count++;
            Least = Math.Min(Least, number);
            Greatest = Math.Max(Greatest, number);
            _counts[Bin(number)]++;
        }
    }

    /// <summary>The number below which a share of all lies.</summary>
    public double Quantile(double share)
    {
        double wanted = share * Count, below = 0;
        for (int bin = 0; bin < _counts.Length; bin++)
        {
            if (_counts[bin] > 0 && below + _counts[bin] >= wanted)
            {
                (double from, double to) = Ends(bin);
                double within = (wanted - below) / _counts[bin];
                return Math.Clamp(from + (within * (to - from)), Least, Greatest);
            }
            below += _counts[bin];
        }
        return double.NaN;
    }

    /// <summary>The quantiles that are reported; null if nothing was counted.</summary>
    public Quantiles? ToQuantiles() => Count == 0
        ? null
        : new(Least, Quantile(0.01), Quantile(0.25), Quantile(0.5), Quantile(0.75), Quantile(0.99), Greatest);

    private static int Bin(float number)
    {
        int steps = (BitConverter.SingleToInt32Bits(Math.Abs(number)) >> MantissaShift) - ((LeastExponent + 127) * StepsOfOctave);
        int size = Math.Clamp(steps + 1, 0, Side);
        return number < 0 ? Side - size : Side + size;
    }

    private static (double From, double To) Ends(int bin)
    {
        int size = Math.Abs(bin - Side);
        if (size == 0)
            return (-Edge(0), Edge(0));
        return bin > Side ? (Edge(size - 1), Edge(size)) : (-Edge(size), -Edge(size - 1));
    }

    // The size at which so many bins end.
    private static double Edge(int bins) =>
        Math.ScaleB(1 + ((bins % StepsOfOctave) / (double)StepsOfOctave), LeastExponent + (bins / StepsOfOctave));
}
