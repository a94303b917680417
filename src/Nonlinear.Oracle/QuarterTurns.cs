using System.Numerics;

namespace Nonlinear.Oracle;

/// <summary>
/// A large angle less whole quarters of a turn, for <see cref="Interval"/>: the digits of 2/π that tell of the rest, times the angle in
/// whole numbers. With libm's own a result far out takes the judge 77 ns, so 31.
/// </summary>
internal static class QuarterTurns
{
    /// <summary>The rest, in radians, is within so many units in its last place.</summary>
    public const double Ulps = 4;

    // Below, libm is as quick; all doubles up to the largest have their digits, and the rest 128 of its own.
    private const double Least = 1 << 24;
    private const int WordBits = 64, Words = 19;

    private static readonly ulong[] Digits = TwoOverPi();

    /// <summary>Whether an angle is so large that this is worth it.</summary>
    public static bool Suit(double angle) => Math.Abs(angle) is >= Least and < double.PositiveInfinity;

    /// <summary>The quarters, modulo four, and what is left of the angle, from -π/4 to π/4.</summary>
    public static (int Quarter, double Left) Of(double angle)
    {
        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(angle));
        ulong whole = ((ulong)bits & ((1UL << 52) - 1)) | (1UL << 52);
        // Digits that stand for whole turns are skipped: the first that count is worth two quarters.
        int first = (int)(bits >> 52) - 1023 - 52 - 2;
        UInt128 turn = ((UInt128)(whole * Word(first)) << WordBits)
            + Math.BigMul(whole, Word(first + WordBits))
            + (Math.BigMul(whole, Word(first + (2 * WordBits))) >> WordBits);
        UInt128 rest = turn << 2;
        int quarter = (int)(ulong)(turn >> 126);
        // More than half a quarter is less than nothing of the next one.
        if ((long)(rest >> WordBits) < 0)
            quarter++;
        double quarters = Math.ScaleB((long)(rest >> WordBits), -WordBits) + Math.ScaleB((ulong)rest, -2 * WordBits);
        double left = quarters * (Math.PI / 2);
        return angle < 0 ? (-quarter & 3, -left) : (quarter & 3, left);
    }

    // 64 digits from a place on, which may lie before the first.
    private static ulong Word(int place)
    {
        int word = place >> 6, shift = place & (WordBits - 1);
        ulong high = At(word);
        return shift == 0 ? high : (high << shift) | (At(word + 1) >> (WordBits - shift));
    }

    private static ulong At(int word) => (uint)word < Words ? Digits[word] : 0;

    // π = 16 arctan(1/5) - 4 arctan(1/239) (J. Machin, 1706), with a word to spare.
    private static ulong[] TwoOverPi()
    {
        const int Bits = (Words + 1) * WordBits;
        BigInteger pi = (16 * ArcTangentOfInverse(5, Bits)) - (4 * ArcTangentOfInverse(239, Bits));
        BigInteger quotient = (BigInteger.One << (2 * Bits + 1)) / pi;
        return [.. Enumerable.Range(1, Words).Select(word => (ulong)(quotient >> (Bits - (word * WordBits)) & ulong.MaxValue))];
    }

    private static BigInteger ArcTangentOfInverse(int n, int bits)
    {
        BigInteger power = (BigInteger.One << bits) / n, sum = power;
        for (int k = 3; !power.IsZero; k += 2)
        {
            power /= -n * n;
            sum += power / k;
        }
        return sum;
    }
}
