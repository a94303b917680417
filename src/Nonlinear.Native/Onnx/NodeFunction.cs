using System.Globalization;

namespace Nonlinear.Native.Onnx;

/// <summary>The function that a node stands for, read from its attributes. What matters has to be there; nothing is guessed.</summary>
/// <param name="Activation">The function.</param>
/// <param name="Axis">Its axis, where it has one.</param>
internal sealed record NodeFunction(Activation Activation, int Axis)
{
    private const string AxisName = "axis", LayoutName = "layout", TierName = "tier";

    /// <summary>Reads the attributes of a node.</summary>
    /// <param name="info">The function of the catalogue.</param>
    /// <param name="node">The node.</param>
    /// <exception cref="FormatException">One is missing or means nothing.</exception>
    /// <exception cref="ArgumentException">One is out of its range.</exception>
    public static NodeFunction Read(ActivationInfo info, nint node)
    {
        bool hasSecondInput = RuntimeApi.CountInputs(node) > 1;
        Activation plain = Activation.Parse(info.Name);
        bool isGated = plain is GatedActivation;
        // A parameter that comes as an input, a value for each channel, is no attribute.
        List<string> arguments =
        [
            .. info.Parameters.Where(_ => isGated || !hasSecondInput).Select(parameter => FormattableString.Invariant(
                $"{parameter.Name}={RuntimeApi.Number(node, parameter.Name) ?? throw Missing(info, parameter):R}")),
        ];
        if (isGated && !hasSecondInput)
            arguments.Add($"{LayoutName}={RuntimeApi.Text(node, LayoutName) ?? throw new FormatException(
                $"{info.Name} needs the attribute {LayoutName}, such as \"gate_first\", or gates and values as two inputs")}");
        Activation activation = Activation.Parse(arguments.Count == 0 ? info.Name : $"{info.Name}({string.Join(", ", arguments)})");
        return new(activation.In(ReadTier(node)), ReadAxis(plain, node, hasSecondInput));
    }

    private static FormatException Missing(ActivationInfo info, ParameterInfo parameter) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{info.Name} needs the attribute {parameter.Name}, a float or digits as text, such as \"{parameter.Default}\""));

    private static Tier ReadTier(nint node) => RuntimeApi.Text(node, TierName) switch
    {
        null or "exact" => Tier.Exact,
        "fast" => Tier.Fast,
        string other => throw new FormatException($"the attribute {TierName} is '{other}'; there are exact and fast"),
    };

    private static int ReadAxis(Activation activation, nint node, bool hasSecondInput)
    {
        if (activation is ElementwiseActivation || (activation is GatedActivation && hasSecondInput))
            return 0;
        return RuntimeApi.Whole(node, AxisName) is { } axis
            ? (int)Math.Clamp(axis, int.MinValue, int.MaxValue)
            : throw new FormatException($"{activation.Info.Name} needs the attribute {AxisName}, a whole number, such as -1");
    }
}
