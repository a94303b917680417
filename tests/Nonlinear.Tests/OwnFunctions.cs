using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

// Functions as users write them, with none to four parameters; among them they use every primitive. Beside each stands its formula over the
// oracle's numbers.

/// <summary>log(1 + eˣ)</summary>
public readonly struct OwnSoftplus : IElementwise<OwnSoftplus>, IFormula
{
    public static ActivationInfo Info { get; } = new("own_softplus", "Own softplus") { Source = "C. Dugas et al., 2001" };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Max(x, 0) + V.Log1p(V.Exp(-V.Abs(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sigmoid(x);

    public N Evaluate<N>(N x, IReadOnlyList<double> p)
        where N : struct, INumber<N> => N.Softplus(x);
}

/// <summary>x · Φ(βx)</summary>
public readonly struct OwnNormalGate : IElementwise<OwnNormalGate>, IFormula
{
    public static ActivationInfo Info { get; } =
        new("own_normal_gate", "Own normal gate") { Source = "none", Parameters = [new("beta", "β", 1.3)] };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesNormalCdf(x, p[0] * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NormalGateDerivative(p[0] * x);

    public N Evaluate<N>(N x, IReadOnlyList<double> p)
        where N : struct, INumber<N> => x * N.Erfc(-(p[0] * x) / N.Sqrt(2)) / 2;
}

/// <summary>x · σ(βx)</summary>
public readonly struct OwnSigmoidGate : IElementwise<OwnSigmoidGate>, IFormula
{
    public static ActivationInfo Info { get; } =
        new("own_sigmoid_gate", "Own sigmoid gate") { Source = "none", Parameters = [new("beta", "β", 1.702)] };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesSigmoid(x, p[0] * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SigmoidGateDerivative(p[0] * x);

    public N Evaluate<N>(N x, IReadOnlyList<double> p)
        where N : struct, INumber<N> => x * N.Sigmoid(p[0] * x);
}

/// <summary>α x · tanh(log(1 + e^βx))</summary>
public readonly struct OwnMish : IElementwise<OwnMish>, IFormula
{
    public static ActivationInfo Info { get; } =
        new("own_mish", "Own mish") { Source = "none", Parameters = [new("alpha", "α", 1.25), new("beta", "β", 0.5)] };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * V.TimesTanhSoftplus(x, p[1] * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * V.TanhSoftplusGateDerivative(p[1] * x);

    public N Evaluate<N>(N x, IReadOnlyList<double> p)
        where N : struct, INumber<N> => p[0] * x * N.Tanh(N.Softplus(p[1] * x));
}

/// <summary>α tanh(βx), whose derivative is derived.</summary>
public readonly struct OwnScaledTanh : IElementwise<OwnScaledTanh>, IFormula
{
    public static ActivationInfo Info { get; } = new("own_scaled_tanh", "Own scaled tanh")
    {
        Source = "Y. LeCun et al., 1998",
        Parameters = [new("alpha", "α", 1.7159), new("beta", "β", 2.0 / 3)],
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * V.Tanh(p[1] * x);

    public N Evaluate<N>(N x, IReadOnlyList<double> p)
        where N : struct, INumber<N> => p[0] * N.Tanh(p[1] * x);
}

/// <summary>γx where x > 0, α (e^βx - 1) elsewhere: a third parameter.</summary>
public readonly struct OwnElu : IElementwise<OwnElu>, IFormula
{
    public static ActivationInfo Info { get; } = new("own_elu", "Own ELU")
    {
        Source = "none",
        Parameters = [new("alpha", "α", 0.75), new("beta", "β", 1.5), new("gamma", "γ", 1.125)],
        Kinks = [0],
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, p[2] * x, p[0] * V.Expm1(p[1] * x));

    public N Evaluate<N>(N x, IReadOnlyList<double> p)
        where N : struct, INumber<N> => x > 0 ? p[2] * x : p[0] * N.Expm1(p[1] * x);
}

/// <summary>α σ(βx) + γ Φ(δx): a fourth parameter, and terms of one sign.</summary>
public readonly struct OwnSteps : IElementwise<OwnSteps>, IFormula
{
    public static ActivationInfo Info { get; } = new("own_steps", "Own steps")
    {
        Source = "none",
        Parameters = [new("alpha", "α", 0.5), new("beta", "β", 2), new("gamma", "γ", 0.25), new("delta", "δ", 0.75)],
        AtPlusInfinity = 0.75,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * V.Sigmoid(p[1] * x) + p[2] * V.NormalCdf(p[3] * x);

    public N Evaluate<N>(N x, IReadOnlyList<double> p)
        where N : struct, INumber<N> => (p[0] * N.Sigmoid(p[1] * x)) + (p[2] * N.Erfc(-(p[3] * x) / N.Sqrt(2)) / 2);
}

/// <summary>φ(x) · tanh(log(1 + eˣ)) / (1 + |x|): what no other function here uses.</summary>
public readonly struct OwnMixture : IElementwise<OwnMixture>, IFormula
{
    public static ActivationInfo Info { get; } = new("own_mixture", "Own mixture") { Source = "none", Kinks = [0], Monotone = false };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NormalPdf(x) * V.TanhSoftplus(x) / V.MultiplyAdd(V.Abs(x), 1, 1);

    // Its terms cancel left of 0; only the function itself is judged.
    public N Evaluate<N>(N x, IReadOnlyList<double> p)
        where N : struct, INumber<N> =>
        N.Exp(-(x * x / 2)) / N.Sqrt(2 * N.Pi) * N.Tanh(N.Softplus(x)) / (1 + N.Abs(x));
}
