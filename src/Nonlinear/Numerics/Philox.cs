using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// Random numbers of a seed that are counted, not drawn: the n-th is the same whichever was asked for before it, on any processor and
/// thread. Philox with four words and ten rounds (Salmon, Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2, 3; 2011).
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint FirstFactor = 0xD2511F53, SecondFactor = 0xCD9E8D57, FirstStep = 0x9E3779B9, SecondStep = 0xBB67AE85;

    /// <summary>The four words of a counter and a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (uint, uint, uint, uint) Words((uint, uint, uint, uint) counter, (uint, uint) key)
    {
        (uint a, uint b, uint c, uint d) = counter;
        (uint k, uint l) = key;
        for (int round = 0; round < Rounds; round++)
        {
            ulong first = (ulong)FirstFactor * a, second = (ulong)SecondFactor * c;
            (a, b, c, d) = ((uint)(second >> 32) ^ b ^ k, (uint)second, (uint)(first >> 32) ^ d ^ l, (uint)first);
            (k, l) = (unchecked(k + FirstStep), unchecked(l + SecondStep));
        }
        return (a, b, c, d);
    }

    /// <summary>The n-th number of a seed between 0 and 1, and never either: an odd multiple of 2⁻⁵³.</summary>
    public static double Uniform(ulong seed, ulong n)
    {
        (uint a, uint b, _, _) = Words(((uint)n, (uint)(n >> 32), 0, 0), ((uint)seed, (uint)(seed >> 32)));
        ulong bits = (((ulong)a << 32) | b) >> 12;
        return Math.ScaleB((2 * bits) + 1, -53);
    }
}
