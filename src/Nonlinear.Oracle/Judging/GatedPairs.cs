namespace Nonlinear.Oracle.Judging;

/// <summary>
/// Random gates, values and gradients: ordinary numbers, numbers of any bits, special values among them, and gates so far out that only
/// large values and gradients bring their factors back.
/// </summary>
internal static class GatedPairs
{
    private const int Kinds = 4, FarOut = Kinds * Kinds, FarOutOf = FarOut + 2;

    // Met by each other, in every lane.
    private static readonly double[] Specials =
    [
        0, -0.0, 1, -1, 7, -7, 0.5, 100, -100, 1e-30, -1e-30, 1e30, -1e30, 3e38, -3e38, 1e-45, -1e-45, 1.2e-38,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    /// <summary>Draws a block; it depends on nothing but the format, the seed and its number.</summary>
    public static void Draw(NumberFormat format, int seed, long block, Span<double> gate, Span<double> value, Span<double> upstream)
    {
        // Not by HashCode, which differs from process to process.
        Random random = new((int)Points.Mix(((ulong)(uint)seed << 32) ^ (ulong)block));
        for (int i = 0; i < gate.Length; i++)
        {
            int kind = random.Next(FarOutOf);
            bool far = kind >= FarOut;
            gate[i] = far ? format.Nearest((random.NextDouble() - 0.5) * 2 * Points.Tail(format)) : Draw(format, random, kind % Kinds);
            value[i] = far ? Large(format, random) : Draw(format, random, kind / Kinds);
            upstream[i] = far ? Large(format, random) : Draw(format, random, random.Next(Kinds - 1));
        }
    }

    private static double Draw(NumberFormat format, Random random, int kind) => format.Nearest(kind switch
    {
        0 => 3 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()),
        1 => (random.NextDouble() - 0.5) * 20,
        2 => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-60, 60)),
        _ when random.Next(4) == 0 => Specials[random.Next(Specials.Length)],
        _ => format.FromBits((ulong)random.NextInt64() & (ulong.MaxValue >> (64 - format.Bits))),
    });

    // Of any size above 1, half of them next to the largest.
    private static double Large(NumberFormat format, Random random)
    {
        int largest = 2 - format.LeastExponent - format.Precision, exponent = random.Next(2) == 0 ? largest : random.Next(largest + 1);
        return format.Nearest(Math.ScaleB(2 * (random.NextDouble() - 0.5), exponent));
    }
}
