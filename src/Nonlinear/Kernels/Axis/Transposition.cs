using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nonlinear.Kernels;

/// <summary>Exchanges the rows and the columns of a square of floats.</summary>
internal static class Transposition
{
    /// <summary>The number of rows, and of columns.</summary>
    public const int Size = 8;

    /// <summary>Reads all of the square before it writes.</summary>
    /// <param name="source">The first number of the square.</param>
    /// <param name="sourceStride">How far the rows of the square lie apart.</param>
    /// <param name="target">Where the first number goes.</param>
    /// <param name="targetStride">How far the rows of the result lie apart. They are written in order.</param>
    public static void Do(ref float source, nuint sourceStride, ref float target, nuint targetStride)
    {
        if (Avx.IsSupported)
            InVectors(ref source, sourceStride, ref target, targetStride);
        else
            OneByOne(ref source, sourceStride, ref target, targetStride);
    }

    /// <summary>The same without vectors.</summary>
    [SkipLocalsInit]
    internal static void OneByOne(ref float source, nuint sourceStride, ref float target, nuint targetStride)
    {
        Span<float> square = stackalloc float[Size * Size];
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Size; column++)
                square[(column * Size) + row] = Unsafe.Add(ref source, ((nuint)row * sourceStride) + (nuint)column);
        }
        for (int row = 0; row < Size; row++)
            square.Slice(row * Size, Size).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, (nuint)row * targetStride), Size));
    }

    // Halves of two rows in a register: then no shuffle crosses the halves, the loads do.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InVectors(ref float source, nuint sourceStride, ref float target, nuint targetStride)
    {
        nuint two = 2 * sourceStride, three = two + sourceStride, four = 2 * two;
        ref float right = ref Unsafe.Add(ref source, Size / 2);
        ref float below = ref Unsafe.Add(ref source, four), belowRight = ref Unsafe.Add(ref below, Size / 2);
        Vector256<float> a = Halves(ref source, ref below, 0), b = Halves(ref source, ref below, sourceStride);
        Vector256<float> c = Halves(ref source, ref below, two), d = Halves(ref source, ref below, three);
        Vector256<float> e = Halves(ref right, ref belowRight, 0), f = Halves(ref right, ref belowRight, sourceStride);
        Vector256<float> g = Halves(ref right, ref belowRight, two), h = Halves(ref right, ref belowRight, three);
        Columns(a, b, c, d, ref target, targetStride);
        Columns(e, f, g, h, ref Unsafe.Add(ref target, 4 * targetStride), targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(ref float upper, ref float lower, nuint index) =>
        Vector256.Create(Vector128.LoadUnsafe(ref upper, index), Vector128.LoadUnsafe(ref lower, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, ref float target, nuint stride)
    {
        Vector256<float> low = Avx.UnpackLow(a, b), high = Avx.UnpackHigh(a, b);
        Vector256<float> otherLow = Avx.UnpackLow(c, d), otherHigh = Avx.UnpackHigh(c, d);
        Avx.Shuffle(low, otherLow, 0b01_00_01_00).StoreUnsafe(ref target);
        Avx.Shuffle(low, otherLow, 0b11_10_11_10).StoreUnsafe(ref target, stride);
        Avx.Shuffle(high, otherHigh, 0b01_00_01_00).StoreUnsafe(ref target, 2 * stride);
        Avx.Shuffle(high, otherHigh, 0b11_10_11_10).StoreUnsafe(ref target, 3 * stride);
    }
}
