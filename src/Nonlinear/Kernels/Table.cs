using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Kernels;

/// <summary>Tables with an entry for each number of 16 bits.</summary>
internal static class Table
{
    private const int Length = 1 << 16;

    /// <summary>Every number of the type, in the order of its bits.</summary>
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
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void LookUp<TItem>(ReadOnlySpan<TItem> table, ReadOnlySpan<ushort> bits, Span<TItem> output)
        where TItem : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(table.Length, Length);
        ref TItem entry = ref MemoryMarshal.GetReference(table), target = ref MemoryMarshal.GetReference(output[..bits.Length]);
        ref ushort first = ref MemoryMarshal.GetReference(bits);
        nuint length = (nuint)bits.Length, i = 0;
        // Four numbers at a read. In which order they come out of it depends on the processor; they go where they came from.
        for (; i + 4 <= length; i += 4)
        {
            ulong four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref first, i)));
            TItem a = Unsafe.Add(ref entry, (nuint)(ushort)four), b = Unsafe.Add(ref entry, (nuint)(ushort)(four >> 16));
            TItem c = Unsafe.Add(ref entry, (nuint)(ushort)(four >> 32)), d = Unsafe.Add(ref entry, (nuint)(four >> 48));
            ref TItem to = ref Unsafe.Add(ref target, i);
            if (BitConverter.IsLittleEndian)
            {
                to = a;
                Unsafe.Add(ref to, 1) = b;
                Unsafe.Add(ref to, 2) = c;
                Unsafe.Add(ref to, 3) = d;
            }
            else
            {
                to = d;
                Unsafe.Add(ref to, 1) = c;
                Unsafe.Add(ref to, 2) = b;
                Unsafe.Add(ref to, 3) = a;
            }
        }
        for (; i < length; i++)
            Unsafe.Add(ref target, i) = Unsafe.Add(ref entry, (nuint)Unsafe.Add(ref first, i));
    }
}
