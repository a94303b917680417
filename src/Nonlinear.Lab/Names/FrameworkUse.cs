using Nonlinear.Lab.Names.Forms;

namespace Nonlinear.Lab.Names;

/// <summary>What a framework computes under one of its names.</summary>
/// <param name="Of">The framework's function.</param>
/// <param name="Function">What it computes; null if that is none of our functions, or if an argument has to be given.</param>
/// <param name="Problem">Why there is no function; empty if there is one.</param>
public sealed record FrameworkUse(FrameworkFunction Of, Activation? Function, string Problem)
{
    /// <summary>Which of our functions it is by the table, where <see cref="Function"/> is not quite that; else null.</summary>
    public Activation? Instead { get; private init; }

    /// <summary>
    /// The name in the catalogue of what it is, whatever its parameters: known also where an argument has to be given; null if it is none
    /// of ours, or if that argument decides.
    /// </summary>
    public string? FunctionName => (Instead ?? Function)?.Info.Name ?? (Of.Meanings is [var only] ? only.Function : null);

    /// <summary>All names of all frameworks with their defaults, in the order of the tables.</summary>
    public static IReadOnlyList<FrameworkUse> All { get; } =
        [.. Framework.All.SelectMany(framework => framework.Functions).Select(function => From(FrameworkReading.AtDefaults(function)))];

    /// <summary>What the frameworks compute by a name; none if no framework has it.</summary>
    /// <param name="text">The name, alone or with a path or a framework before it, and with arguments if any.</param>
    public static IReadOnlyList<FrameworkUse> Named(string text) => [.. FrameworkReading.Read(text).Select(From)];

    private static FrameworkUse From(FrameworkReading reading) => reading.DeviationName.Length == 0
        ? new(reading.Of, reading.Activation, reading.Problem)
        : new(reading.Of, DeviatingForms.Create(reading.DeviationName, reading.DeviationValues), "") { Instead = reading.Activation };
}
