using Nonlinear.Numerics;

namespace Nonlinear.Explorer;

/// <summary>
/// The number that computes as a textbook prints: every operation in float, every function by its definition. Evaluated over it, the
/// library's own formula shows where the definition overflows, vanishes or cancels.
/// </summary>
internal readonly struct NaiveSingle(float value) : IReal<NaiveSingle>
{
    private static readonly float Sqrt2 = MathF.Sqrt(2), SqrtTwoPi = MathF.Sqrt(2 * MathF.PI);

    public float Value { get; } = value;

    public static implicit operator NaiveSingle(double value) => new((float)value);
    public static NaiveSingle Of(Constant constant) => new((float)constant.High);

    public static NaiveSingle operator +(NaiveSingle a, NaiveSingle b) => new(a.Value + b.Value);
    public static NaiveSingle operator -(NaiveSingle a, NaiveSingle b) => new(a.Value - b.Value);
    public static NaiveSingle operator *(NaiveSingle a, NaiveSingle b) => new(a.Value * b.Value);
    public static NaiveSingle operator /(NaiveSingle a, NaiveSingle b) => new(a.Value / b.Value);
    public static NaiveSingle operator -(NaiveSingle a) => new(-a.Value);
    public static NaiveSingle operator <(NaiveSingle a, NaiveSingle b) => new(a.Value < b.Value ? 1 : 0);
    public static NaiveSingle operator >(NaiveSingle a, NaiveSingle b) => new(a.Value > b.Value ? 1 : 0);
    public static NaiveSingle Select(NaiveSingle mask, NaiveSingle whereTrue, NaiveSingle whereFalse) =>
        mask.Value != 0 ? whereTrue : whereFalse;

    public static NaiveSingle Max(NaiveSingle a, NaiveSingle b) => new(MathF.Max(a.Value, b.Value));
    public static NaiveSingle Abs(NaiveSingle x) => new(MathF.Abs(x.Value));
    public static NaiveSingle Exp(NaiveSingle x) => new(MathF.Exp(x.Value));
    public static NaiveSingle Expm1(NaiveSingle x) => Exp(x) - 1;
    public static NaiveSingle Log1p(NaiveSingle x) => new(MathF.Log(1 + x.Value));
    public static NaiveSingle Tanh(NaiveSingle x) => (Exp(x) - Exp(-x)) / (Exp(x) + Exp(-x));
    public static NaiveSingle TanhSlope(NaiveSingle x) => 1 - (Tanh(x) * Tanh(x));
    public static NaiveSingle Sigmoid(NaiveSingle x) => 1 / (1 + Exp(-x));
    public static NaiveSingle SigmoidSlope(NaiveSingle x) => Sigmoid(x) * (1 - Sigmoid(x));

    // As people type it: the logarithm and the exponential by hand, the tanh from the library at hand.
    public static NaiveSingle TanhSoftplus(NaiveSingle x) => new(MathF.Tanh(MathF.Log(1 + MathF.Exp(x.Value))));

    public static NaiveSingle TanhSoftplusSlope(NaiveSingle x)
    {
        NaiveSingle t = TanhSoftplus(x);
        return (1 - (t * t)) * Sigmoid(x);
    }

    public static NaiveSingle NormalCdf(NaiveSingle x) => (1 + new NaiveSingle(Erf(x.Value / Sqrt2))) / 2;
    public static NaiveSingle NormalPdf(NaiveSingle x) => Exp(-(x * x) / 2) / SqrtTwoPi;

    // A way to compute that no textbook prints.
    public static NaiveSingle NearRoot(NaiveSingle x, Root root, NaiveSingle elsewhere) => elsewhere;

    // erf is not to blame: it is computed in double and rounded once, better than most libraries have it. The framework has none.
    private static float Erf(float x)
    {
        double wide = x;
        if (Math.Abs(wide) < 1e-3)
            return (float)(2 / Math.Sqrt(Math.PI) * wide * (1 - (wide * wide / 3)));
        double z = wide * Math.Sqrt(2);
        return double.IsFinite(z) ? (float)((2 * Activation.Gelu().Forward(z) / z) - 1) : MathF.CopySign(1, x);
    }
}
