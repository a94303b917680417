using System.Text;

namespace Nonlinear.Oracle;

/// <summary>
/// A number of <see cref="Precision"/> bits, or of <see cref="WidePrecision"/>. Numbers live in an arena of the thread and are good until
/// the next <see cref="Reset"/>, so that millions of evaluations leave nothing to collect.
/// </summary>
public readonly struct BigFloat : INumber<BigFloat>
{
    /// <summary>
    /// Enough for every cancellation in the oracle's formulas: 53 bits of result, 60 lost near a zero crossing, and room to spare.
    /// </summary>
    public const int Precision = 256;

    /// <summary>Enough to tell 1 + x from x at the ends of a double's range, and their squares.</summary>
    public const int WidePrecision = 2304;

    // e to this power, times the precision, is all but lost beside 1.
    private const double AllButLost = 0.66;

    [ThreadStatic] private static Mpfr.Number[]? _arena, _usual, _wide;
    [ThreadStatic] private static int _used;

    private readonly int _index;

    private BigFloat(int index) => _index = index;

    private static Mpfr.Number[] Arena => _arena ??= _usual ??= NewArena(Precision);

    private ref Mpfr.Number Value => ref Arena[_index];

    /// <summary>Takes back every number of this thread, and says how many bits the next ones have.</summary>
    /// <param name="wide">Whether they have <see cref="WidePrecision"/>: slow, for numbers far from 1.</param>
    public static void Reset(bool wide = false)
    {
        _arena = wide ? _wide ??= NewArena(WidePrecision) : _usual ??= NewArena(Precision);
        _used = 0;
    }

    /// <summary>How many numbers are in use, to go back to with <see cref="Release"/>.</summary>
    public static int Mark() => _used;

    /// <summary>Takes back the numbers since a mark.</summary>
    public static void Release(int mark) => _used = mark;

    /// <inheritdoc/>
    public static implicit operator BigFloat(double value)
    {
        BigFloat y = Next();
        Mpfr.SetDouble(ref y.Value, value);
        return y;
    }

    /// <inheritdoc/>
    public static BigFloat Parse(string digits)
    {
        BigFloat y = Next();
        Mpfr.SetText(ref y.Value, digits);
        return y;
    }

    /// <inheritdoc/>
    public static BigFloat Nowhere => double.NaN;

    /// <inheritdoc/>
    public static BigFloat Pi
    {
        get
        {
            BigFloat y = Next();
            Mpfr.Pi(ref y.Value);
            return y;
        }
    }

    /// <summary>Whether it is neither NaN nor ±∞.</summary>
    public bool IsFinite => Mpfr.IsNumber(Value) != 0;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Mpfr.Sign(Value);

    /// <inheritdoc/>
    public static BigFloat operator +(BigFloat a, BigFloat b) => Make(Mpfr.Add, a, b);
    /// <inheritdoc/>
    public static BigFloat operator -(BigFloat a, BigFloat b) => Make(Mpfr.Subtract, a, b);
    /// <inheritdoc/>
    public static BigFloat operator *(BigFloat a, BigFloat b) => Make(Mpfr.Multiply, a, b);
    /// <inheritdoc/>
    public static BigFloat operator /(BigFloat a, BigFloat b) => Make(Mpfr.Divide, a, b);
    /// <inheritdoc/>
    public static BigFloat operator -(BigFloat a) => Make(Mpfr.Negate, a);
    /// <inheritdoc/>
    public static bool operator >(BigFloat a, BigFloat b) => Mpfr.Compare(a.Value, b.Value) > 0;
    /// <inheritdoc/>
    public static bool operator <(BigFloat a, BigFloat b) => Mpfr.Compare(a.Value, b.Value) < 0;
    /// <inheritdoc/>
    public static BigFloat Sqrt(BigFloat x) => Make(Mpfr.Sqrt, x);
    /// <inheritdoc/>
    public static BigFloat Exp(BigFloat x) => Make(Mpfr.Exp, x);
    /// <inheritdoc/>
    public static BigFloat Expm1(BigFloat x) => Make(Mpfr.Expm1, x);
    /// <inheritdoc/>
    public static BigFloat Log1p(BigFloat x) => Make(Mpfr.Log1p, x);
    /// <inheritdoc/>
    public static BigFloat Log(BigFloat x) => Make(Mpfr.Log, x);
    /// <inheritdoc/>
    public static BigFloat Sin(BigFloat x) => Make(Mpfr.Sin, x);
    /// <inheritdoc/>
    public static BigFloat Erf(BigFloat x) => Make(Mpfr.Erf, Held(x, -Math.Sqrt(FarOut), Math.Sqrt(FarOut)));
    /// <inheritdoc/>
    public static BigFloat Cos(BigFloat x) => Make(Mpfr.Cos, x);
    /// <inheritdoc/>
    public static BigFloat Tanh(BigFloat x) => Make(Mpfr.Tanh, Held(x, -FarOut / 2, FarOut / 2));
    /// <inheritdoc/>
    public static BigFloat Erfc(BigFloat x) => Make(Mpfr.Erfc, Held(x, -Math.Sqrt(FarOut), double.PositiveInfinity));

    /// <inheritdoc/>
    public static BigFloat Sigmoid(BigFloat x)
    {
        if (x > 0)
            return 1 / (1 + Exp(-Held(x, 0, FarOut)));
        BigFloat e = Exp(x);
        return e / (1 + e);
    }

    /// <inheritdoc/>
    public static bool IsZero(BigFloat x) => x.Sign == 0;

    /// <summary>Adds to the number itself, which the terms of a long sum need not outlive.</summary>
    public void Add(BigFloat term) => Mpfr.Add(ref Value, Value, term.Value);

    /// <summary>x · 2ᵏ</summary>
    public static BigFloat Scale(BigFloat x, int power)
    {
        BigFloat y = Next();
        Mpfr.Scale(ref y.Value, x.Value, power);
        return y;
    }

    /// <summary>|x| is from 2 to one less up to 2 to this; of 0 and NaN it is the least there is, of ±∞ the largest.</summary>
    public long Exponent => Sign == 0 ? long.MinValue : IsFinite ? Mpfr.GetExponent(Value) : long.MaxValue;

    /// <summary>The nearest double.</summary>
    public double ToDouble() => Mpfr.GetDouble(Value);

    /// <summary>So many leading decimal digits, as text that <see cref="Parse"/> reads.</summary>
    public unsafe string ToText(int digits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 2);
        Span<byte> text = stackalloc byte[digits + 2];
        nint exponent;
        fixed (byte* first = text)
            Mpfr.GetText(first, out exponent, 10, (nuint)digits, Value);
        string sign = Sign < 0 ? "-" : "";
        return $"{sign}0.{Encoding.ASCII.GetString(text.Slice(sign.Length, digits))}e{exponent}";
    }

    /// <inheritdoc/>
    public static BigFloat Min(BigFloat a, BigFloat b) => IsZero(a) && IsZero(b) && double.IsNegative(a.ToDouble()) ? a : b > a ? a : b;

    /// <summary>The nearest number of a format, ties to even, rounded once; subnormal numbers and overflow included.</summary>
    public double Round(NumberFormat format)
    {
        if (!IsFinite || Sign == 0)
            return ToDouble();
        int exponent = (int)Mpfr.GetExponent(Value); // |x| is from 2^(exponent - 1) to 2^exponent
        int bits = Math.Min(format.Precision, exponent - format.LeastExponent);
        if (bits < 0)
            return Sign * 0.0;
        if (bits == 0)
        {
            // Between half the smallest number and all of it; half itself goes to the even neighbour, which is 0.
            BigFloat half = Scale(Sign, format.LeastExponent - 1);
            return Mpfr.Compare(Value, half.Value) == 0 ? Sign * 0.0 : Math.ScaleB(Sign, format.LeastExponent);
        }
        Mpfr.Number rounded = default;
        BigFloat copy = Next();
        Mpfr.Set(ref copy.Value, Value);
        rounded = copy.Value;
        Mpfr.RoundToPrecision(ref copy.Value, bits);
        double result = copy.ToDouble();
        copy.Value.Precision = rounded.Precision;
        return Math.Abs(result) >= format.Overflow ? Sign * double.PositiveInfinity : result;
    }

    /// <summary>Whether it lies half way between two numbers of a format.</summary>
    public bool IsTie(NumberFormat format)
    {
        if (!IsFinite || Sign == 0)
            return false;
        BigFloat nearest = Round(format), other = this + (this - nearest);
        return nearest.IsFinite && (this - nearest).Sign != 0 && (other - other.Round(format)).Sign == 0;
    }

    /// <summary>How far a result is off, in units of the last place of the exact value.</summary>
    public double ErrorInUlps(double result, NumberFormat format)
    {
        double nearest = Round(format);
        if (nearest.Equals(result) || (nearest == 0 && result == 0 && Sign == 0))
            return 0.5;
        if (!double.IsFinite(result) || !IsFinite)
            return double.PositiveInfinity;
        int exponent = Sign == 0 ? format.LeastExponent : (int)Mpfr.GetExponent(Value);
        int ulp = Math.Max(exponent - format.Precision, format.LeastExponent);
        return Math.Abs(Scale(this - result, -ulp).ToDouble());
    }

    // Where σ(x) has come as close to 1 as matters, and tanh(x/2) and erf(√x) with it: closer than any product of three doubles comes to a
    // tie without lying on it, and not so close that 1 itself would be the nearest number.
    private static double FarOut => AllButLost * Arena[0].Precision;

    private static BigFloat Held(BigFloat x, double least, double most) => x > most ? most : x < least ? least : x;

    private delegate int Unary(ref Mpfr.Number y, in Mpfr.Number x, int rounding);

    private delegate int Binary(ref Mpfr.Number y, in Mpfr.Number a, in Mpfr.Number b, int rounding);

    private static BigFloat Make(Unary function, BigFloat x)
    {
        BigFloat y = Next();
        function(ref y.Value, x.Value, 0);
        return y;
    }

    private static BigFloat Make(Binary function, BigFloat a, BigFloat b)
    {
        BigFloat y = Next();
        function(ref y.Value, a.Value, b.Value, 0);
        return y;
    }

    private static BigFloat Next()
    {
        if (_used == Arena.Length)
            Grow();
        return new(_used++);
    }

    private static void Grow()
    {
        Mpfr.Number[] old = Arena, larger = NewArena((int)old[0].Precision, 2 * old.Length, old);
        if (ReferenceEquals(old, _wide))
            _wide = larger;
        else
            _usual = larger;
        _arena = larger;
    }

    private static Mpfr.Number[] NewArena(int precision, int length = 4096, ReadOnlySpan<Mpfr.Number> begun = default)
    {
        Mpfr.Number[] arena = GC.AllocateArray<Mpfr.Number>(length, pinned: true);
        begun.CopyTo(arena);
        for (int i = begun.Length; i < arena.Length; i++)
            Mpfr.Init(ref arena[i], precision);
        return arena;
    }
}
