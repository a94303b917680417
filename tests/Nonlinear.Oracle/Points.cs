namespace Nonlinear.Oracle;

/// <summary>Where to look: the whole bit space, the active range, the tails, and the places where things go wrong.</summary>
public static class Points
{
    /// <summary>Zeros, the ends of the format, thresholds of other libraries, neighbours of kinks and of zeros of the derivative.</summary>
    public static IEnumerable<double> Special(Activation activation, NumberFormat format)
    {
        double[] magnitudes =
        [
            0, 1, 2, 3, 5.5, 5.543, 6, 9.011, 10, 15.82, 16.64, 17.98, 20, 36.7, 37.5, 38.6, 88.72, 103.97, 110, 354.9, 708.4, 709.78, 745.13, 800, 1e5, 1e30, 1e38, 1e60, 1e150, 1e300,
            Math.ScaleB(1, format.LeastExponent), Math.ScaleB(1, format.LeastExponent + format.Precision - 1),
            Math.ScaleB(1, -format.Precision), Math.ScaleB(1, -format.Precision / 2),
        ];
        foreach (double magnitude in magnitudes)
        {
            foreach (double x in Neighbours(magnitude, format).Concat(Neighbours(-magnitude, format)))
                yield return x;
        }
        foreach (double x in activation.Info.Kinks.Concat(DerivativeZeros(activation)).SelectMany(at => Neighbours(at, format)))
            yield return x;
    }

    /// <summary>Half over the whole bit space, half over the active range and the tails.</summary>
    public static double[] Random(NumberFormat format, int count, int seed)
    {
        Random random = new(seed);
        double tail = format.Name == "double" ? 800 : 120;
        double[] points = new double[count];
        for (int i = 0; i < count; i++)
        {
            double x = (i % 4) switch
            {
                0 or 1 => format.FromBits((ulong)random.NextInt64(long.MinValue, long.MaxValue) >> (64 - format.Bits)),
                2 => (random.NextDouble() * 20) - 10,
                _ => (random.NextDouble() * 2 * tail) - tail,
            };
            points[i] = double.IsFinite(x) ? format.FromBits(format.ToBits(x)) : 0.5;
        }
        return points;
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

    // Sign changes of f′ on a grid, each closed in on by bisection.
    private static IEnumerable<double> DerivativeZeros(Activation activation)
    {
        const double Step = 0.03125;
        for (double left = -20; left < 20; left += Step)
        {
            double low = left, high = left + Step;
            int sign = Slope(low);
            if (sign * Slope(high) >= 0)
                continue;
            while (high - low > Math.ScaleB(1, -50))
            {
                double middle = (low + high) / 2;
                (low, high) = Slope(middle) == sign ? (middle, high) : (low, middle);
            }
            yield return low;
        }

        int Slope(double x) => Oracle.Evaluate(activation, x).Tangent.Sign;
    }
}
