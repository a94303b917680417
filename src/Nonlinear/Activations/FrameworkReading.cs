using Nonlinear.Names;

namespace Nonlinear;

/// <summary>What a framework means by a name, as it stands or called with arguments.</summary>
/// <param name="Of">The framework's function.</param>
/// <param name="Activation">Which of ours it is; null if it is none, or if an argument without a default was not given.</param>
/// <param name="Problem">Why it is none; empty if it is one.</param>
public sealed record FrameworkReading(FrameworkFunction Of, Activation? Activation, string Problem)
{
    private FrameworkReading(FrameworkFunction of, Activation? activation, string problem, NamedFunction? deviation)
        : this(of, activation, problem) => (DeviationName, DeviationValues) = (deviation?.Name ?? "", deviation?.Parameters ?? []);

    /// <summary>
    /// What is computed there where that is not quite the function, such as SELU with truncated constants: the name of a form; empty if
    /// nothing is known to differ.
    /// </summary>
    public string DeviationName { get; } = "";

    /// <summary>The form's parameters by name.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> DeviationValues { get; } = [];

    /// <summary>What a framework's function is with its defaults.</summary>
    public static FrameworkReading AtDefaults(FrameworkFunction function) => Read(function, new(function.FullName, []));

    /// <summary>
    /// What the frameworks mean by a name: each that has it, in the order of their tables; with a path or a framework before the name,
    /// those that it leads to. None if no framework has the name.
    /// </summary>
    public static IReadOnlyList<FrameworkReading> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Call.Read(Call.Plain(text), text, out _) is not { Head.Length: > 0 } call)
            return [];
        IEnumerable<FrameworkFunction> named = NameIndex.HasPath(call.Head) ? NameIndex.At(call.Head) : NameIndex.Named(call.Head);
        return [.. named.Select(function => Read(function, call))];
    }

    private static FrameworkReading Read(FrameworkFunction function, Call call)
    {
        Reading reading = CallReader.Read(function, call);
        if (reading.Function is not { } named)
            return new(function, null, reading.Problem);
        Activation? activation = Catalog.Find(named.ToString(), out Exception? problem);
        return new(function, activation, problem?.Message ?? "", activation is null ? null : reading.Deviation);
    }
}
