namespace Nonlinear;

/// <summary>How results are computed: to the last bit, or as fast as can be.</summary>
public enum Tier
{
    /// <summary>Every float, Half and BFloat16 is the number of its type nearest to the exact value. The default.</summary>
    Exact,

    /// <summary>Floats within a few units in the last place, at twice the speed and more; other types as in <see cref="Exact"/>.</summary>
    Fast,
}
