using Lane = Nonlinear.Numerics.Lanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Numerics;

/// <summary>
/// A number as a pair of doubles times a power of two, m · 2ᵏ, whose exponent cannot underflow. It is slow, and recomputes only those
/// double results that are too small for <see cref="Pair{L}"/> to hold all their bits: the far tails of σ, Φ and the like.
/// </summary>
internal readonly struct Scaled : IReal<Scaled>
{
    // Beyond these, a function over pairs is its limit to every bit or leaves the range of a double, and its tail is used instead.
    private const double Tiny = 1e-90, Far = 100;

    private readonly Pair<Lane> _m;
    private readonly int _k;

    private Scaled(Pair<Lane> m, int k)
    {
        double high = m.High.Value;
        int shift = high == 0 || !double.IsFinite(high) ? 0 : Math.ILogB(high);
        _m = new(Math.ScaleB(high, -shift), Math.ScaleB(m.Low.Value, -shift));
        _k = high == 0 ? int.MinValue / 4 : k + shift;
    }

    /// <summary>The nearest double, subnormal ones included.</summary>
    public double Round()
    {
        double high = _m.High.Value, low = _m.Low.Value;
        if (_k >= -1022 || !double.IsFinite(high))
            return Math.ScaleB(high, Math.Min(_k, 1100));
        if (_k < -1080)
            return high * 0;

        // The nearest multiple of the smallest double, in units of 2ᵏ; high alone decides unless it lies next to a tie.
        double quantum = Math.ScaleB(1, -1074 - _k), shift = Math.ScaleB(quantum, 52);
        double nearest = Math.Abs(high) + shift - shift;
        double rest = Math.Abs(high) - nearest + (low * Math.Sign(high));
        if (Math.Abs(rest) > quantum / 2)
            nearest += Math.CopySign(quantum, rest);
        return Math.CopySign(Math.ScaleB(nearest, _k), high);
    }

    public static implicit operator Scaled(double value) => new(value, 0);
    public static Scaled Of(Constant constant) => new(Pair<Lane>.Of(constant), 0);

    public static Scaled operator *(Scaled a, Scaled b) => new(a._m * b._m, a._k + b._k);
    public static Scaled operator /(Scaled a, Scaled b) => new(a._m / b._m, a._k - b._k);
    public static Scaled operator -(Scaled a) => new(-a._m, a._k);
    public static Scaled operator -(Scaled a, Scaled b) => a + -b;

    public static Scaled operator +(Scaled a, Scaled b)
    {
        (Scaled large, Scaled small) = a._k >= b._k ? (a, b) : (b, a);
        int shift = small._k - large._k;
        return shift < -200 ? large : new(large._m + Shift(small._m, shift), large._k);
    }

    public static Scaled operator <(Scaled a, Scaled b) => (a - b)._m.High.Value < 0 ? 1 : 0;
    public static Scaled operator >(Scaled a, Scaled b) => b < a;
    public static Scaled Select(Scaled mask, Scaled whereTrue, Scaled whereFalse) => mask.IsZero ? whereFalse : whereTrue;
    public static Scaled Max(Scaled a, Scaled b) => Select(a > b, a, b);
    public static Scaled Abs(Scaled x) => x._m.High.Value < 0 ? -x : x;

    // The result is tiny here, and so is what the series would give; only the distance to the root decides.
    public static Scaled NearRoot(Scaled x, Root root, Scaled elsewhere)
    {
        Pair<Lane> near = Pair<Lane>.NearRoot(x.Clamped, root, double.NaN);
        return double.IsNaN(near.High.Value) ? elsewhere : new(near, 0);
    }

    public static Scaled Exp(Scaled x)
    {
        if (x.Clamped.High.Value < -2000)
            return 0;
        (Pair<Lane> p, Lane shifted) = PairElementary.Split(x.Clamped);
        return new(1 + p, (int)(shifted.Value - Elementary.Rounder));
    }

    public static Scaled Expm1(Scaled x) => x.IsTiny ? x : new(PairElementary.Expm1(x.Clamped), 0);
    public static Scaled Log1p(Scaled x) => x.IsTiny ? x : new(PairElementary.Log1p(x.Clamped), 0);
    public static Scaled Tanh(Scaled x) => x.IsTiny ? x : new(PairElementary.Tanh(x.Clamped), 0);
    public static Scaled TanhSlope(Scaled x) => 4 * SigmoidSlope(2 * x);
    public static Scaled Sigmoid(Scaled x) => x.IsFarBelow ? Exp(x) : new(PairElementary.Sigmoid(x.Clamped), 0);
    public static Scaled SigmoidSlope(Scaled x) => (-Abs(x)).IsFarBelow ? Exp(-Abs(x)) : new(PairElementary.SigmoidSlope(x.Clamped), 0);
    public static Scaled TanhSoftplus(Scaled x) => x.IsFarBelow ? Exp(x) : new(PairElementary.TanhSoftplus(x.Clamped), 0);

    public static Scaled TanhSoftplusSlope(Scaled x) =>
        x.IsFarBelow ? Exp(x) : (-x).IsFarBelow ? 4 * Exp(-2 * x) : new(PairElementary.TanhSoftplusSlope(x.Clamped), 0);

    public static Scaled NormalPdf(Scaled x) => Of(PairElementary.InverseSqrtTwoPi) * Exp(-0.5 * x * x);

    public static Scaled NormalCdf(Scaled x) => x.Clamped.High.Value < -1
        ? Exp(-0.5 * x * x) * new Scaled(PairElementary.TailRatio(Pair<Lane>.Abs(x.Clamped)), 0)
        : new(PairElementary.NormalCdf(x.Clamped), 0);

    private bool IsZero => _m.High.Value == 0;
    private bool IsTiny => Math.Abs(Clamped.High.Value) < Tiny;
    private bool IsFarBelow => Clamped.High.Value < -Far;

    // The number as a pair, where it fits into the range of doubles; else a very small or a very large one.
    private Pair<Lane> Clamped => Shift(_m, Math.Clamp(_k, -900, 900));

    private static Pair<Lane> Shift(Pair<Lane> m, int k) => new(Math.ScaleB(m.High.Value, k), Math.ScaleB(m.Low.Value, k));
}
