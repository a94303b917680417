using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// A dual number, v + v′ε with ε² = 0: evaluating a formula over it gives the value and the derivative together. Nested once, it
/// gives the second derivative.
/// </summary>
internal readonly struct Dual<V>(V value, V tangent) : IReal<Dual<V>>
    where V : struct, IReal<V>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public readonly V Value = value, Tangent = tangent;

    [MethodImpl(Inline)] public static Dual<V> Variable(V value) => new(value, 1);
    [MethodImpl(Inline)] public static Dual<V> Constant(V value) => new(value, 0);
    [MethodImpl(Inline)] public static Parameters<Dual<V>> Constants(in Parameters<V> p) =>
        new(Constant(p[0]), Constant(p[1]), Constant(p[2]), Constant(p[3]));

    /// <summary>The parameters, of which the one at a position varies.</summary>
    [MethodImpl(Inline)] public static Parameters<Dual<V>> VariableAt(int index, in Parameters<V> p) => new(
        index == 0 ? Variable(p[0]) : Constant(p[0]),
        index == 1 ? Variable(p[1]) : Constant(p[1]),
        index == 2 ? Variable(p[2]) : Constant(p[2]),
        index == 3 ? Variable(p[3]) : Constant(p[3]));

    [MethodImpl(Inline)] public static implicit operator Dual<V>(double value) => new(value, 0);
    [MethodImpl(Inline)] public static Dual<V> Of(Constant constant) => new(V.Of(constant), 0);

    [MethodImpl(Inline)] public static Dual<V> operator +(Dual<V> a, Dual<V> b) => new(a.Value + b.Value, a.Tangent + b.Tangent);
    [MethodImpl(Inline)] public static Dual<V> operator -(Dual<V> a, Dual<V> b) => new(a.Value - b.Value, a.Tangent - b.Tangent);
    [MethodImpl(Inline)] public static Dual<V> operator -(Dual<V> a) => new(-a.Value, -a.Tangent);

    [MethodImpl(Inline)] public static Dual<V> operator *(Dual<V> a, Dual<V> b) =>
        new(a.Value * b.Value, a.Tangent * b.Value + b.Tangent * a.Value);

    [MethodImpl(Inline)] public static Dual<V> operator /(Dual<V> a, Dual<V> b)
    {
        V quotient = a.Value / b.Value;
        return new(quotient, (a.Tangent - b.Tangent * quotient) / b.Value);
    }

    [MethodImpl(Inline)] public static Dual<V> operator <(Dual<V> a, Dual<V> b) => new(a.Value < b.Value, 0);
    [MethodImpl(Inline)] public static Dual<V> operator >(Dual<V> a, Dual<V> b) => new(a.Value > b.Value, 0);

    [MethodImpl(Inline)] public static Dual<V> Select(Dual<V> mask, Dual<V> whereTrue, Dual<V> whereFalse) =>
        new(V.Select(mask.Value, whereTrue.Value, whereFalse.Value), V.Select(mask.Value, whereTrue.Tangent, whereFalse.Tangent));

    [MethodImpl(Inline)] public static Dual<V> Max(Dual<V> a, Dual<V> b) =>
        new(V.Max(a.Value, b.Value), V.Select(a.Value > b.Value, a.Tangent, b.Tangent));

    [MethodImpl(Inline)] public static Dual<V> Min(Dual<V> a, Dual<V> b) =>
        new(V.Min(a.Value, b.Value), V.Select(a.Value < b.Value, a.Tangent, b.Tangent));

    [MethodImpl(Inline)] public static Dual<V> Abs(Dual<V> x) => new(V.Abs(x.Value), V.Select(x.Value > 0, x.Tangent, -x.Tangent));

    [MethodImpl(Inline)] public static Dual<V> Exp(Dual<V> x) => Chain(x, V.Exp(x.Value), V.Exp(x.Value));
    [MethodImpl(Inline)] public static Dual<V> Expm1(Dual<V> x) => Chain(x, V.Expm1(x.Value), V.Exp(x.Value));
    [MethodImpl(Inline)] public static Dual<V> Log1p(Dual<V> x) => Chain(x, V.Log1p(x.Value), 1 / (1 + x.Value));
    [MethodImpl(Inline)] static Dual<V> IReal<Dual<V>>.Log1pOfFraction(Dual<V> x) =>
        Chain(x, V.Log1pOfFraction(x.Value), 1 / (1 + x.Value));

    [MethodImpl(Inline)] public static Dual<V> Log(Dual<V> x) => Chain(x, V.Log(x.Value), 1 / x.Value);
    [MethodImpl(Inline)] public static Dual<V> Softplus(Dual<V> x) => Chain(x, V.Softplus(x.Value), V.Sigmoid(x.Value));
    [MethodImpl(Inline)] public static Dual<V> Sin(Dual<V> x) => Chain(x, V.Sin(x.Value), V.Cos(x.Value));
    [MethodImpl(Inline)] public static Dual<V> Cos(Dual<V> x) => Chain(x, V.Cos(x.Value), -V.Sin(x.Value));

    [MethodImpl(Inline)] public static Dual<V> Sqrt(Dual<V> x)
    {
        V root = V.Sqrt(x.Value);
        return new(root, x.Tangent / (2 * root));
    }

    [MethodImpl(Inline)] public static Dual<V> SinOfProduct(Dual<V> a, Dual<V> b) =>
        Chain(a * b, V.SinOfProduct(a.Value, b.Value), V.CosOfProduct(a.Value, b.Value));

    [MethodImpl(Inline)] public static Dual<V> CosOfProduct(Dual<V> a, Dual<V> b) =>
        Chain(a * b, V.CosOfProduct(a.Value, b.Value), -V.SinOfProduct(a.Value, b.Value));

    [MethodImpl(Inline)] public static Dual<V> OnePlusSinOfProduct(Dual<V> a, Dual<V> b) =>
        Chain(a * b, V.OnePlusSinOfProduct(a.Value, b.Value), V.CosOfProduct(a.Value, b.Value));

    [MethodImpl(Inline)] public static Dual<V> CancellingSum(Dual<V> a, Dual<V> b) =>
        new(V.CancellingSum(a.Value, b.Value), V.CancellingSum(a.Tangent, b.Tangent));

    // 2/√π e^(-x²) = 2√2 φ(√2 x)
    [MethodImpl(Inline)] public static Dual<V> Erf(Dual<V> x)
    {
        V root = V.Of(DoubleElementary.SqrtTwo);
        return Chain(x, V.Erf(x.Value), 2 * root * V.NormalPdf(root * x.Value));
    }

    [MethodImpl(Inline)] public static Dual<V> Tanh(Dual<V> x) => Chain(x, V.Tanh(x.Value), V.TanhDerivative(x.Value));
    [MethodImpl(Inline)] public static Dual<V> Sigmoid(Dual<V> x) => Chain(x, V.Sigmoid(x.Value), V.SigmoidDerivative(x.Value));
    [MethodImpl(Inline)] public static Dual<V> NormalCdf(Dual<V> x) => Chain(x, V.NormalCdf(x.Value), V.NormalPdf(x.Value));

    [MethodImpl(Inline)] public static Dual<V> TanhSoftplus(Dual<V> x) =>
        Chain(x, V.TanhSoftplus(x.Value), V.TanhSoftplusDerivative(x.Value));

    [MethodImpl(Inline)] public static Dual<V> TanhDerivative(Dual<V> x)
    {
        V derivative = V.TanhDerivative(x.Value);
        return Chain(x, derivative, -2 * V.Tanh(x.Value) * derivative);
    }

    [MethodImpl(Inline)] public static Dual<V> SigmoidDerivative(Dual<V> x)
    {
        V derivative = V.SigmoidDerivative(x.Value);
        return Chain(x, derivative, -V.Tanh(0.5 * x.Value) * derivative); // σ″ = σ′ (1 - 2σ), and 1 - 2σ(x) = -tanh(x/2)
    }

    [MethodImpl(Inline)] public static Dual<V> NormalPdf(Dual<V> x)
    {
        V density = V.NormalPdf(x.Value);
        return Chain(x, density, -(density * x.Value));
    }

    // With t = tanh(log(1 + eˣ)): t′ = (1 - t²) σ(x), so t″ = t′ (σ(-x) - 2 t σ(x)).
    [MethodImpl(Inline)] public static Dual<V> TanhSoftplusDerivative(Dual<V> x)
    {
        V derivative = V.TanhSoftplusDerivative(x.Value);
        return Chain(x, derivative, derivative * (V.Sigmoid(-x.Value) - 2 * V.TanhSoftplus(x.Value) * V.Sigmoid(x.Value)));
    }

    [MethodImpl(Inline)] public static Dual<V> TimesSigmoid(Dual<V> x, Dual<V> z)
    {
        (V gate, V derivative) = V.SigmoidAndDerivative(z.Value);
        return new(V.TimesSigmoid(x.Value, z.Value), x.Tangent * gate + derivative * z.Tangent * x.Value);
    }

    [MethodImpl(Inline)] public static Dual<V> TimesNormalCdf(Dual<V> x, Dual<V> z)
    {
        (V cdf, V pdf) = V.NormalCdfAndPdf(z.Value);
        return new(V.TimesNormalCdf(x.Value, z.Value), x.Tangent * cdf + pdf * z.Tangent * x.Value);
    }

    [MethodImpl(Inline)] public static Dual<V> TimesTanhSoftplus(Dual<V> x, Dual<V> z)
    {
        (V gate, V derivative) = V.TanhSoftplusAndDerivative(z.Value);
        return new(V.TimesTanhSoftplus(x.Value, z.Value), x.Tangent * gate + derivative * z.Tangent * x.Value);
    }

    [MethodImpl(Inline)] private static Dual<V> Chain(Dual<V> x, V value, V derivative) => new(value, derivative * x.Tangent);
}
