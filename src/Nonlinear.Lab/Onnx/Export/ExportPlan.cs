namespace Nonlinear.Lab.Onnx.Export;

/// <summary>What is to be exported.</summary>
/// <param name="Function">The function.</param>
/// <param name="Type">The type of its input and output.</param>
/// <param name="Opset">The version of ONNX's operators.</param>
/// <param name="Axis">The axis, for a function that has one; from the end if it is negative.</param>
internal sealed record ExportPlan(Activation Function, NumberType Type, int Opset, int Axis)
{
    /// <summary>The least, the usual and the latest version; from the least on the reductions take their axes as they do here.</summary>
    public const int LeastOpset = 13, UsualOpset = 20, LargestOpset = 26;
}
