using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Tables with an entry for each number of 16 bits.</summary>
internal static class LookupTable
{
    private const int Length = 1 << 16;

    // Without tiering: a table is made once, and a first call may be a long one.
    private const MethodImplOptions Loop = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Every number of the type, in the order of its bits.</summary>
    [MethodImpl(Loop)]
    public static T[] AllNumbers<T, TConversion>()
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        T[] all = new T[Length];
        for (int bits = 0; bits < all.Length; bits++)
            all[bits] = TConversion.FromBits((ushort)bits);
        return all;
    }

    /// <summary>output[i] = table[bits[i]], where bits and output may be the same span.</summary>
    [MethodImpl(Loop)]
    public static void LookUp<TItem>(ReadOnlySpan<TItem> table, ReadOnlySpan<ushort> bits, Span<TItem> output)
        where TItem : unmanaged
    {
        ref TItem first = ref First(table), target = ref MemoryMarshal.GetReference(output[..bits.Length]);
        ref ushort source = ref MemoryMarshal.GetReference(bits);
        nuint length = (nuint)bits.Length, i = 0;
        for (; i + 4 <= length; i += 4)
            LookUp4(ref first, ref Unsafe.Add(ref source, i), ref Unsafe.Add(ref target, i));
        for (; i < length; i++)
            Unsafe.Add(ref target, i) = Unsafe.Add(ref first, (nuint)Unsafe.Add(ref source, i));
    }

    /// <summary>
    /// Rounds derivatives to floats. One that vanishes in any product becomes 0, which with ∞ gives NaN; so does what a float has not the
    /// range for.
    /// </summary>
    [MethodImpl(Loop)]
    public static void Round(ReadOnlySpan<double> derivatives, double vanishing, Span<float> target)
    {
        ref double source = ref MemoryMarshal.GetReference(derivatives[..target.Length]);
        ref float output = ref MemoryMarshal.GetReference(target);
        for (nuint i = 0; i < (nuint)target.Length; i += 8)
        {
            Vector256<double> lower = Vector256.LoadUnsafe(ref source, i), upper = Vector256.LoadUnsafe(ref source, i + 4);
            Vector256.Narrow(WithinRange(lower, vanishing), WithinRange(upper, vanishing)).StoreUnsafe(ref output, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> WithinRange(Vector256<double> derivative, double vanishing)
    {
        Vector256<double> size = Vector256.Abs(derivative);
        Vector256<double> normal = Vector256.GreaterThan(size, Vector256.Create((double)PowersOfTwo.LeastNormalFloat))
            & Vector256.LessThan(size, Vector256.Create((double)float.MaxValue));
        Vector256<double> vanishes = Vector256.LessThanOrEqual(size, Vector256.Create(vanishing));
        return Vector256.ConditionalSelect(
            vanishes, derivative & Vector256.Create(-0.0), Vector256.ConditionalSelect(normal, derivative, Vector256.Create(double.NaN)));
    }

    /// <summary>The first entry of a table that has one for each number.</summary>
    public static ref TItem First<TItem>(ReadOnlySpan<TItem> table)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(table.Length, Length);
        return ref MemoryMarshal.GetReference(table);
    }

    /// <summary>The entries of 16 numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LookUp16<TItem>(ref TItem first, ref ushort bits, ref TItem output)
        where TItem : unmanaged
    {
        LookUp4(ref first, ref bits, ref output);
        LookUp4(ref first, ref Unsafe.Add(ref bits, 4), ref Unsafe.Add(ref output, 4));
        LookUp4(ref first, ref Unsafe.Add(ref bits, 8), ref Unsafe.Add(ref output, 8));
        LookUp4(ref first, ref Unsafe.Add(ref bits, 12), ref Unsafe.Add(ref output, 12));
    }

    // Four numbers at one read; in which order they come out of it is up to the processor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LookUp4<TItem>(ref TItem first, ref ushort bits, ref TItem output)
        where TItem : unmanaged
    {
        ulong four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref bits));
        TItem a = Unsafe.Add(ref first, (nuint)(ushort)four), b = Unsafe.Add(ref first, (nuint)(ushort)(four >> 16));
        TItem c = Unsafe.Add(ref first, (nuint)(ushort)(four >> 32)), d = Unsafe.Add(ref first, (nuint)(four >> 48));
        if (!BitConverter.IsLittleEndian)
            (a, b, c, d) = (d, c, b, a);
        output = a;
        Unsafe.Add(ref output, 1) = b;
        Unsafe.Add(ref output, 2) = c;
        Unsafe.Add(ref output, 3) = d;
    }
}
