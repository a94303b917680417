using System.Numerics;

namespace Nonlinear.Numerics;

/// <summary>
/// A number of 448 bits, m · 2ᵏ with whole numbers m and k, for the few results that pairs of doubles leave open: half way between two
/// floats, and next to nothing more or less. It is slow, and has the digits that tell.
/// </summary>
/// <remarks>
/// Results are rounded to odd: one that is not exact never ends in an even bit (S. Boldo, G. Melquiond, Emulation of FMA and Correctly
/// Rounded Sums: Proved Algorithms Using Rounding to Odd, 2008). So what is next to nothing less than a tie stays below it, whatever it is
/// multiplied by. Exponents do not end. There is one zero and no ∞; what has no value is NaN. A number is a reference to its digits, which
/// keeps the code of the formulas short.
/// </remarks>
internal readonly struct LongReal : IReal<LongReal>
{
    /// <summary>How many bits a number has at most: for the smallest float those of 1 - x², and three floats' product below them.</summary>
    public const int Bits = 448;

    // Below the last bit of a sum all that counts is whether there is anything.
    private const int RoomBelow = 64;

    // Beyond these σ and tanh are as near to 1 as matters: what they lack is far below the last bit of three numbers' product, and within
    // Bits. The slopes of gates are held there as a whole, lest what σ lacks here be weighed against what σ′ really is.
    private const double FarOut = 200, FarOutOfTanh = 100;

    private static readonly Digits s_zero = new(BigInteger.Zero, 0), s_none = new(BigInteger.Zero, 0);

    private readonly Digits? _digits;

    private LongReal(BigInteger m, long k) => _digits = new(m, k);

    private LongReal(Digits digits) => _digits = digits;

    /// <summary>What has no value.</summary>
    public static LongReal NaN => new(s_none);

    /// <summary>A number beyond all doubles, for which a function has settled.</summary>
    public static LongReal Beyond(bool positive) => new(positive ? 1 : -1, 1 << 18);

    /// <summary>m · 2ᵏ, rounded to odd.</summary>
    public static LongReal Rounded(BigInteger m, long k)
    {
        int excess = BitLength(m) - Bits;
        if (excess <= 0)
            return new(m, k);
        BigInteger size = BigInteger.Abs(m), kept = size >> excess;
        if (kept << excess != size)
            kept |= BigInteger.One;
        return new(m.Sign < 0 ? -kept : kept, k + excess);
    }

    /// <summary>Whether it has no value.</summary>
    public bool IsNaN => ReferenceEquals(_digits, s_none);

    /// <summary>Whether it is exactly 0.</summary>
    public bool IsZero => !IsNaN && M.IsZero;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => M.Sign;

    /// <summary>|x| is from 2 to one less up to 2 to this.</summary>
    public long Top => K + BitLength(M);

    private BigInteger M => (_digits ?? s_zero).M;

    private long K => (_digits ?? s_zero).K;

    /// <summary>x · 2ᶠ rounded down to a whole number.</summary>
    public BigInteger ToFixed(int fractionBits)
    {
        long shift = K + fractionBits;
        return shift >= 0 ? M << checked((int)shift) : M >> (int)Math.Min(-shift, int.MaxValue);
    }

    /// <summary>x · 2ⁿ</summary>
    public LongReal Scale(long power) => IsZero || IsNaN ? this : new(M, K + power);

    /// <summary>A double next to it.</summary>
    public double ToDouble() => ToOddDouble();

    /// <summary>The double that it is rounded to, to odd: rounded once more, to any narrower type, it is the number rounded once.</summary>
    public double ToOddDouble()
    {
        const int bits = 53, below = -1000, above = 1000;
        if (IsNaN)
            return double.NaN;
        if (IsZero)
            return 0;
        if (Top < below)
            return Sign * double.Epsilon;
        if (Top > above)
            return Sign * double.MaxValue;
        BigInteger size = BigInteger.Abs(M);
        int excess = BitLength(size) - bits;
        BigInteger kept = excess > 0 ? size >> excess : size << -excess;
        if (excess > 0 && kept << excess != size)
            kept |= BigInteger.One;
        return Sign * Math.ScaleB((double)kept, (int)(K + excess));
    }

    public static implicit operator LongReal(double value)
    {
        const int mantissaBits = 52, bias = 1075;
        if (!double.IsFinite(value))
            return NaN;
        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(value)), mantissa = bits & ((1L << mantissaBits) - 1);
        int exponent = (int)(bits >> mantissaBits);
        BigInteger m = exponent == 0 ? mantissa : mantissa | (1L << mantissaBits);
        return new(value < 0 ? -m : m, Math.Max(exponent, 1) - bias);
    }

    public static LongReal Of(Constant constant) => (LongReal)constant.High + constant.Low;

    public static LongReal operator +(LongReal a, LongReal b)
    {
        if (a.IsNaN || b.IsNaN)
            return NaN;
        if (a.IsZero || b.IsZero)
            return a.IsZero ? b : a;
        (LongReal large, LongReal small) = a.Top >= b.Top ? (a, b) : (b, a);
        long least = large.Top - Bits - RoomBelow;
        if (small.Top < least)
            small = new(small.Sign, least);
        long k = Math.Min(large.K, small.K);
        return Rounded((large.M << (int)(large.K - k)) + (small.M << (int)(small.K - k)), k);
    }

    public static LongReal operator -(LongReal a, LongReal b) => a + -b;

    public static LongReal operator -(LongReal a) => a.IsNaN ? a : new(-a.M, a.K);

    public static LongReal operator *(LongReal a, LongReal b) =>
        a.IsNaN || b.IsNaN ? NaN : Rounded(a.M * b.M, a.K + b.K);

    public static LongReal operator /(LongReal a, LongReal b)
    {
        if (a.IsNaN || b.IsNaN || b.IsZero)
            return NaN;
        int shift = Math.Max(0, Bits + 2 + BitLength(b.M) - BitLength(a.M));
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(a.M) << shift, BigInteger.Abs(b.M), out BigInteger rest);
        // A bit more says whether anything is left.
        quotient = (quotient << 1) | (rest.IsZero ? BigInteger.Zero : BigInteger.One);
        return Rounded(a.Sign * b.Sign < 0 ? -quotient : quotient, a.K - b.K - shift - 1);
    }

    public static LongReal operator <(LongReal a, LongReal b) => (a - b).Sign < 0 ? 1 : 0;
    public static LongReal operator >(LongReal a, LongReal b) => b < a;

    public static LongReal Select(LongReal mask, LongReal whereTrue, LongReal whereFalse) => mask.IsZero ? whereFalse : whereTrue;
    public static LongReal Max(LongReal a, LongReal b) => a.IsNaN || b.IsNaN ? NaN : Select(a > b, a, b);
    public static LongReal Abs(LongReal x) => x.Sign < 0 ? -x : x;

    public static LongReal Sqrt(LongReal x)
    {
        if (x.IsNaN || x.Sign < 0)
            return NaN;
        if (x.IsZero)
            return x;
        // To an even exponent, and to twice the digits of the root.
        int shift = Math.Max(0, (2 * Bits) + 2 - BitLength(x.M));
        shift += (int)((x.K - shift) & 1);
        BigInteger square = x.M << shift, root = BigInteger.One << ((BitLength(square) / 2) + 1);
        for (BigInteger next = (root + (square / root)) >> 1; next < root; next = (root + (square / root)) >> 1)
            root = next;
        root = (root << 1) | (root * root == square ? BigInteger.Zero : BigInteger.One);
        return Rounded(root, ((x.K - shift) >> 1) - 1);
    }

    public static LongReal Exp(LongReal x) => LongElementary.Exp(x);
    public static LongReal Expm1(LongReal x) => LongElementary.Expm1(x);
    public static LongReal Log(LongReal x) => LongElementary.Log(x);
    public static LongReal Log1p(LongReal x) => LongElementary.Log1p(x);
    public static LongReal Sin(LongReal x) => LongElementary.Sin(x);
    public static LongReal Cos(LongReal x) => LongElementary.Cos(x);
    public static LongReal Erf(LongReal x) => LongElementary.Erf(x);
    public static LongReal NormalPdf(LongReal x) => LongElementary.NormalPdf(x);
    public static LongReal NormalCdf(LongReal x) => LongElementary.NormalCdf(x);

    public static LongReal Tanh(LongReal x)
    {
        LongReal m = Expm1(2 * AtMost(FarOutOfTanh, Abs(x))), tanh = m / (m + 2);
        return x.Sign < 0 ? -tanh : tanh;
    }

    public static LongReal TanhDerivative(LongReal x) => 4 * SigmoidDerivative(2 * x);

    public static LongReal Sigmoid(LongReal x)
    {
        if (x.Sign > 0)
            return 1 / (1 + Exp(-AtMost(FarOut, x)));
        LongReal e = Exp(x);
        return e / (1 + e);
    }

    public static LongReal SigmoidDerivative(LongReal x)
    {
        LongReal decay = Exp(-Abs(x)), sum = 1 + decay;
        return decay / (sum * sum);
    }

    public static LongReal TanhSoftplus(LongReal x)
    {
        LongReal e = Exp(AtMost(FarOutOfTanh, x)), n = e * (e + 2);
        return n / (n + 2);
    }

    public static LongReal TanhSoftplusDerivative(LongReal x)
    {
        LongReal e = Exp(x), sum = (e * (e + 2)) + 2;
        return 4 * e * (1 + e) / (sum * sum);
    }

    public static LongReal SigmoidGateDerivative(LongReal z) => GateDerivatives.Sigmoid(AtMost(FarOut, z));
    public static LongReal NormalGateDerivative(LongReal z) => GateDerivatives.Normal(AtMost(LongElementary.FarOutOfNormal, z));
    public static LongReal TanhSoftplusGateDerivative(LongReal z) => GateDerivatives.TanhSoftplus(AtMost(FarOutOfTanh, z));

    public static LongReal Settled(double bound, LongReal x) => AtMost(bound, x);

    /// <summary>x, or a bound that it does not exceed.</summary>
    public static LongReal AtMost(double bound, LongReal x) => (x - bound).Sign > 0 ? bound : x;

    private static int BitLength(BigInteger m) => (int)BigInteger.Abs(m).GetBitLength();

    private sealed class Digits(BigInteger m, long k)
    {
        public readonly BigInteger M = m;
        public readonly long K = k;
    }
}
