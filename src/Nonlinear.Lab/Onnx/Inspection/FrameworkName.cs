using System.Globalization;

namespace Nonlinear.Lab.Onnx.Inspection;

/// <summary>What frameworks call functions.</summary>
internal static class FrameworkName
{
    /// <summary>PyTorch's name, with parameters; null if there is none that takes them.</summary>
    public static string? InPyTorch(Activation function)
    {
        // Numbers of models are floats: 0.2 stands there as 0.200000003, and a sixth is no double's.
        double[] values =
        [
            .. function.Info.Parameters.Zip(function.ParameterValues, (parameter, value) =>
                Math.Abs(parameter.Default - value) <= 1e-6 * Math.Abs(value)
                    ? parameter.Default
                    : double.Parse(((float)value).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        ];
        return Spelling.Of(function.Info, values).FirstOrDefault(spelling => spelling.Framework == "PyTorch")?.Code is { Length: > 0 } code
            ? code
            : null;
    }
}
