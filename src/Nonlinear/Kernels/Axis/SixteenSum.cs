using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nonlinear.Kernels;

/// <summary>
/// The sum of sixteen floats as doubles, pairwise: ((x₀ + x₁) + (x₂ + x₃)) + ((x₄ + x₅) + (x₆ + x₇)), and the other eight likewise. With
/// vectors the same additions are done side by side.
/// </summary>
internal static class SixteenSum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(ref float x)
    {
        if (!Avx.IsSupported)
            return OneByOne(ref x);
        Vector128<double> eights = Sse3.HorizontalAdd(Fours(ref x, 0), Fours(ref x, 8));
        return eights.ToScalar() + eights.GetElement(1);
    }

    /// <summary>The same of sixteen numbers that are given as two floats each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(ref float x, ref float rest)
    {
        if (!Avx.IsSupported)
            return OneByOne(ref x, ref rest);
        Vector128<double> eights = Sse3.HorizontalAdd(Fours(ref x, ref rest, 0), Fours(ref x, ref rest, 8));
        return eights.ToScalar() + eights.GetElement(1);
    }

    /// <summary>The same without vectors.</summary>
    public static double OneByOne(ref float x) => Eight(ref x) + Eight(ref Unsafe.Add(ref x, 8));

    /// <inheritdoc cref="OneByOne(ref float)"/>
    public static double OneByOne(ref float x, ref float rest) =>
        Eight(ref x, ref rest) + Eight(ref Unsafe.Add(ref x, 8), ref Unsafe.Add(ref rest, 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Fours(ref float x, ref float rest, nuint index)
    {
        Vector256<double> pairs = Avx.HorizontalAdd(Joined(ref x, ref rest, index), Joined(ref x, ref rest, index + 4));
        return pairs.GetLower() + pairs.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Joined(ref float x, ref float rest, nuint index) =>
        Avx.ConvertToVector256Double(Vector128.LoadUnsafe(ref x, index))
        + Avx.ConvertToVector256Double(Vector128.LoadUnsafe(ref rest, index));

    private static double Eight(ref float x, ref float rest) =>
        Four(ref x, ref rest) + Four(ref Unsafe.Add(ref x, 4), ref Unsafe.Add(ref rest, 4));

    private static double Four(ref float x, ref float rest) =>
        (Joined(ref x, ref rest, 0) + Joined(ref x, ref rest, 1)) + (Joined(ref x, ref rest, 2) + Joined(ref x, ref rest, 3));

    private static double Joined(ref float x, ref float rest, int index) => (double)Unsafe.Add(ref x, index) + Unsafe.Add(ref rest, index);

    // (x₀ + x₁) + (x₂ + x₃) and (x₄ + x₅) + (x₆ + x₇)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Fours(ref float x, nuint index)
    {
        Vector256<double> low = Avx.ConvertToVector256Double(Vector128.LoadUnsafe(ref x, index));
        Vector256<double> high = Avx.ConvertToVector256Double(Vector128.LoadUnsafe(ref x, index + 4));
        Vector256<double> pairs = Avx.HorizontalAdd(low, high);
        return pairs.GetLower() + pairs.GetUpper();
    }

    private static double Eight(ref float x) => Four(ref x) + Four(ref Unsafe.Add(ref x, 4));

    private static double Four(ref float x) =>
        ((double)x + Unsafe.Add(ref x, 1)) + ((double)Unsafe.Add(ref x, 2) + Unsafe.Add(ref x, 3));
}
