using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>What the outputs of one vector have in common.</summary>
/// <param name="max">The largest input.</param>
/// <param name="value">What the function makes of rest, Σ e^(x - max) over all inputs but one largest.</param>
/// <param name="decay">e^gap</param>
/// <param name="gap">How far the second largest input lies above the largest: 0 if they are equal, else below 0.</param>
/// <param name="ratio">Σ e^(x - second) over the same inputs, so that rest is e^gap times this even where it is too small for a
/// double.</param>
internal readonly struct Normalizer<V>(V max, V value, V decay, DoubleDouble<Lane> gap, DoubleDouble<Lane> ratio)
    where V : struct, IReal<V>
{
    // Of a vector that holds NaN or +∞, or nothing but -∞.
    public static Normalizer<V> Undefined => new(double.NaN, double.NaN, double.NaN, new(double.NaN, 0), 0);

    public bool IsDefined => !double.IsNaN(gap.High.Value);

    public readonly V Max = max, Value = value, Decay = decay;

    public ExtendedExponent ExtendedExponentRest() => ExtendedExponent.Exp(ToExtendedExponent(gap)) * ToExtendedExponent(ratio);

    private static ExtendedExponent ToExtendedExponent(DoubleDouble<Lane> x) => (ExtendedExponent)x.High.Value + x.Low.Value;
}
