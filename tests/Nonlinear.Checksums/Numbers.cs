using System.Runtime.InteropServices;

namespace Nonlinear.Checksums;

/// <summary>Numbers of a type to compute on: drawn from the whole bit space and from the active range, the same on every machine.</summary>
internal static class Numbers
{
    /// <summary>Numbers of every size, with NaN, ±∞, ±0 and subnormal ones among them.</summary>
    public static T[] OfAnySize<T>(int count, ulong seed, Func<double, T> narrow)
        where T : unmanaged
    {
        T[] numbers = new T[count];
        double[] special =
        [
            0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1, -1, 1e30, -1e30, 1e-40, -1e-40, -1.2784645,
            -0.7517915, -1.192431,
        ];
        for (int i = 0; i < count; i++)
        {
            ulong random = Mix(seed + (ulong)i);
            if (i < special.Length)
                numbers[i] = narrow(special[i]);
            else if (i % 3 == 0)
                MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in random))[..Marshal.SizeOf<T>()]
                    .CopyTo(MemoryMarshal.AsBytes(new Span<T>(ref numbers[i])));
            else
                numbers[i] = narrow(i % 3 == 1 ? (Uniform(random) * 20) - 10 : (Uniform(random) * 240) - 120);
        }
        return numbers;
    }

    /// <summary>Finite numbers of ordinary size.</summary>
    public static T[] Ordinary<T>(int count, ulong seed, Func<double, T> narrow)
    {
        T[] numbers = new T[count];
        for (int i = 0; i < count; i++)
            numbers[i] = narrow((Uniform(Mix(seed + (ulong)i)) * 16) - 8);
        return numbers;
    }

    private static double Uniform(ulong random) => (random >> 11) * (1.0 / (1L << 53));

    // SplitMix64 (G. Steele, D. Lea, C. Flood, 2014).
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
