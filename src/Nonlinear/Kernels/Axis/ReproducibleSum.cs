using System.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// How a sum of numbers from 0 to 1 is made exact, and so the same in any order: each number is cut into a multiple of a coarse quantum, a
/// multiple of a fine one, and a remainder that is dropped. All sums of multiples are exact in a double (Demmel, Nguyen: Fast Reproducible
/// Floating-Point Summation, 2013).
/// </summary>
/// <remarks>
/// With n numbers the remainders come to at most n³ · 2⁻¹⁰²: 2⁻⁵² for a hundred thousand numbers, 2⁻³⁰ for sixteen million.
/// </remarks>
internal readonly struct ReproducibleSum
{
    /// <summary>The quanta for sums of so many numbers.</summary>
    public ReproducibleSum(int numbers)
    {
        int bits = Math.Max(BitOperations.Log2((uint)numbers) + 1, 2);
        Coarse = Math.ScaleB(1.5, bits + 1);
        Fine = Math.ScaleB(1.5, bits + bits - 51);
    }

    /// <summary>Adding and subtracting it rounds a number to a multiple of the coarse quantum, 2⁻⁵² of it.</summary>
    public double Coarse { get; }

    /// <summary>Adding and subtracting it rounds what the coarse quantum left to a multiple of the fine one.</summary>
    public double Fine { get; }
}
