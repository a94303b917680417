namespace Nonlinear;

/// <summary>Which of the numbers along an axis are gates, and which are values, where one tensor holds both.</summary>
/// <remarks>
/// The gate is what is activated. Libraries differ, and their words mislead: some call the other half the gate. PyTorch's, Keras' and
/// JAX's GLU activate the second half; most SwiGLU code (ggml, vLLM's SiluAndMul, candle, timm's packed form) the first; gpt-oss has them
/// in turn.
/// </remarks>
public enum GateLayout
{
    /// <summary>The first half holds the gates, the second the values.</summary>
    GateFirst,

    /// <summary>The first half holds the values, the second the gates.</summary>
    GateLast,

    /// <summary>They come in pairs, the gate before its value.</summary>
    Interleaved,
}
