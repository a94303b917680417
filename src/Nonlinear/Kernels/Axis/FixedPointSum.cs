using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>
/// How numbers from 0 to 1 are summed exactly where 51 bits of each suffice: as whole multiples of 2⁻⁵¹, in integers, so that the order
/// changes nothing.
/// </summary>
/// <remarks>n numbers are rounded by n · 2⁻⁵² in all: 2⁻³² of the sum for a million of them.</remarks>
internal static class FixedPointSum
{
    /// <summary>Added to a number from 0 to 1, it leaves the number of units in the low bits.</summary>
    public const double Shift = 3;

    /// <summary>The bits of it.</summary>
    public static long ShiftBits => BitConverter.DoubleToInt64Bits(Shift);

    /// <summary>So many terms fit into 63 bits.</summary>
    public const int MostTerms = 4000;

    private const int Bits = 51;

    private const double Unit = 1.0 / (1L << Bits);

    /// <summary>1</summary>
    public static Int128 One => Int128.One << Bits;

    /// <summary>The units of several lanes, to each of whose bits so many shifted terms were added.</summary>
    public static Int128 Of(ReadOnlySpan<double> lanes, int terms)
    {
        if (lanes.Length * terms > MostTerms)
        {
            Int128 total = 0;
            foreach (double lane in lanes)
                total += Of(lane, terms);
            return total;
        }
        long units = 0;
        foreach (double lane in lanes)
            units += Of(lane, terms);
        return units;
    }

    /// <summary>A number of units as a number.</summary>
    public static DoubleDouble<Lane> ToDoubleDouble(Int128 units)
    {
        bool isShort = units <= long.MaxValue;
        double high = isShort ? (long)units : (double)units;
        double low = isShort ? (long)units - (long)high : (double)(units - (Int128)high);
        return new(high * Unit, low * Unit);
    }

    /// <summary>The same of a number of units that fits.</summary>
    public static double ToDouble(long units) => units * Unit;

    /// <summary>The units of a lane.</summary>
    public static long Of(double lane, int terms) =>
        unchecked(BitConverter.DoubleToInt64Bits(lane) - (terms * ShiftBits));
}
