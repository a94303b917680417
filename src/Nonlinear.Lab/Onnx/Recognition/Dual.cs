using MathNet.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>A number and its slope by the input of the function that it belongs to.</summary>
/// <param name="Value">The number.</param>
/// <param name="Slope">The slope.</param>
internal readonly record struct Dual(double Value, double Slope = 0)
{
    public static implicit operator Dual(double number) => new(number);

    public static Dual operator +(Dual a, Dual b) => new(a.Value + b.Value, a.Slope + b.Slope);

    public static Dual operator -(Dual a, Dual b) => new(a.Value - b.Value, a.Slope - b.Slope);

    public static Dual operator -(Dual a) => new(-a.Value, -a.Slope);

    public static Dual operator *(Dual a, Dual b) => new(a.Value * b.Value, Product(a.Slope, b.Value) + Product(a.Value, b.Slope));

    public static Dual operator /(Dual a, Dual b)
    {
        double quotient = a.Value / b.Value;
        return new(quotient, (a.Slope - Product(quotient, b.Slope)) / b.Value);
    }

    /// <summary>Another function of this number, by its value and its derivative there.</summary>
    public Dual Through(double value, double derivative) => new(value, Product(derivative, Slope));

    public static Dual Exp(Dual x) => x.Through(Math.Exp(x.Value), Math.Exp(x.Value));

    public static Dual Log(Dual x) => x.Through(Math.Log(x.Value), 1 / x.Value);

    public static Dual Sqrt(Dual x) => x.Through(Math.Sqrt(x.Value), 0.5 / Math.Sqrt(x.Value));

    public static Dual Erf(Dual x) => x.Through(SpecialFunctions.Erf(x.Value), 2 / Math.Sqrt(Math.PI) * Math.Exp(-x.Value * x.Value));

    public static Dual Tanh(Dual x)
    {
        double cosh = Math.Cosh(x.Value);
        return x.Through(Math.Tanh(x.Value), 1 / (cosh * cosh));
    }

    public static Dual Sigmoid(Dual x)
    {
        double e = Math.Exp(-Math.Abs(x.Value)), small = e / (1 + e);
        return x.Through(x.Value >= 0 ? 1 / (1 + e) : small, small / (1 + e));
    }

    public static Dual Softplus(Dual x) => x.Through(
        Math.Max(x.Value, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x.Value))),
        Sigmoid(x.Value).Value);

    public static Dual Expm1(Dual x) => x.Through(
        Math.Abs(x.Value) < 1e-5 ? x.Value + (x.Value * x.Value / 2) : Math.Exp(x.Value) - 1,
        Math.Exp(x.Value));

    public static Dual NormalCdf(Dual x) => x.Through(
        SpecialFunctions.Erfc(-x.Value / Math.Sqrt(2)) / 2,
        Math.Exp(-x.Value * x.Value / 2) / Math.Sqrt(2 * Math.PI));

    public static Dual Abs(Dual x) => x.Value < 0 ? -x : x.Value > 0 ? x : new(0);

    public static Dual Max(Dual a, Dual b) => double.IsNaN(a.Value) || a.Value > b.Value ? a : b;

    public static Dual Min(Dual a, Dual b) => double.IsNaN(a.Value) || a.Value < b.Value ? a : b;

    public static Dual Pow(Dual x, Dual y) =>
        y.Slope == 0 ? x.Through(Math.Pow(x.Value, y.Value), y.Value * Math.Pow(x.Value, y.Value - 1)) : Exp(y * Log(x));

    // A part that does not depend on the input has no slope, whatever it is multiplied by.
    private static double Product(double factor, double slope) => slope == 0 || factor == 0 ? 0 : factor * slope;
}
