using System.Runtime.CompilerServices;

namespace Nonlinear.Oracle;

/// <summary>A number and its derivative by x, by the rules of calculus. At a kink it is the slope on the left.</summary>
/// <typeparam name="N">The number.</typeparam>
/// <param name="Value">The number.</param>
/// <param name="Tangent">Its derivative.</param>
public readonly record struct Dual<N>(N Value, N Tangent) : INumber<Dual<N>>
    where N : struct, INumber<N>
{
    /// <summary>x itself, whose derivative is 1.</summary>
    public static Dual<N> Variable(N x) => new(x, 1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Dual<N>(double value) => new(value, 0);

    /// <inheritdoc/>
    public static Dual<N> Parse(string digits) => new(N.Parse(digits), 0);

    /// <inheritdoc/>
    public static Dual<N> Nowhere => new(N.Nowhere, N.Nowhere);

    /// <inheritdoc/>
    public static Dual<N> Pi => new(N.Pi, 0);

    /// <inheritdoc/>
    public static bool IsZero(Dual<N> x) => N.IsZero(x.Value) && x.IsConstant;

    private bool IsConstant => N.IsZero(Tangent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<N> operator +(Dual<N> a, Dual<N> b) =>
        new(a.Value + b.Value, a.IsConstant ? b.Tangent : b.IsConstant ? a.Tangent : a.Tangent + b.Tangent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<N> operator -(Dual<N> a, Dual<N> b) => a + -b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<N> operator *(Dual<N> a, Dual<N> b) => new(
        a.Value * b.Value,
        a.IsConstant ? Times(b.Tangent, a.Value)
            : b.IsConstant ? Times(a.Tangent, b.Value)
            : (a.Tangent * b.Value) + (b.Tangent * a.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<N> operator /(Dual<N> a, Dual<N> b)
    {
        N quotient = a.Value / b.Value;
        return new(quotient, b.IsConstant ? Over(a.Tangent, b.Value) : (a.Tangent - (quotient * b.Tangent)) / b.Value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<N> operator -(Dual<N> a) => new(-a.Value, -a.Tangent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool operator >(Dual<N> a, Dual<N> b) => a.Value > b.Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool operator <(Dual<N> a, Dual<N> b) => a.Value < b.Value;

    /// <inheritdoc/>
    public static Dual<N> Select(Dual<N> a, Dual<N> b, Dual<N> whereGreater, Dual<N> otherwise) => new(
        N.Select(a.Value, b.Value, whereGreater.Value, otherwise.Value),
        N.Select(a.Value, b.Value, whereGreater.Tangent, otherwise.Tangent));

    /// <inheritdoc/>
    public static Dual<N> Sqrt(Dual<N> x)
    {
        N root = N.Sqrt(x.Value);
        return new(root, Over(x.Tangent, 2 * root));
    }

    /// <inheritdoc/>
    public static Dual<N> Exp(Dual<N> x)
    {
        N exp = N.Exp(x.Value);
        return new(exp, x.Tangent * exp);
    }

    /// <inheritdoc/>
    public static Dual<N> Expm1(Dual<N> x) => new(N.Expm1(x.Value), x.Tangent * N.Exp(x.Value));

    /// <inheritdoc/>
    public static Dual<N> Log(Dual<N> x) => new(
        N.Log(x.Value),
        N.IsZero(x.Value) ? double.PositiveInfinity : x.Value > 0 ? Over(x.Tangent, x.Value) : double.NaN);

    /// <inheritdoc/>
    public static Dual<N> Sin(Dual<N> x) => new(N.Sin(x.Value), Times(x.Tangent, N.Cos(x.Value)));

    /// <inheritdoc/>
    public static Dual<N> Cos(Dual<N> x) => new(N.Cos(x.Value), -Times(x.Tangent, N.Sin(x.Value)));

    /// <inheritdoc/>
    public static Dual<N> Erf(Dual<N> x) => new(N.Erf(x.Value), x.Tangent * N.ErfSlope * N.Exp(-(x.Value * x.Value)));

    // (1 + x / √(x² + b)) / 2
    /// <inheritdoc/>
    public static Dual<N> Squareplus(Dual<N> x, Dual<N> b)
    {
        N value = N.Squareplus(x.Value, b.Value);
        return new(value, x.Tangent * value / N.Sqrt((x.Value * x.Value) + b.Value));
    }

    /// <inheritdoc/>
    public static Dual<N> ExpTail(Dual<N> x) => new(N.ExpTail(x.Value), x.Tangent * N.Expm1(x.Value));

    /// <inheritdoc/>
    public static Dual<N> TanhShrink(Dual<N> x)
    {
        N tanh = N.Tanh(x.Value);
        return new(N.TanhShrink(x.Value), x.Tangent * (tanh * tanh));
    }

    /// <inheritdoc/>
    public static Dual<N> LogCosh(Dual<N> x) => new(N.LogCosh(x.Value), x.Tangent * N.Tanh(x.Value));

    /// <inheritdoc/>
    public static Dual<N> Log1p(Dual<N> x) => new(N.Log1p(x.Value), x.Tangent / (1 + x.Value));

    // sech²x = 4 σ′(2x), which neither cancels nor overflows.
    /// <inheritdoc/>
    public static Dual<N> Tanh(Dual<N> x) => new(N.Tanh(x.Value), x.Tangent * (4 * N.SigmoidSlope(2 * x.Value)));

    /// <inheritdoc/>
    public static Dual<N> Erfc(Dual<N> x) => new(N.Erfc(x.Value), -x.Tangent * N.ErfSlope * N.Exp(-(x.Value * x.Value)));

    /// <inheritdoc/>
    public static Dual<N> Sigmoid(Dual<N> x) => new(N.Sigmoid(x.Value), x.Tangent * N.SigmoidSlope(x.Value));

    /// <inheritdoc/>
    public static Dual<N> Softplus(Dual<N> x) => new(N.Softplus(x.Value), x.Tangent * N.Sigmoid(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static N Times(N tangent, N value) => N.IsZero(tangent) ? tangent : tangent * value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static N Over(N tangent, N value) => N.IsZero(tangent) ? tangent : tangent / value;
}
