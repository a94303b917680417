using System.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Numerics;

/// <summary>
/// Angles of any size less whole quarters of a turn, in whole numbers: only those 384 binary places of 2/π are multiplied whose products
/// are less than 2⁶⁴ quarters and more than 2⁻³²⁰ of one (M. Payne, R. Hanek, 1983).
/// </summary>
internal static class LargeAngle
{
    private const int WordBits = 64, FractionWords = 5, Words = FractionWords + 1, Digits = 53;

    /// <summary>
    /// (high + low) · 2^exponent, up to 2²⁰⁴⁸, as quarters from -1 to 2 and a rest between -π/4 and π/4; NaN where the angle is not finite.
    /// </summary>
    public static (double Quarter, double High, double Low) Reduce(double high, double low, int exponent = 0)
    {
        if (!double.IsFinite(high) || !double.IsFinite(low))
            return (0, double.NaN, 0);
        if (high == 0)
            return (0, high, 0);
        Span<ulong> quarters = stackalloc ulong[Words];
        quarters.Clear();
        AddQuarters(high, exponent, quarters);
        AddQuarters(low, exponent, quarters);

        // What is left over half a quarter belongs to the next one, and is negative: as it is in two's complement.
        Span<ulong> rest = quarters[1..];
        bool isNegative = (long)rest[0] < 0;
        int quarter = (int)((quarters[0] + (isNegative ? 1UL : 0)) & 3);
        if (isNegative)
            Negate(rest);
        DoubleDouble<Lane> angle = Leading(rest) * new DoubleDouble<Lane>(AngleConstants.Quarter, AngleConstants.QuarterLow);
        if (isNegative)
            angle = -angle;
        return (quarter == 3 ? -1 : quarter, angle.High.Value, angle.Low.Value);
    }

    // Adds x · 2^exponent · 2/π to a number of a word and 320 binary places, the highest word first.
    private static void AddQuarters(double x, int exponent, Span<ulong> sum)
    {
        if (x == 0)
            return;
        int shift = Math.Max(Math.ILogB(x), -1022) - Digits + 1;
        ulong whole = (ulong)Math.Abs(Math.ScaleB(x, -shift));
        Span<ulong> product = stackalloc ulong[Words];
        ulong carry = 0;
        for (int i = Words - 1; i >= 0; i--)
        {
            ulong upper = Math.BigMul(whole, PlacesFrom(shift + exponent + ((i - 1) * WordBits)), out ulong lower);
            product[i] = lower + carry;
            carry = upper + (product[i] < lower ? 1UL : 0);
        }
        if (x < 0)
            Negate(product);
        Add(product, sum);
    }

    // The 64 binary places of 2/π behind so many; 0 where it has none, before the point and beyond those that any double needs.
    private static ulong PlacesFrom(int start)
    {
        int word = start >> 6, bits = start & (WordBits - 1);
        return bits == 0 ? Word(word) : (Word(word) << bits) | (Word(word + 1) >> (WordBits - bits));
    }

    private static ulong Word(int index)
    {
        ReadOnlySpan<ulong> words = AngleConstants.PerQuarterWords;
        return (uint)index < (uint)words.Length ? words[index] : 0;
    }

    private static void Add(ReadOnlySpan<ulong> x, Span<ulong> sum)
    {
        ulong carry = 0;
        for (int i = x.Length - 1; i >= 0; i--)
        {
            UInt128 both = (UInt128)sum[i] + x[i] + carry;
            (sum[i], carry) = ((ulong)both, (ulong)(both >> WordBits));
        }
    }

    private static void Negate(Span<ulong> x)
    {
        bool isZeroBehind = true;
        for (int i = x.Length - 1; i >= 0; i--)
        {
            bool isZero = x[i] == 0;
            x[i] = isZeroBehind ? 0 - x[i] : ~x[i];
            isZeroBehind &= isZero;
        }
    }

    // The first 106 digits of a fraction.
    private static DoubleDouble<Lane> Leading(ReadOnlySpan<ulong> fraction)
    {
        int zeros = 0;
        while (zeros < fraction.Length && fraction[zeros] == 0)
            zeros++;
        if (zeros == fraction.Length)
            return 0;
        int shift = BitOperations.LeadingZeroCount(fraction[zeros]), places = (zeros * WordBits) + shift;
        UInt128 leading = (new UInt128(At(fraction, zeros), At(fraction, zeros + 1)) << shift)
            | (At(fraction, zeros + 2) >> 1 >> (WordBits - 1 - shift));
        ulong high = (ulong)(leading >> (128 - Digits)), low = (ulong)(leading >> (128 - (2 * Digits))) & ((1UL << Digits) - 1);
        return DoubleDouble<Lane>.QuickSum(Math.ScaleB(high, -Digits - places), Math.ScaleB(low, (-2 * Digits) - places));
    }

    private static ulong At(ReadOnlySpan<ulong> words, int index) => index < words.Length ? words[index] : 0;
}
