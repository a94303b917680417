using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Kernels;

/// <summary>
/// Which NaN a result is. Of two NaNs an operation passes on either, as the compiler happens to order them, and it may compile a method
/// anew between two calls; so whatever NaN came out is made the one that .NET calls NaN.
/// </summary>
internal static class NaNs
{
    /// <summary>Makes every NaN the same.</summary>
    public static void Settle<T>(Span<T> results)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            Settle(MemoryMarshal.Cast<T, float>(results), float.NaN);
        else if (typeof(T) == typeof(double))
            Settle(MemoryMarshal.Cast<T, double>(results), double.NaN);
        else if (typeof(T) == typeof(Half))
            SettleEach(MemoryMarshal.Cast<T, Half>(results), Half.IsNaN, Half.NaN);
        else if (typeof(T) == typeof(BFloat16))
            SettleEach(MemoryMarshal.Cast<T, BFloat16>(results), BFloat16.IsNaN, BFloat16.NaN);
    }

    // There rarely is one, and looking is quick.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Settle<T>(Span<T> results, T nan)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= results.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> vector = new(results[i..]);
            if (!Vector.EqualsAll(vector, vector))
                SettleEach(results.Slice(i, Vector<T>.Count), T.IsNaN, nan);
        }
        SettleEach(results[i..], T.IsNaN, nan);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SettleEach<T>(Span<T> results, Func<T, bool> isNaN, T nan)
    {
        foreach (ref T result in results)
        {
            if (isNaN(result))
                result = nan;
        }
    }
}
