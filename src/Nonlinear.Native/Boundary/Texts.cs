using System.Runtime.InteropServices;
using System.Text;

namespace Nonlinear.Native.Boundary;

/// <summary>Texts from and to the caller, in UTF-8 with a 0 at the end.</summary>
internal static unsafe class Texts
{
    // Longer than any name; what does not end before is none.
    private const int Longest = 4096;

    /// <summary>A text of the caller's.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static string Read(byte* text, string name)
    {
        if (text == null)
            throw new ArgumentException($"{name} is NULL.");
        int length = 0;
        while (length < Longest && text[length] != 0)
            length++;
        return Encoding.UTF8.GetString(text, length);
    }

    /// <summary>Writes a text as far as the caller has room for it, as C's snprintf does: whole characters, and a 0.</summary>
    /// <returns>How many bytes the whole text has, without the 0.</returns>
    /// <exception cref="ArgumentException">The capacity is negative, or there is one and no buffer.</exception>
    public static long Write(string text, byte* buffer, long capacity)
    {
        Span<byte> room = Memory.Out<byte>(buffer, Math.Min(capacity, int.MaxValue), "buffer");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (room.Length > 0)
        {
            int length = Math.Min(bytes.Length, room.Length - 1);
            // The later bytes of a character begin with the bits 10.
            while (length < bytes.Length && length > 0 && (bytes[length] & 0xC0) == 0x80)
                length--;
            bytes.AsSpan(0, length).CopyTo(room);
            room[length] = 0;
        }
        return bytes.Length;
    }

    /// <summary>A text that stays where it is until the process ends.</summary>
    public static byte* Keep(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte* kept = (byte*)NativeMemory.Alloc((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(kept, bytes.Length));
        kept[bytes.Length] = 0;
        return kept;
    }
}
