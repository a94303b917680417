namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>A function inside a recurrent operator.</summary>
/// <param name="Name">
/// Which it is: "input gate", "output gate", "forget gate", "candidate" and "cell output" of an LSTM, "update gate", "reset gate" and
/// "candidate" of a GRU, "state" of a plain one; the second direction of a bidirectional operator has " (backward)" behind it.
/// </param>
/// <param name="Function">What it computes.</param>
/// <param name="IsGate">Whether another tensor is multiplied by its output.</param>
internal sealed record CellActivation(string Name, ElementwiseActivation Function, bool IsGate);

/// <summary>Is shown what goes into a function of a recurrent operator and what comes out, a few positions at a time.</summary>
/// <param name="activation">The number of the function among those of the operator.</param>
/// <param name="x">What goes in: positions × hidden size, row-major. Valid only during the call.</param>
/// <param name="y">What comes out, likewise.</param>
internal delegate void ShowActivation(int activation, ReadOnlySpan<float> x, ReadOnlySpan<float> y);
