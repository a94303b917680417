namespace Nonlinear.Lab.Onnx.Sweeping;

/// <summary>Inputs that a function is run at: the whole range of a type, and where functions turn or end.</summary>
internal static class SweepPoints
{
    private const int Spread = 1 << 20, Active = 1 << 16;

    /// <summary>
    /// All numbers of a type of 16 bits; of a longer one 2²⁰ of them, spread evenly over all bit patterns and so over all exponents, the
    /// special ones, and 2¹⁶ each from where functions bend and from where their tails end.
    /// </summary>
    /// <returns>The numbers, which the type holds exactly, in a fixed order.</returns>
    public static double[] Whole(NumberType type) => type switch
    {
        NumberType.Half => [.. Enumerable.Range(0, 1 << 16).Select(bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits))],
        NumberType.BFloat16 => [.. Enumerable.Range(0, 1 << 16).Select(bits => (double)BFloat16.FromBits((ushort)bits))],
        NumberType.Double => Sampled(64, bits => BitConverter.UInt64BitsToDouble(bits), 800, x => x),
        _ => Sampled(32, bits => BitConverter.UInt32BitsToSingle((uint)bits), 120, x => (float)x),
    };

    private static double[] Sampled(int bits, Func<ulong, double> number, double tail, Func<double, double> round)
    {
        List<double> points =
        [
            0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
            // The smallest and the largest, subnormal, normal and finite; and the ones about 1.
            .. Ends(number, bits).SelectMany(x => (double[])[x, -x]),
        ];
        ulong random = 1;
        int shift = bits - 20;
        for (ulong i = 0; i < Spread; i++)
            points.Add(number((i << shift) | (Next(ref random) & ((1UL << shift) - 1))));
        for (int i = 0; i < Active; i++)
            points.Add(round(Uniform(ref random) * 32 - 16));
        for (int i = 0; i < Active; i++)
            points.Add(round((Uniform(ref random) * 2 - 1) * tail));
        return [.. points];
    }

    /// <summary>The next of a row of numbers from 0 to 1.</summary>
    public static double Uniform(ref ulong state) => (Next(ref state) >> 11) * Math.ScaleB(1, -53);

    private static IEnumerable<double> Ends(Func<ulong, double> number, int bits)
    {
        int fraction = bits == 64 ? 52 : 23;
        ulong one = bits == 64 ? BitConverter.DoubleToUInt64Bits(1) : BitConverter.SingleToUInt32Bits(1);
        ulong top = ((1UL << (bits - 1 - fraction)) - 1) << fraction;
        ulong normal = 1UL << fraction;
        return ((ulong[])[1, 2, normal - 1, normal, normal + 1, one - 1, one, one + 1, top - 1]).Select(number);
    }

    // SplitMix64 (G. Steele, D. Lea, C. Flood, 2014).
    private static ulong Next(ref ulong state)
    {
        ulong x = state += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
