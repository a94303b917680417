using Nonlinear.Names;

namespace Nonlinear;

/// <summary>Which of our functions a framework's function is, for some or all values of its arguments.</summary>
/// <param name="Function">Our function's name in the catalogue.</param>
/// <param name="Parameters">Its parameters: each the name of an argument of the framework's, or a number. Others have our default.</param>
public sealed record FrameworkMeaning(string Function, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>Where the framework's function finds gates and values in one tensor; null where it does not matter.</summary>
    public GateLayout? Layout { get; init; }

    // What must hold of the arguments.
    internal IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>For which arguments it holds, as in <c>approximate='tanh'</c>; empty if for all.</summary>
    public string When => string.Join(", ", Conditions);

    /// <summary>The function as it is written in a table: <c>leaky_relu(alpha=negative_slope)</c>.</summary>
    public override string ToString()
    {
        IEnumerable<string> arguments = Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}");
        if (Layout is { } layout)
            arguments = arguments.Append($"{GateLayouts.Argument}={GateLayouts.Write(layout)}");
        string all = string.Join(", ", arguments);
        return all.Length == 0 ? Function : $"{Function}({all})";
    }
}
