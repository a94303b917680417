namespace Nonlinear;

/// <summary>How a framework spells an activation function.</summary>
/// <param name="Framework">The framework: PyTorch, Keras, ONNX.</param>
/// <param name="Code">The call or operator as it is typed there.</param>
public sealed record Spelling(string Framework, string Code);
