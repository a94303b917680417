using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>Room for the lanes of the widest vector of doubles, on the stack.</summary>
[InlineArray(8)]
internal struct Buffer8<T>
    where T : struct
{
    private T _element;
}

/// <summary>Room for the lanes of the widest vector of floats, on the stack.</summary>
[InlineArray(16)]
internal struct Buffer16<T>
    where T : struct
{
    private T _element;
}

/// <summary>Room for four times as many floats.</summary>
[InlineArray(64)]
internal struct Buffer64
{
    private float _element;
}

/// <summary>Where lines of the cache begin: a vector across two of them takes twice as long to store.</summary>
internal static class CacheLine
{
    public const int Bytes = 64;

    /// <summary>How many doubles, or floats, a room must have besides those that are wanted.</summary>
    public const int Slack = (Bytes / sizeof(double)) - 1, FloatSlack = (Bytes / sizeof(float)) - 1;

    /// <summary>The room, which is on the stack, from the first number on that begins a line.</summary>
    public static unsafe Span<T> Begin<T>(Span<T> room)
        where T : unmanaged
    {
        nuint address = (nuint)Unsafe.AsPointer(ref room[0]);
        return room[(int)((0 - address) % Bytes / (nuint)sizeof(T))..];
    }

    /// <summary>The bytes of a room in which something can begin a line.</summary>
    public static int RoomFor<T>()
        where T : unmanaged => Unsafe.SizeOf<T>() + Bytes - 1;

    /// <summary>Something in such a room, with what the stack happens to hold.</summary>
    public static ref T Place<T>(Span<byte> room)
        where T : unmanaged => ref Unsafe.As<byte, T>(ref Begin(room)[0]);
}

/// <summary>Room for the results of a few vectors, on their way from the formula to rounding.</summary>
[InlineArray(Vectors + 1)]
internal struct Block<V>
    where V : struct
{
    public const int Vectors = 8;

    private V _first;

    /// <summary>
    /// The first of them; where they fill cache lines, the first that does not lie across two. The block must be on the stack.
    /// </summary>
    public unsafe ref V First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        [UnscopedRef]
        get
        {
            if (Unsafe.SizeOf<V>() < CacheLine.Bytes)
                return ref _first;
            nuint address = (nuint)Unsafe.AsPointer(ref _first);
            return ref Unsafe.AddByteOffset(ref _first, (0 - address) % CacheLine.Bytes);
        }
    }
}
