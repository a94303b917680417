using Nonlinear.Names;

namespace Nonlinear;

/// <summary>How a framework spells an activation function with its parameters.</summary>
/// <param name="Framework">The framework: PyTorch, Keras, ONNX.</param>
/// <param name="Code">The call or operator as it is typed there; empty if the framework cannot say it.</param>
public sealed record Spelling(string Framework, string Code)
{
    /// <summary>Why there is no code: what the framework has of the function.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Whether the code is a composition of other functions, which is not read back.</summary>
    public bool IsComposed { get; init; }

    /// <summary>How frameworks spell a function, one spelling each; frameworks that have no form of it are left out.</summary>
    /// <param name="info">The function.</param>
    /// <param name="parameterValues">Its parameters, in the order of <see cref="ActivationInfo.Parameters"/>.</param>
    /// <param name="layout">Where gates and values lie in one tensor, if it is a gated unit and that was said.</param>
    public static IReadOnlyList<Spelling> Of(
        ActivationInfo info, IReadOnlyList<double> parameterValues, GateLayout? layout = null) =>
        [.. Nonlinear.Framework.All.Select(framework => CallWriter.Write(framework, info, parameterValues, layout)).OfType<Spelling>()];
}
