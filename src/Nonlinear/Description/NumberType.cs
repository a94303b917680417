namespace Nonlinear;

/// <summary>The types of number that activations are computed on.</summary>
public enum NumberType
{
    /// <summary><see cref="float"/>, of 32 bits.</summary>
    Float,

    /// <summary><see cref="double"/>, of 64 bits.</summary>
    Double,

    /// <summary><see cref="System.Half"/>, of 16 bits.</summary>
    Half,

    /// <summary><see cref="Nonlinear.BFloat16"/>, of 16 bits.</summary>
    BFloat16,
}
