namespace Nonlinear;

/// <summary>An argument of a framework's function.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Default">Its default there, as it is written; null if it must be given.</param>
public sealed record FrameworkArgument(string Name, string? Default)
{
    // Names that it had before, or has as well.
    internal IReadOnlyList<string> OtherNames { get; init; } = [];

    // What is written for it although it has no influence on the function: it has to be given, or leaving it out is deprecated.
    internal string? Written { get; init; }

    internal bool IsSwitch => Default is not null && bool.TryParse(Default, out _);

    internal bool Is(string name) => OtherNames.Prepend(Name).Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The argument as a signature has it.</summary>
    public override string ToString() => Default is null ? Name : $"{Name}={Default}";
}
