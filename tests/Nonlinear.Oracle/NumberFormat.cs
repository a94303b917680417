using System.Globalization;

namespace Nonlinear.Oracle;

/// <summary>A floating-point format whose numbers are all doubles, and how the library computes on it.</summary>
public abstract class NumberFormat(string name, int precision, int leastExponent, double overflow, int bits)
{
    public static IReadOnlyList<NumberFormat> All { get; } =
    [
        new Format<float>("float", 24, -149, Math.ScaleB(1, 128), 32, bits => BitConverter.UInt32BitsToSingle((uint)bits), x => BitConverter.SingleToUInt32Bits((float)x), x => (float)x, x => x, (a, x, y) => a.Forward(x, y), (a, x, y) => a.Derivative(x, y)),
        new Format<double>("double", 53, -1074, double.PositiveInfinity, 64, bits => BitConverter.UInt64BitsToDouble(bits), BitConverter.DoubleToUInt64Bits, x => x, x => x, (a, x, y) => a.Forward(x, y), (a, x, y) => a.Derivative(x, y)),
        new Format<Half>("half", 11, -24, 65536, 16, bits => BitConverter.UInt16BitsToHalf((ushort)bits), x => BitConverter.HalfToUInt16Bits((Half)x), x => (Half)x, x => (double)x, (a, x, y) => a.Forward(x, y), (a, x, y) => a.Derivative(x, y)),
        new Format<BFloat16>("bfloat16", 8, -133, Math.ScaleB(1, 128), 16, bits => BFloat16.FromBits((ushort)bits), x => ((BFloat16)x).ToBits(), x => (BFloat16)x, x => x, (a, x, y) => a.Forward(x, y), (a, x, y) => a.Derivative(x, y)),
    ];

    public string Name => name;

    /// <summary>The bits of a significand.</summary>
    public int Precision => precision;

    /// <summary>The smallest positive number is 2 to this.</summary>
    public int LeastExponent => leastExponent;

    /// <summary>What rounds to this or more is ∞.</summary>
    public double Overflow => overflow;

    /// <summary>The bits of a number.</summary>
    public int Bits => bits;

    public static NumberFormat Named(string name) => All.First(format => format.Name == name);

    public abstract double FromBits(ulong bits);

    public abstract ulong ToBits(double x);

    /// <summary>The library's results on the format.</summary>
    public abstract double[] Compute(Activation activation, bool derivative, ReadOnlySpan<double> x);

    public string Write(double x) => ToBits(x).ToString($"x{bits / 4}", CultureInfo.InvariantCulture);

    public double Read(string hex) => FromBits(ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private delegate void Operation<T>(Activation activation, ReadOnlySpan<T> x, Span<T> y);

    private sealed class Format<T>(
        string name, int precision, int leastExponent, double overflow, int bits,
        Func<ulong, T> fromBits, Func<double, ulong> toBits, Func<double, T> narrow, Func<T, double> widen,
        Operation<T> forward, Operation<T> derivative)
        : NumberFormat(name, precision, leastExponent, overflow, bits)
        where T : unmanaged
    {
        public override double FromBits(ulong bits) => widen(fromBits(bits));

        public override ulong ToBits(double x) => toBits(x);

        public override double[] Compute(Activation activation, bool derivativeWanted, ReadOnlySpan<double> x)
        {
            T[] source = new T[x.Length], target = new T[x.Length];
            for (int i = 0; i < x.Length; i++)
                source[i] = narrow(x[i]);
            (derivativeWanted ? derivative : forward)(activation, source, target);
            return Array.ConvertAll(target, value => widen(value));
        }
    }
}
