using System.Runtime.InteropServices;

namespace Nonlinear.Checksums;

/// <summary>A checksum of bits (FNV-1a), in which every NaN is the same: processors disagree on its sign and payload.</summary>
internal struct Checksum()
{
    private ulong _value = 14695981039346656037;

    public void Add<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged, IEquatable<T>, IFormattable
    {
        foreach (T number in numbers)
            Add(number);
    }

    public override readonly string ToString() => _value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    private void Add<T>(T number)
        where T : unmanaged, IEquatable<T>, IFormattable
    {
        if (IsNaN(number))
        {
            Add((byte)'N');
            return;
        }
        foreach (byte part in MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in number)))
            Add(part);
    }

    private void Add(byte part) => _value = (_value ^ part) * 1099511628211;

    public static bool IsNaN<T>(T number)
        where T : unmanaged => number switch
    {
        float value => float.IsNaN(value),
        double value => double.IsNaN(value),
        Half value => Half.IsNaN(value),
        BFloat16 value => BFloat16.IsNaN(value),
        _ => throw new NotSupportedException(typeof(T).Name),
    };
}
