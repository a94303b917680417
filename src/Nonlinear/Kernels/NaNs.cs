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
    /// <summary>Makes every NaN the same, and says whether there is one.</summary>
    public static bool Settle<T>(Span<T> results)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Settle(MemoryMarshal.Cast<T, float>(results), float.NaN)
        : typeof(T) == typeof(double) ? Settle(MemoryMarshal.Cast<T, double>(results), double.NaN)
        : typeof(T) == typeof(Half) ? SettleEach(MemoryMarshal.Cast<T, Half>(results), Half.IsNaN, Half.NaN)
        : typeof(T) == typeof(BFloat16) && SettleEach(MemoryMarshal.Cast<T, BFloat16>(results), BFloat16.IsNaN, BFloat16.NaN);

    // There rarely is one, and looking is quick.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Settle<T>(Span<T> results, T nan)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        bool found = false;
        for (; i <= results.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> vector = new(results[i..]);
            if (!Vector.EqualsAll(vector, vector))
                found |= SettleEach(results.Slice(i, Vector<T>.Count), T.IsNaN, nan);
        }
        return SettleEach(results[i..], T.IsNaN, nan) | found;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool SettleEach<T>(Span<T> results, Func<T, bool> isNaN, T nan)
        where T : unmanaged
    {
        bool found = false;
        foreach (ref T result in results)
        {
            if (!isNaN(result))
                continue;
            result = nan;
            found = true;
        }
        return found;
    }
}
