using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.Lanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>What the outputs of one vector have in common.</summary>
/// <param name="max">The largest input.</param>
/// <param name="value">What the function makes of rest, Σ e^(x - max) over all inputs but one largest.</param>
/// <param name="decay">e^gap</param>
/// <param name="gap">How far the second largest input lies above the largest: 0 if they are equal, else below 0.</param>
/// <param name="ratio">Σ e^(x - second) over the same inputs, so that rest is e^gap times this even where it is too small for a double.</param>
internal readonly struct Normalizer<V>(V max, V value, V decay, Pair<Lane> gap, Pair<Lane> ratio)
    where V : struct, IReal<V>
{
    public readonly V Max = max, Value = value, Decay = decay;

    public Scaled ScaledRest() => Scaled.Exp(ToScaled(gap)) * ToScaled(ratio);

    private static Scaled ToScaled(Pair<Lane> x) => (Scaled)x.High.Value + x.Low.Value;
}
