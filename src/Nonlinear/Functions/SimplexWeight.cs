using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear;

/// <summary>m · 2ᵏ, which may be far beyond all doubles: how much an output counts in a Jacobian.</summary>
internal readonly record struct SimplexWeight(Pair Mantissa, int Power)
{
    /// <summary>Whether it is 0.</summary>
    public bool IsZero => Mantissa.High.Value == 0;

    /// <summary>The exponent of the largest power of two that is not larger.</summary>
    public int Exponent => Math.ILogB(Mantissa.High.Value) + Power;

    public static implicit operator SimplexWeight(Pair value) => new(value, 0);

    public static SimplexWeight operator -(SimplexWeight value) => new(-value.Mantissa, value.Power);

    /// <summary>Its product with another.</summary>
    public SimplexWeight Times(SimplexWeight factor) => new(Mantissa * factor.Mantissa, Power + factor.Power);

    /// <summary>Its product with a power of two, as a pair of doubles; ∞ if it is too large.</summary>
    public Pair Scaled(int exponent)
    {
        double high = Math.ScaleB(Mantissa.High.Value, exponent + Power);
        return double.IsInfinity(high) ? (Pair)high : new Pair(high, Math.ScaleB(Mantissa.Low.Value, exponent + Power));
    }
}
