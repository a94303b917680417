using System.Globalization;
using System.Text.RegularExpressions;

namespace Nonlinear.Lab.Onnx.Inspection;

/// <summary>What frameworks call functions.</summary>
internal static partial class FrameworkName
{
    // Beside the catalogue, whose functions say it themselves.
    private static readonly Dictionary<string, string> Others = new()
    {
        ["relu6"] = "torch.nn.ReLU6()",
        ["hard_swish"] = "torch.nn.Hardswish()",
        ["hard_sigmoid"] = "torch.nn.Hardsigmoid()",
        ["hard_tanh"] = "torch.nn.Hardtanh()",
        ["softplus"] = "torch.nn.Softplus()",
        ["log_sigmoid"] = "torch.nn.LogSigmoid()",
        ["softsign"] = "torch.nn.Softsign()",
        ["celu"] = "torch.nn.CELU(1.0)",
        ["quick_gelu"] = "x * torch.sigmoid(1.702 * x)",
        ["relu_squared"] = "torch.relu(x) ** 2",
    };

    /// <summary>PyTorch's name, with parameters; null if there is none that takes them.</summary>
    public static string? InPyTorch(Activation function)
    {
        string? code = function.Info.Spellings.FirstOrDefault(spelling => spelling.Framework == "PyTorch")?.Code
            ?? Others.GetValueOrDefault(function.Info.Name);
        if (code is null || function.Info.Parameters.Count == 0)
            return code;
        bool usual = function.Info.Parameters.Zip(function.ParameterValues)
            .All(pair => Math.Abs(pair.First.Default - pair.Second) <= 1e-6 * Math.Abs(pair.Second));
        if (usual)
            return code;
        if (function.Info.Name == "swish")
            return FormattableString.Invariant($"x * torch.sigmoid({Number(function.ParameterValues[0])} * x)");
        if (function.Info.Name == "prelu")
            return FormattableString.Invariant($"torch.nn.PReLU(init={Number(function.ParameterValues[0])})");
        // A number in brackets is the parameter.
        return function.Info.Parameters.Count == 1 && Bracketed().IsMatch(code)
            ? Bracketed().Replace(code, $"({Number(function.ParameterValues[0])})")
            : null;
    }

    private static string Number(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\([0-9.]+\)$")]
    private static partial Regex Bracketed();
}
