using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Kernels;

/// <summary>Spans of a 16-bit type, widened and narrowed, a vector at a time unless lanes are one wide.</summary>
internal static class SixteenBit
{
    /// <summary>How many numbers are converted at a time.</summary>
    public const int Count = 16;

    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Loop = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Whether numbers are converted in vectors; the bits are the same.</summary>
    public static bool InVectors => VectorWidth.Current > 1;

    [MethodImpl(Loop)]
    public static void Widen<T, TConversion>(ReadOnlySpan<T> source, Span<float> target)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        int i = 0;
        ref T first = ref MemoryMarshal.GetReference(source);
        ref float output = ref MemoryMarshal.GetReference(target[..source.Length]);
        for (; InVectors && i <= source.Length - Count; i += Count)
        {
            (Vector256<float> lower, Vector256<float> upper) = Load<T, TConversion>(ref first, (nuint)i);
            lower.StoreUnsafe(ref output, (nuint)i);
            upper.StoreUnsafe(ref output, (nuint)i + 8);
        }
        for (; i < source.Length; i++)
            target[i] = (float)TConversion.ToDouble(source[i]);
    }

    [MethodImpl(Loop)]
    public static void Widen<T, TConversion>(ReadOnlySpan<T> source, Span<double> target)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        int i = 0;
        ref T first = ref MemoryMarshal.GetReference(source);
        ref double output = ref MemoryMarshal.GetReference(target[..source.Length]);
        for (; InVectors && i <= source.Length - Count; i += Count)
        {
            (Vector256<float> lower, Vector256<float> upper) = Load<T, TConversion>(ref first, (nuint)i);
            Vector256.WidenLower(lower).StoreUnsafe(ref output, (nuint)i);
            Vector256.WidenUpper(lower).StoreUnsafe(ref output, (nuint)i + 4);
            Vector256.WidenLower(upper).StoreUnsafe(ref output, (nuint)i + 8);
            Vector256.WidenUpper(upper).StoreUnsafe(ref output, (nuint)i + 12);
        }
        for (; i < source.Length; i++)
            target[i] = TConversion.ToDouble(source[i]);
    }

    /// <summary>Rounds doubles once. By way of floats, which goes wrong only where a float is the middle between two numbers.</summary>
    [MethodImpl(Loop)]
    public static void Narrow<T, TConversion>(ReadOnlySpan<double> source, Span<T> target)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        int i = 0;
        ref double first = ref MemoryMarshal.GetReference(source[..target.Length]);
        ref T output = ref MemoryMarshal.GetReference(target);
        for (; InVectors && i <= target.Length - Count; i += Count)
        {
            nuint at = (nuint)i;
            Vector256<float> lower = Vector256.Narrow(Vector256.LoadUnsafe(ref first, at), Vector256.LoadUnsafe(ref first, at + 4));
            Vector256<float> upper = Vector256.Narrow(Vector256.LoadUnsafe(ref first, at + 8), Vector256.LoadUnsafe(ref first, at + 12));
            Vector256<ushort> bits = Round<T, TConversion>(lower, upper, 0, out uint doubtful);
            if (doubtful == 0)
                Store(bits, ref output, at);
            else
                NarrowOneByOne<T, TConversion>(source.Slice(i, Count), target.Slice(i, Count));
        }
        NarrowOneByOne<T, TConversion>(source[i..target.Length], target[i..]);
    }

    /// <summary>16 numbers as floats.</summary>
    [MethodImpl(Inline)]
    public static (Vector256<float> Lower, Vector256<float> Upper) Load<T, TConversion>(ref T source, nuint index)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        Vector256<ushort> bits = Vector256.LoadUnsafe(ref Unsafe.As<T, ushort>(ref source), index);
        return (TConversion.Widen(Vector256.WidenLower(bits)), TConversion.Widen(Vector256.WidenUpper(bits)));
    }

    /// <summary>
    /// The bits of the numbers nearest to 16 floats, and a bit for each that is doubtful: see <see cref="ISixteenBit{T}.Round"/>.
    /// </summary>
    [MethodImpl(Inline)]
    public static Vector256<ushort> Round<T, TConversion>(Vector256<float> lower, Vector256<float> upper, uint ulps, out uint doubtful)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        Vector256<uint> lowerBits = TConversion.Round(lower, ulps, out Vector256<uint> lowerDoubtful);
        Vector256<uint> upperBits = TConversion.Round(upper, ulps, out Vector256<uint> upperDoubtful);
        doubtful = lowerDoubtful.ExtractMostSignificantBits() | (upperDoubtful.ExtractMostSignificantBits() << 8);
        return Vector256.Narrow(lowerBits, upperBits);
    }

    [MethodImpl(Inline)]
    public static void Store<T>(Vector256<ushort> bits, ref T target, nuint index)
        where T : unmanaged => bits.StoreUnsafe(ref Unsafe.As<T, ushort>(ref target), index);

    private static void NarrowOneByOne<T, TConversion>(ReadOnlySpan<double> source, Span<T> target)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = TConversion.FromDouble(source[i]);
    }
}
