using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Numerics;

/// <summary>
/// A number as a pair of doubles times a power of two, m · 2ᵏ, whose exponent cannot underflow. It is slow, and recomputes only those
/// double results that are too small for <see cref="DoubleDouble{L}"/> to hold all their bits: the far tails of σ, Φ and the like.
/// </summary>
internal readonly struct ExtendedExponent : IReal<ExtendedExponent>
{
    // Beyond these, a function over pairs is its limit to every bit or leaves the range of a double, and its tail is used instead.
    private const double Tiny = 1e-90, Far = 100;

    // Smaller powers of e are nothing even times the two largest doubles.
    private const double Vanishing = -2300;

    // The exponents of a number that stands for ∞, and of an exponential that is larger than its powers.
    private const int BeyondDoubles = 1 << 18, BeyondAll = 1 << 24;

    private readonly DoubleDouble<Lane> _m;
    private readonly int _k;

    private ExtendedExponent(DoubleDouble<Lane> m, int k)
    {
        double high = m.High.Value;
        int shift = high == 0 || !double.IsFinite(high) ? 0 : Math.ILogB(high);
        _m = new(Math.ScaleB(high, -shift), Math.ScaleB(m.Low.Value, -shift));
        _k = high == 0 ? int.MinValue / 4 : k + shift;
    }

    /// <summary>A number beyond all doubles, for which a function has settled.</summary>
    public static ExtendedExponent Beyond(bool positive) => new(positive ? 1 : -1, BeyondDoubles);

    /// <summary>Whether it is neither infinite nor NaN.</summary>
    public bool IsFinite => double.IsFinite(_m.High.Value);

    /// <summary>The nearest double, subnormal ones included.</summary>
    public double Round()
    {
        double high = _m.High.Value, low = _m.Low.Value;
        if (_k >= -1022 || !double.IsFinite(high))
            return Math.ScaleB(high, Math.Min(_k, 1100));
        if (_k < -1080)
            return high * 0;

        // The nearest multiple of the smallest double, in units of 2ᵏ. High alone decides; of a tie low does, however small it is.
        double quantum = Math.ScaleB(1, -1074 - _k), shift = Math.ScaleB(quantum, 52);
        double nearest = Math.Abs(high) + shift - shift, rest = Math.Abs(high) - nearest;
        if (Math.Abs(rest) == quantum / 2 && Math.Sign(rest) * Math.Sign(low) == Math.Sign(high))
            nearest += Math.CopySign(quantum, rest);
        return Math.CopySign(Math.ScaleB(nearest, _k), high);
    }

    public static implicit operator ExtendedExponent(double value) => new(value, 0);
    public static ExtendedExponent Of(Constant constant) => new(DoubleDouble<Lane>.Of(constant), 0);

    public static ExtendedExponent operator *(ExtendedExponent a, ExtendedExponent b) => new(a._m * b._m, a._k + b._k);
    public static ExtendedExponent operator /(ExtendedExponent a, ExtendedExponent b) => new(a._m / b._m, a._k - b._k);
    public static ExtendedExponent operator -(ExtendedExponent a) => new(-a._m, a._k);
    public static ExtendedExponent operator -(ExtendedExponent a, ExtendedExponent b) => a + -b;

    public static ExtendedExponent operator +(ExtendedExponent a, ExtendedExponent b)
    {
        (ExtendedExponent large, ExtendedExponent small) = a._k >= b._k ? (a, b) : (b, a);
        int shift = small._k - large._k;
        return shift < -200 ? large : new(large._m + Shift(small._m, shift), large._k);
    }

    public static ExtendedExponent operator <(ExtendedExponent a, ExtendedExponent b) => (a - b)._m.High.Value < 0 ? 1 : 0;
    public static ExtendedExponent operator >(ExtendedExponent a, ExtendedExponent b) => b < a;
    public static ExtendedExponent Select(ExtendedExponent mask, ExtendedExponent whereTrue, ExtendedExponent whereFalse) =>
        mask.IsZero ? whereFalse : whereTrue;
    public static ExtendedExponent Max(ExtendedExponent a, ExtendedExponent b) => Select(a > b, a, b);
    public static ExtendedExponent Abs(ExtendedExponent x) => x._m.High.Value < 0 ? -x : x;

    public static ExtendedExponent SigmoidGateDerivative(ExtendedExponent z) =>
        NearRoot<SigmoidGateRoot>(z, GateDerivatives.Sigmoid(z));

    public static ExtendedExponent NormalGateDerivative(ExtendedExponent z) =>
        NearRoot<NormalGateRoot>(z, GateDerivatives.Normal(z));

    public static ExtendedExponent TanhSoftplusGateDerivative(ExtendedExponent z) =>
        NearRoot<TanhSoftplusGateRoot>(z, GateDerivatives.TanhSoftplus(z));

    // The result is tiny here, and so is what the series would give; only the distance to the root decides.
    public static ExtendedExponent NearRoot<TRoot>(ExtendedExponent x, ExtendedExponent elsewhere)
        where TRoot : struct, IRoot
    {
        DoubleDouble<Lane> near = DoubleDouble<Lane>.NearRoot<TRoot>(x.Clamped, double.NaN);
        return double.IsNaN(near.High.Value) ? elsewhere : new(near, 0);
    }

    public static ExtendedExponent Exp(ExtendedExponent x) => Exp(x, precisely: false);

    public static ExtendedExponent PreciseExp(ExtendedExponent x) => Exp(x, precisely: true);

    private static ExtendedExponent Exp(ExtendedExponent x, bool precisely)
    {
        if (x.Clamped.High.Value < Vanishing)
            return 0;
        if (x.Clamped.High.Value > -Vanishing)
            return new(1, BeyondAll);
        (DoubleDouble<Lane> p, Lane shifted) =
            precisely ? DoubleDoubleElementary.PreciseSplit(x.Clamped) : DoubleDoubleElementary.Split(x.Clamped);
        return new(1 + p, (int)(shifted.Value - DoubleElementary.Rounder));
    }

    public static ExtendedExponent Expm1(ExtendedExponent x) =>
        x.IsTiny ? x : x.IsFarAbove ? Exp(x) : new(DoubleDoubleElementary.Expm1(x.Clamped), 0);
    public static ExtendedExponent Log1p(ExtendedExponent x) =>
        x.IsTiny ? x : x.IsFarAbove ? Log(1 + x) : new(DoubleDoubleElementary.Log1p(x.Clamped), 0);
    public static ExtendedExponent Erf(ExtendedExponent x) => x.IsTiny
        ? new ExtendedExponent(new DoubleDouble<Lane>(ErfSeries.Slope, ErfSeries.SlopeLow), 0) * x
        : new(DoubleDoubleElementary.Erf(x.Clamped), 0);

    public static ExtendedExponent Log(ExtendedExponent x) => x.IsZero ? double.NegativeInfinity : new ExtendedExponent(
        DoubleDoubleElementary.Log(x._m)
            + ((DoubleDouble<Lane>)(double)x._k * new DoubleDouble<Lane>(DoubleConstants.Ln2, DoubleConstants.Ln2Rest)),
        0);

    public static ExtendedExponent Sqrt(ExtendedExponent x) =>
        x.IsZero ? x : new ExtendedExponent(DoubleDoubleElementary.Sqrt(Shift(x._m, x._k & 1)), x._k >> 1);

    public static ExtendedExponent Sin(ExtendedExponent x) =>
        x.IsTiny ? x : new ExtendedExponent(DoubleDoubleTrigonometry.Sin(x.Angle), 0);

    public static ExtendedExponent Cos(ExtendedExponent x) =>
        x.IsTiny ? 1 : new ExtendedExponent(DoubleDoubleTrigonometry.Cos(x.Angle), 0);

    public static ExtendedExponent OnePlusSinOfProduct(ExtendedExponent a, ExtendedExponent b)
    {
        ExtendedExponent angle = a * b;
        return angle.IsTiny ? 1 + angle : new ExtendedExponent(DoubleDoubleTrigonometry.OnePlusSin(angle.Angle), 0);
    }

    public static ExtendedExponent Tanh(ExtendedExponent x) => x.IsTiny ? x : new(DoubleDoubleElementary.Tanh(x.Clamped), 0);
    public static ExtendedExponent TanhDerivative(ExtendedExponent x) => 4 * SigmoidDerivative(2 * x);
    public static ExtendedExponent Sigmoid(ExtendedExponent x) => x.IsFarBelow ? Exp(x) : new(DoubleDoubleElementary.Sigmoid(x.Clamped), 0);
    public static ExtendedExponent SigmoidDerivative(ExtendedExponent x) =>
        (-Abs(x)).IsFarBelow ? Exp(-Abs(x)) : new(DoubleDoubleElementary.SigmoidDerivative(x.Clamped), 0);
    public static ExtendedExponent TanhSoftplus(ExtendedExponent x) =>
        x.IsFarBelow ? Exp(x) : new(DoubleDoubleElementary.TanhSoftplus(x.Clamped), 0);

    public static ExtendedExponent TanhSoftplusDerivative(ExtendedExponent x) =>
        x.IsFarBelow ? Exp(x) : (-x).IsFarBelow ? 4 * Exp(-2 * x) : new(DoubleDoubleElementary.TanhSoftplusDerivative(x.Clamped), 0);

    public static ExtendedExponent NormalPdf(ExtendedExponent x) => Of(DoubleDoubleElementary.InverseSqrtTwoPi) * Exp(-0.5 * x * x);

    public static ExtendedExponent NormalCdf(ExtendedExponent x) => x.Clamped.High.Value switch
    {
        < -DoubleDoubleNormalTail.End => FarTail(x),
        < -1 => Exp(-0.5 * x * x) * new ExtendedExponent(DoubleDoubleNormalTail.Ratio(DoubleDouble<Lane>.Abs(x.Clamped)), 0),
        _ => new(DoubleDoubleElementary.NormalCdf(x.Clamped), 0),
    };

    // φ(t)/t (1 - 1/t² (1 - 3/t² (1 - 5/t² …))) for t = -x, the asymptotic series: smaller than all doubles, but not its product with one.
    private static ExtendedExponent FarTail(ExtendedExponent x)
    {
        ExtendedExponent density = NormalPdf(x), square = x * x, sum = 1;
        if (density.IsZero)
            return density;
        for (int k = 15; k > 0; k -= 2)
            sum = 1 - (k * sum / square);
        return density * sum / -x;
    }

    /// <summary>Whether it is exactly 0.</summary>
    public bool IsZero => _m.High.Value == 0;
    private bool IsTiny => Math.Abs(Clamped.High.Value) < Tiny;
    private bool IsFarAbove => Clamped.High.Value > Far;

    private Angle<Lane> Angle => Angle<Lane>.Of(_m, _k);

    private bool IsFarBelow => Clamped.High.Value < -Far;

    // The number as a pair, where it fits into the range of doubles; else a very small or a very large one.
    private DoubleDouble<Lane> Clamped => Shift(_m, Math.Clamp(_k, -900, 900));

    private static DoubleDouble<Lane> Shift(DoubleDouble<Lane> m, int k) => new(Math.ScaleB(m.High.Value, k), Math.ScaleB(m.Low.Value, k));
}
