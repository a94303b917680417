namespace Nonlinear.Oracle;

/// <summary>Where to look: the whole bit space, the active range, the tails, and the places where things go wrong.</summary>
public static class Points
{
    // Of a wave a few stand for all.
    private const int MostZeros = 32;

    /// <summary>
    /// Zeros, the ends of the format, thresholds of other libraries, and the neighbours of kinks, of zeros of the derivative, and of the
    /// places where results become subnormal or 0.
    /// </summary>
    public static IEnumerable<double> Special(Activation activation, NumberFormat format)
    {
        double[] magnitudes =
        [
            0, 1, 2, 3, 5.5, 5.543, 6, 9.011, 10, 15.82, 16.64, 17.98, 20, 36.7, 37.5, 38.6, 88.72, 103.97, 110, 354.9, 708.4, 709.78,
            745.13, 800, 1e5, 1e30, 1e38, 1e60, 1e150, 1e300,
            Math.ScaleB(1, format.LeastExponent), Math.ScaleB(1, format.LeastExponent + format.Precision - 1),
            Math.ScaleB(1, -format.Precision), Math.ScaleB(1, -format.Precision / 2),
        ];
        foreach (double magnitude in magnitudes)
        {
            foreach (double x in Neighbours(magnitude, format).Concat(Neighbours(-magnitude, format)))
                yield return x;
        }
        foreach (double x in activation.Kinks.Concat(DerivativeZeros(activation).Take(MostZeros))
            .Concat(Ends(activation, format))
            .SelectMany(at => Neighbours(at, format)))
            yield return x;
    }

    /// <summary>What <see cref="Special"/> gives, ±∞ and NaN, each once.</summary>
    public static IEnumerable<double> Hard(Activation activation, NumberFormat format) =>
        Special(activation, format)
            .Append(double.PositiveInfinity)
            .Append(double.NegativeInfinity)
            .Append(double.NaN)
            .DistinctBy(BitConverter.DoubleToInt64Bits);

    /// <summary>Half over the whole bit space, half over the active range and the tails.</summary>
    public static double[] Random(NumberFormat format, int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(place => Random(format, place, count, seed))];

    /// <summary>
    /// One of <paramref name="count"/> random points: half are spread evenly over the whole bit space, a number drawn in each of equal
    /// pieces; a quarter lie in the active range, a quarter reach into the tails. A point depends on nothing but the seed and its place.
    /// </summary>
    public static double Random(NumberFormat format, long place, long count, int seed)
    {
        ulong random = Mix(((ulong)(uint)seed << 32) ^ Mix((ulong)place));
        double uniform = (random >> 11) * Math.ScaleB(1, -53), tail = Tail(format);
        switch (place % 4)
        {
            case 0 or 1:
                UInt128 piece = ((UInt128)1 << format.Bits) / (ulong)Math.Max(1, count);
                double x = format.FromBits((ulong)((((UInt128)place << format.Bits) / (ulong)count) + (piece == 0 ? 0 : random % piece)));
                return double.IsFinite(x) ? x : 0.5;
            case 2:
                return format.Nearest((uniform * 20) - 10);
            default:
                return format.Nearest((uniform * 2 * tail) - tail);
        }
    }

    // SplitMix64 (G. Steele, D. Lea, C. Flood, 2014).
    internal static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>The four numbers of the format on each side of x, and the nearest.</summary>
    public static IEnumerable<double> Neighbours(double x, NumberFormat format)
    {
        double nearest = format.FromBits(format.ToBits(x));
        if (!double.IsFinite(nearest))
            yield break;
        if (nearest == 0)
        {
            yield return double.IsNegative(x) ? -0.0 : 0.0;
            for (uint k = 1; k <= 4; k++)
            {
                yield return format.FromBits(k);
                yield return -format.FromBits(k);
            }
            yield break;
        }
        ulong bits = format.ToBits(nearest);
        for (int k = -4; k <= 4; k++)
        {
            double neighbour = format.FromBits(bits + (ulong)k);
            if (double.IsFinite(neighbour))
                yield return neighbour;
        }
    }

    // Where f or f′ becomes subnormal, or less than half the smallest number: found on a grid, refined by bisection.
    private static IEnumerable<double> Ends(Activation activation, NumberFormat format)
    {
        foreach (int end in (int[])[format.LeastExponent + format.Precision - 1, format.LeastExponent - 1])
        {
            foreach (bool derivative in (bool[])[false, true])
            {
                double tail = Tail(format);
                bool below = IsBelow(-tail);
                for (double left = -tail; left < tail; left++)
                {
                    double low = left, high = left + 1;
                    bool next = IsBelow(high);
                    if (next == below)
                        continue;
                    while (high - low > Math.ScaleB(1, -40))
                    {
                        double middle = (low + high) / 2;
                        (low, high) = IsBelow(middle) == below ? (middle, high) : (low, middle);
                    }
                    below = next;
                    yield return low;
                }

                bool IsBelow(double x)
                {
                    Dual<BigFloat> exact = Oracle.Evaluate(activation, x);
                    return (derivative ? exact.Tangent : exact.Value).Exponent <= end;
                }
            }
        }
    }

    // How far out the functions still move.
    internal static double Tail(NumberFormat format) => format.Name == "double" ? 800 : 120;

    // Sign changes of f′: found on a grid, refined by bisection.
    private static IEnumerable<double> DerivativeZeros(Activation activation)
    {
        const double Step = 0.03125;
        for (double left = -20; left < 20; left += Step)
        {
            double low = left, high = left + Step;
            int sign = Slope(low);
            if (sign * Slope(high) >= 0)
                continue;
            for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
                (low, high) = Slope(middle) == sign ? (middle, high) : (low, middle);
            yield return low;
        }

        int Slope(double x) => Oracle.Evaluate(activation, x).Tangent.Sign;
    }
}
