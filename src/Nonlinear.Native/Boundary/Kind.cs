namespace Nonlinear.Native.Boundary;

/// <summary>What a function takes and gives, in the C interface.</summary>
internal enum Kind
{
    /// <summary>Every element by itself.</summary>
    Elementwise = 1,

    /// <summary>Vectors along an axis.</summary>
    AlongAxis = 2,

    /// <summary>One output of a gate and a value.</summary>
    Gated = 3,

    /// <summary>One output of several inputs.</summary>
    Pooled = 4,

    /// <summary>Two outputs of each input.</summary>
    Widened = 5,
}
