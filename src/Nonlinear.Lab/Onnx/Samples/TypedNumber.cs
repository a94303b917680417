using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>Turns numbers that somebody typed, in a table or in a command, into elements of the type that a model declares.</summary>
internal sealed class TypedNumber(TensorElementType type)
{
    private readonly ElementConversion _fromDouble = ElementConversion.Between("f8", type)!;
    private readonly ElementConversion _fromWhole = ElementConversion.Between("i8", type)!;
    private readonly ElementConversion _fromLargeWhole = ElementConversion.Between("u8", type)!;

    /// <summary>The bytes of an element.</summary>
    public int Size => _fromDouble.TensorSize;

    /// <summary>Whether a text is a number.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) => TryParse(text, out _);

    /// <summary>Converts a number; false if the type does not take it.</summary>
    /// <exception cref="FormatException">The text is no number.</exception>
    public bool TryConvert(ReadOnlySpan<char> text, Span<byte> element)
    {
        // By way of a double a large whole number would lose its last digits.
        if (long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingWhite,
            CultureInfo.InvariantCulture, out long whole) && whole != 0)
            return _fromWhole.Convert(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in whole)), element) == 1;
        if (ulong.TryParse(text, NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture,
            out ulong large) && large != 0)
            return _fromLargeWhole.Convert(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in large)), element) == 1;
        if (!TryParse(text, out double number))
            throw new FormatException("This is no number.");
        bool becameInfinite = double.IsInfinity(number) && text.ContainsAnyInRange('0', '9');
        return !becameInfinite && _fromDouble.Convert(MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in number)), element) == 1;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out double number)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            return true;
        double? named = text.Trim().ToString().ToLowerInvariant() switch
        {
            "true" => 1,
            "false" => 0,
            "inf" or "+inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => null,
        };
        number = named ?? 0;
        return named is not null;
    }
}
