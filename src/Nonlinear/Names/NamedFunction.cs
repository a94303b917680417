using System.Globalization;

namespace Nonlinear.Names;

/// <summary>One of our functions by name, with those parameters that are given.</summary>
internal sealed record NamedFunction(string Name, IReadOnlyList<KeyValuePair<string, double>> Parameters)
{
    /// <summary>Where gates and values lie in one tensor; null where it does not matter.</summary>
    public GateLayout? Layout { get; init; }

    public override string ToString()
    {
        IEnumerable<string> arguments = Parameters.Select(
            parameter => $"{parameter.Key}={parameter.Value.ToString("R", CultureInfo.InvariantCulture)}");
        if (Layout is { } layout)
            arguments = arguments.Append($"{GateLayouts.Argument}={GateLayouts.Write(layout)}");
        string all = string.Join(", ", arguments);
        return all.Length == 0 ? Name : $"{Name}({all})";
    }
}
