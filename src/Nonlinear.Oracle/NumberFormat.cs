using System.Globalization;

namespace Nonlinear.Oracle;

/// <summary>A floating-point format whose numbers are all doubles, and how the library computes on it.</summary>
/// <param name="name">The name that people type.</param>
/// <param name="precision">The bits of a significand.</param>
/// <param name="leastExponent">The smallest positive number is 2 to this.</param>
/// <param name="overflow">What rounds to this or more is ∞.</param>
/// <param name="bits">The bits of a number.</param>
public abstract class NumberFormat(string name, int precision, int leastExponent, double overflow, int bits)
{
    /// <summary>The formats that the library computes on.</summary>
    public static IReadOnlyList<NumberFormat> All { get; } =
    [
        new Format<float>(
            "float", 24, -149, Math.ScaleB(1, 128), 32,
            bits => BitConverter.UInt32BitsToSingle((uint)bits), x => BitConverter.SingleToUInt32Bits((float)x), x => (float)x, x => x),
        new Format<double>(
            "double", 53, -1074, double.PositiveInfinity, 64,
            bits => BitConverter.UInt64BitsToDouble(bits), BitConverter.DoubleToUInt64Bits, x => x, x => x),
        new Format<Half>(
            "half", 11, -24, 65536, 16,
            bits => BitConverter.UInt16BitsToHalf((ushort)bits), x => BitConverter.HalfToUInt16Bits((Half)x), x => (Half)x, x => (double)x),
        new Format<BFloat16>(
            "bfloat16", 8, -133, Math.ScaleB(1, 128), 16,
            bits => BFloat16.FromBits((ushort)bits), x => ((BFloat16)x).ToBits(), x => (BFloat16)x, x => x),
    ];

    /// <summary>The name that people type.</summary>
    public string Name => name;

    /// <summary>The type of the library.</summary>
    public NumberType Type => Enum.Parse<NumberType>(name, ignoreCase: true);

    /// <summary>The bits of a significand.</summary>
    public int Precision => precision;

    /// <summary>The smallest positive number is 2 to this.</summary>
    public int LeastExponent => leastExponent;

    /// <summary>What rounds to this or more is ∞.</summary>
    public double Overflow => overflow;

    /// <summary>The bits of a number.</summary>
    public int Bits => bits;

    /// <summary>The format of a name.</summary>
    public static NumberFormat Named(string name) => All.First(format => format.Name == name);

    /// <summary>The number with the given bits.</summary>
    public abstract double FromBits(ulong bits);

    /// <summary>The bits of a number of the format.</summary>
    public abstract ulong ToBits(double x);

    /// <summary>The numbers whose bits count up from the given ones.</summary>
    public abstract void FromBits(ulong first, Span<double> x);

    /// <summary>The library's results on the format.</summary>
    public abstract void Compute(Activation activation, bool derivative, ReadOnlySpan<double> x, Span<double> y);

    /// <summary>The gradient that the library carries back on the format.</summary>
    public abstract void Backward(Activation activation, ReadOnlySpan<double> x, ReadOnlySpan<double> dy, Span<double> dx);

    /// <summary>The library's results of a gated unit on the format.</summary>
    public abstract void ComputeGated(
        GatedActivation activation,
        Judging.GatedDirection direction,
        ReadOnlySpan<double> gate,
        ReadOnlySpan<double> value,
        ReadOnlySpan<double> dy,
        Span<double> results);

    /// <inheritdoc cref="Compute(Activation, bool, ReadOnlySpan{double}, Span{double})"/>
    public double[] Compute(Activation activation, bool derivative, ReadOnlySpan<double> x)
    {
        double[] y = new double[x.Length];
        Compute(activation, derivative, x, y);
        return y;
    }

    /// <summary>The number of the format nearest to a double, ties to even.</summary>
    public double Nearest(double x)
    {
        if (bits == 32)
            return (float)x;
        if (bits == 64 || x == 0 || !double.IsFinite(x))
            return x;
        int ulp = UlpExponent(x);
        double result = Math.ScaleB(Math.Round(Math.ScaleB(x, -ulp)), ulp);
        return Math.Abs(result) >= overflow ? double.CopySign(double.PositiveInfinity, x) : double.CopySign(result, x);
    }

    /// <summary>The exponent of a unit in the last place of a finite number that need not be of the format.</summary>
    public int UlpExponent(double x) => x == 0 ? leastExponent : Math.Max(Math.ILogB(x) + 1 - precision, leastExponent);

    /// <summary>The bits of a number, in hexadecimal digits.</summary>
    public string Write(double x) => ToBits(x).ToString($"x{bits / 4}", CultureInfo.InvariantCulture);

    /// <summary>A number from the digits of its bits.</summary>
    public double Read(string hex) => FromBits(ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private sealed class Format<T>(
        string name, int precision, int leastExponent, double overflow, int bits,
        Func<ulong, T> fromBits, Func<double, ulong> toBits, Func<double, T> narrow, Func<T, double> widen)
        : NumberFormat(name, precision, leastExponent, overflow, bits)
        where T : unmanaged
    {
        [ThreadStatic] private static T[]? _buffer, _upstream, _partner, _other;

        public override double FromBits(ulong bits) => widen(fromBits(bits));

        public override ulong ToBits(double x) => toBits(x);

        public override void FromBits(ulong first, Span<double> x)
        {
            for (int i = 0; i < x.Length; i++)
                x[i] = widen(fromBits(first + (ulong)i));
        }

        public override void Compute(Activation activation, bool derivative, ReadOnlySpan<double> x, Span<double> y)
        {
            Span<T> buffer = Buffer(ref _buffer, x);
            if (derivative)
                ((ElementwiseActivation)activation).Derivative<T>(buffer, buffer);
            else
                activation.Forward<T>(buffer, buffer);
            Widen(buffer, y);
        }

        public override void Backward(Activation activation, ReadOnlySpan<double> x, ReadOnlySpan<double> dy, Span<double> dx)
        {
            Span<T> buffer = Buffer(ref _buffer, x), upstream = Buffer(ref _upstream, dy);
            activation.Backward<T>(buffer, upstream, buffer);
            Widen(buffer, dx);
        }

        public override void ComputeGated(
            GatedActivation activation,
            Judging.GatedDirection direction,
            ReadOnlySpan<double> gate,
            ReadOnlySpan<double> value,
            ReadOnlySpan<double> dy,
            Span<double> results)
        {
            Span<T> gates = Buffer(ref _buffer, gate), values = Buffer(ref _partner, value), upstream = Buffer(ref _upstream, dy);
            Span<T> other = Buffer(ref _other, gate);
            new Judging.GatedSubject(activation, direction, this).Compute<T>(gates, values, upstream, other);
            Widen(other, results);
        }

        private Span<T> Buffer(ref T[]? buffer, ReadOnlySpan<double> x)
        {
            if (buffer is null || buffer.Length < x.Length)
                buffer = new T[x.Length];
            for (int i = 0; i < x.Length; i++)
                buffer[i] = narrow(x[i]);
            return buffer.AsSpan(0, x.Length);
        }

        private void Widen(ReadOnlySpan<T> numbers, Span<double> y)
        {
            for (int i = 0; i < numbers.Length; i++)
                y[i] = widen(numbers[i]);
        }
    }
}
