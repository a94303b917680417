namespace Nonlinear.Lab.Names;

/// <summary>A function to be compared, as somebody named it.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="Function">The function; where a framework computes something else than the function it names, that.</param>
/// <param name="Notes">What is to be known about the framework's function.</param>
public sealed record ComparedFunction(string Text, Activation Function, IReadOnlyList<string> Notes)
{
    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">No function has that name; the message says what would do.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static ComparedFunction Read(string text)
    {
        Activation function = Activation.Parse(text);
        // A name alone is the catalogue's, or one that all frameworks mean the same by.
        bool saysWhose = text.Split('(')[0].AsSpan().IndexOfAny('.', ':') >= 0;
        FrameworkUse[] uses = saysWhose ? [.. FrameworkUse.Named(text).Where(use => use.Function is not null)] : [];
        return new(
            text,
            uses.FirstOrDefault(use => use.Instead is not null)?.Function ?? function,
            [.. uses.Where(use => use.Of.Note.Length > 0).Select(use => $"{use.Of.FullName}: {use.Of.Note}").Distinct()]);
    }
}
