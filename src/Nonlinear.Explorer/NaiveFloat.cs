using Nonlinear.Numerics;

namespace Nonlinear.Explorer;

/// <summary>
/// The number that computes as a formula is printed: every operation in float, every named function by its definition
/// (<see cref="NaiveDefinitions"/>). Evaluated over it, the library's own formula shows where the printed one overflows, vanishes or
/// cancels.
/// </summary>
internal readonly struct NaiveFloat(float value) : IReal<NaiveFloat>
{
    private static readonly float Sqrt2 = MathF.Sqrt(2), SqrtTwoPi = MathF.Sqrt(2 * MathF.PI);

    public float Value { get; } = value;

    public static implicit operator NaiveFloat(double value) => new((float)value);
    public static NaiveFloat Of(Constant constant) => new((float)constant.High);

    public static NaiveFloat operator +(NaiveFloat a, NaiveFloat b) => new(a.Value + b.Value);
    public static NaiveFloat operator -(NaiveFloat a, NaiveFloat b) => new(a.Value - b.Value);
    public static NaiveFloat operator *(NaiveFloat a, NaiveFloat b) => new(a.Value * b.Value);
    public static NaiveFloat operator /(NaiveFloat a, NaiveFloat b) => new(a.Value / b.Value);
    public static NaiveFloat operator -(NaiveFloat a) => new(-a.Value);
    public static NaiveFloat operator <(NaiveFloat a, NaiveFloat b) => new(a.Value < b.Value ? 1 : 0);
    public static NaiveFloat operator >(NaiveFloat a, NaiveFloat b) => new(a.Value > b.Value ? 1 : 0);
    public static NaiveFloat Select(NaiveFloat mask, NaiveFloat whereTrue, NaiveFloat whereFalse) =>
        mask.Value != 0 ? whereTrue : whereFalse;

    public static NaiveFloat Max(NaiveFloat a, NaiveFloat b) => new(MathF.Max(a.Value, b.Value));
    public static NaiveFloat Abs(NaiveFloat x) => new(MathF.Abs(x.Value));
    public static NaiveFloat Exp(NaiveFloat x) => new(MathF.Exp(x.Value));
    public static NaiveFloat Expm1(NaiveFloat x) => Exp(x) - 1;
    public static NaiveFloat Log1p(NaiveFloat x) => new(MathF.Log(1 + x.Value));
    public static NaiveFloat Log(NaiveFloat x) => new(MathF.Log(x.Value));
    public static NaiveFloat Softplus(NaiveFloat x) => Log(1 + Exp(x));
    public static NaiveFloat Sqrt(NaiveFloat x) => new(MathF.Sqrt(x.Value));
    public static NaiveFloat Sin(NaiveFloat x) => new(MathF.Sin(x.Value));
    public static NaiveFloat Cos(NaiveFloat x) => new(MathF.Cos(x.Value));
    public static NaiveFloat Erf(NaiveFloat x) => new(Erf(x.Value));
    public static NaiveFloat Tanh(NaiveFloat x) => new(MathF.Tanh(x.Value));

    public static NaiveFloat TanhDerivative(NaiveFloat x)
    {
        NaiveFloat sech = 2 / (Exp(x) + Exp(-x));
        return sech * sech;
    }

    public static NaiveFloat Sigmoid(NaiveFloat x) => 1 / (1 + Exp(-x));
    public static NaiveFloat SigmoidDerivative(NaiveFloat x) => Sigmoid(x) * Sigmoid(-x);
    public static NaiveFloat TanhSoftplus(NaiveFloat x) => Tanh(Softplus(x));
    public static NaiveFloat TanhSoftplusDerivative(NaiveFloat x) => TanhDerivative(Softplus(x)) * Sigmoid(x);

    public static NaiveFloat NormalCdf(NaiveFloat x) => (1 + new NaiveFloat(Erf(x.Value / Sqrt2))) / 2;
    public static NaiveFloat NormalPdf(NaiveFloat x) => Exp(-(x * x) / 2) / SqrtTwoPi;

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
