using System.Globalization;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>
/// The 16-bit "brain" floating-point format: a float's sign and 8-bit exponent with 7 bits of fraction. A storage type, as in tensors:
/// it converts to and from the wider types, compares, parses and prints; arithmetic is done wider.
/// </summary>
/// <remarks>
/// Conversions to it round once, to nearest even. Source: Kalamkar et al., A Study of BFLOAT16 for Deep Learning Training, 2019.
/// </remarks>
public readonly struct BFloat16 : IEquatable<BFloat16>, IComparable<BFloat16>, IComparable, ISpanFormattable, ISpanParsable<BFloat16>
{
    private const ushort SignBit = 0x8000, InfinityBits = 0x7F80;

    private readonly ushort _bits;

    private BFloat16(ushort bits) => _bits = bits;

    /// <summary>The smallest positive value, 2⁻¹³³.</summary>
    public static BFloat16 Epsilon => new(1);

    /// <summary>The largest finite value, about 3.39 · 10³⁸.</summary>
    public static BFloat16 MaxValue => new(InfinityBits - 1);

    /// <summary>The smallest finite value, about -3.39 · 10³⁸.</summary>
    public static BFloat16 MinValue => new(SignBit | (InfinityBits - 1));

    /// <summary>+∞</summary>
    public static BFloat16 PositiveInfinity => new(InfinityBits);

    /// <summary>-∞</summary>
    public static BFloat16 NegativeInfinity => new(SignBit | InfinityBits);

    /// <summary>Not a number.</summary>
    public static BFloat16 NaN => new(0xFFC0);

    /// <summary>The value with the given bits.</summary>
    public static BFloat16 FromBits(ushort bits) => new(bits);

    /// <summary>The bits of the value.</summary>
    public ushort ToBits() => _bits;

    /// <summary>Whether the value is not a number.</summary>
    public static bool IsNaN(BFloat16 value) => (value._bits & ~SignBit) > InfinityBits;

    /// <summary>The float that equals the value.</summary>
    public static implicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value._bits << 16);

    /// <summary>The double that equals the value.</summary>
    public static implicit operator double(BFloat16 value) => (float)value;

    /// <summary>The value nearest to a float, ties to even.</summary>
    public static explicit operator BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value))
            return new((ushort)((bits >> 16) | 0x40)); // quiet, whatever bits the fraction keeps
        uint halfway = 0x7FFF + ((bits >> 16) & 1);
        return new((ushort)((bits + halfway) >> 16));
    }

    /// <summary>The value nearest to a double, ties to even.</summary>
    public static explicit operator BFloat16(double value)
    {
        // By way of the float that is rounded to odd, from which rounding once more cannot go wrong.
        float near = (float)value;
        uint bits = BitConverter.SingleToUInt32Bits(near);
        if (near != value && (bits & 1) == 0 && float.IsFinite(near))
        {
            bool awayFromZero = Math.Abs(near) > Math.Abs(value);
            near = BitConverter.UInt32BitsToSingle(awayFromZero ? bits - 1 : bits + 1);
        }
        return (BFloat16)near;
    }

    /// <summary>Whether two values are equal; NaN equals nothing, and -0 equals 0.</summary>
    public static bool operator ==(BFloat16 left, BFloat16 right) => (float)left == (float)right;

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(BFloat16 left, BFloat16 right) => !(left == right);

    /// <summary>Whether the left value is smaller.</summary>
    public static bool operator <(BFloat16 left, BFloat16 right) => (float)left < (float)right;

    /// <summary>Whether the left value is larger.</summary>
    public static bool operator >(BFloat16 left, BFloat16 right) => (float)left > (float)right;

    /// <summary>Whether the left value is smaller or equal.</summary>
    public static bool operator <=(BFloat16 left, BFloat16 right) => (float)left <= (float)right;

    /// <summary>Whether the left value is larger or equal.</summary>
    public static bool operator >=(BFloat16 left, BFloat16 right) => (float)left >= (float)right;

    /// <summary>Whether two values are equal, where NaN equals NaN, as collections need it.</summary>
    public bool Equals(BFloat16 other) => ((float)this).Equals((float)other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((float)this).GetHashCode();

    /// <summary>Orders values, NaN first.</summary>
    public int CompareTo(BFloat16 other) => ((float)this).CompareTo((float)other);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        BFloat16 other => CompareTo(other),
        _ => throw new ArgumentException($"A {nameof(BFloat16)} cannot be compared with a {obj.GetType().Name}.", nameof(obj)),
    };

    /// <summary>The shortest decimal number that reads back as this value.</summary>
    public override string ToString() => ToString(null, CultureInfo.CurrentCulture);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        if (!string.IsNullOrEmpty(format))
            return ((float)this).ToString(format, formatProvider);
        // Four digits tell any two values of eight bits apart; fewer usually do.
        for (int digits = 1; digits < 4; digits++)
        {
            string text = ((float)this).ToString($"G{digits}", CultureInfo.InvariantCulture);
            if ((BFloat16)double.Parse(text, CultureInfo.InvariantCulture) is var back && back._bits == _bits)
                return ((float)this).ToString($"G{digits}", formatProvider);
        }
        return ((float)this).ToString("G4", formatProvider);
    }

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        string text = ToString(format.ToString(), provider);
        charsWritten = text.TryCopyTo(destination) ? text.Length : 0;
        return charsWritten == text.Length;
    }

    /// <summary>Reads a number and rounds it to the nearest value.</summary>
    public static BFloat16 Parse(string s, IFormatProvider? provider) =>
        Rounded(s, provider, double.Parse(s, provider));

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static BFloat16 Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Rounded(s, provider, double.Parse(s, provider));

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out BFloat16 result) => TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out BFloat16 result)
    {
        bool read = double.TryParse(s, provider, out double value);
        result = read ? Rounded(s, provider, value) : default;
        return read;
    }

    // A number next to the middle between two values is read as the double in the middle, which says no longer on which side it was.
    private static BFloat16 Rounded(ReadOnlySpan<char> text, IFormatProvider? provider, double nearest)
    {
        BFloat16 rounded = (BFloat16)nearest;
        return rounded == nearest
            ? rounded
            : (BFloat16)DecimalText.Beside(text, NumberFormatInfo.GetInstance(provider), nearest);
    }
}
