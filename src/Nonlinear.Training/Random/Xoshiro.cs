using System.Numerics;

namespace Nonlinear.Training;

/// <summary>
/// xoshiro256** (Blackman and Vigna, Scrambled linear pseudorandom number generators, 2018, arXiv:1805.01407), started by SplitMix64 as its
/// authors advise. In whole numbers, so that every system draws the same.
/// </summary>
internal sealed class Xoshiro
{
    private ulong _a, _b, _c, _d;

    public Xoshiro(int seed)
    {
        ulong state = unchecked((ulong)seed);
        (_a, _b, _c, _d) = (Start(ref state), Start(ref state), Start(ref state), Start(ref state));
    }

    /// <summary>A number from 0 up to 1, of 53 bits.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 up to the bound, each as likely as the others: what is too large is drawn again.</summary>
    public int Below(int bound)
    {
        int bits = 32 - BitOperations.LeadingZeroCount((uint)(bound - 1)), drawn;
        do
            drawn = bits == 0 ? 0 : (int)(Next() >> (64 - bits));
        while (drawn >= bound);
        return drawn;
    }

    private ulong Next()
    {
        ulong drawn = BitOperations.RotateLeft(_b * 5, 7) * 9, shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return drawn;
    }

    private static ulong Start(ref ulong state)
    {
        ulong mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
