using Nonlinear.Numerics;

namespace Nonlinear.Tests;

/// <summary>A number of somebody's own: a double over the system's mathematics, which knows nothing of the library.</summary>
public readonly record struct OwnNumber(double Value) : IReal<OwnNumber>
{
    public static implicit operator OwnNumber(double value) => new(value);
    public static OwnNumber Of(Constant constant) => constant.High + constant.Low;

    public static OwnNumber operator +(OwnNumber a, OwnNumber b) => a.Value + b.Value;
    public static OwnNumber operator -(OwnNumber a, OwnNumber b) => a.Value - b.Value;
    public static OwnNumber operator *(OwnNumber a, OwnNumber b) => a.Value * b.Value;
    public static OwnNumber operator /(OwnNumber a, OwnNumber b) => a.Value / b.Value;
    public static OwnNumber operator -(OwnNumber a) => -a.Value;
    public static OwnNumber operator <(OwnNumber a, OwnNumber b) => a.Value < b.Value ? 1 : 0;
    public static OwnNumber operator >(OwnNumber a, OwnNumber b) => a.Value > b.Value ? 1 : 0;
    public static OwnNumber Select(OwnNumber mask, OwnNumber whereTrue, OwnNumber whereFalse) => mask.Value != 0 ? whereTrue : whereFalse;
    public static OwnNumber Max(OwnNumber a, OwnNumber b) => Math.Max(a.Value, b.Value);
    public static OwnNumber Abs(OwnNumber x) => Math.Abs(x.Value);

    public static OwnNumber Exp(OwnNumber x) => Math.Exp(x.Value);
    public static OwnNumber Expm1(OwnNumber x) => Math.Exp(x.Value) - 1;
    public static OwnNumber Log1p(OwnNumber x) => Math.Log(1 + x.Value);
    public static OwnNumber Log(OwnNumber x) => Math.Log(x.Value);
    public static OwnNumber Sqrt(OwnNumber x) => Math.Sqrt(x.Value);
    public static OwnNumber Sin(OwnNumber x) => Math.Sin(x.Value);
    public static OwnNumber Cos(OwnNumber x) => Math.Cos(x.Value);
    public static OwnNumber Erf(OwnNumber x) => 2 * NormalCdf(Math.Sqrt(2) * x.Value) - 1;
    public static OwnNumber Tanh(OwnNumber x) => Math.Tanh(x.Value);
    public static OwnNumber TanhDerivative(OwnNumber x) => 1 / Math.Pow(Math.Cosh(x.Value), 2);
    public static OwnNumber Sigmoid(OwnNumber x) => 1 / (1 + Math.Exp(-x.Value));
    public static OwnNumber SigmoidDerivative(OwnNumber x) => Sigmoid(x) * Sigmoid(-x);
    public static OwnNumber TanhSoftplus(OwnNumber x) => Math.Tanh(Math.Log(1 + Math.Exp(x.Value)));
    public static OwnNumber TanhSoftplusDerivative(OwnNumber x) => TanhDerivative(Math.Log(1 + Math.Exp(x.Value))) * Sigmoid(x);
    public static OwnNumber NormalPdf(OwnNumber x) => Math.Exp(-0.5 * x.Value * x.Value) / Math.Sqrt(2 * Math.PI);

    // ½ + φ(x) (x + x³/3 + x⁵/15 + …)
    public static OwnNumber NormalCdf(OwnNumber x)
    {
        double term = x.Value, sum = term;
        for (int odd = 3; odd < 2000; odd += 2)
            sum += term *= x.Value * x.Value / odd;
        return 0.5 + (NormalPdf(x) * sum);
    }
}
