using System.Globalization;

namespace Nonlinear.Names;

/// <summary>One of our functions by name, with those parameters that are given.</summary>
internal sealed record NamedFunction(string Name, IReadOnlyList<KeyValuePair<string, double>> Parameters)
{
    public override string ToString() => Parameters.Count == 0
        ? Name
        : $"{Name}({string.Join(", ", Parameters.Select(
            parameter => $"{parameter.Key}={parameter.Value.ToString("R", CultureInfo.InvariantCulture)}"))})";
}
