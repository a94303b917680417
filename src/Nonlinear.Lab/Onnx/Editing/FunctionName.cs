using Nonlinear.Lab.Onnx.Inspection;
using Nonlinear.Lab.Onnx.Recognition;

namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>A function as it is named for a swap: with parameters, which then count, or without.</summary>
/// <param name="Text">As it was typed.</param>
/// <param name="Function">The function; null if it is none that could be put into a model.</param>
internal sealed record FunctionName(string Text, Activation? Function)
{
    private const double Near = 1e-4;

    /// <summary>Whether parameters were given; a framework's name stands for its defaults.</summary>
    public bool HasParameters => Text.AsSpan().IndexOfAny('(', ':', '.') >= 0;

    /// <summary>The name alone.</summary>
    public string Name => Function?.Info.Name ?? Bare(Text);

    /// <summary>Reads a name, of the catalogue or beside it.</summary>
    /// <exception cref="FormatException">A function of the catalogue has no such parameter.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static FunctionName Parse(string text)
    {
        text = text.Trim();
        if (Activation.TryParse(text, out Activation? function))
            return new(text, function.Exact);
        // What is wrong with the parameters of a function of the catalogue.
        if (Activation.TryParse(Bare(text), out _))
            Activation.Parse(text);
        ElementwiseActivation? other = KnownFunctions.Fixed.FirstOrDefault(function => function.Info.Name == Bare(text));
        return new(text, text == Bare(text) ? other : null);
    }

    /// <summary>The function, to be put into a model.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    public Activation Known() => Function ?? throw new FormatException(
        $"'{Text}' is no function that could be put into a model. There are {string.Join(", ", Catalog.All
            .Select(info => info.Name).Union(KnownFunctions.Fixed.Select(function => function.Info.Name)))}.");

    /// <summary>Whether a function of a model is meant.</summary>
    public bool Matches(ModelFunction found)
    {
        if (found.Slopes is not null)
            return Text == Prelu.Info.Name;
        if (found.IsBounded || found.Function is not { } function || function.Info.Name != Name)
            return false;
        if (!HasParameters)
            return true;
        return Function is null
            ? Plain(found.What) == Plain(Text)
            : function.ParameterValues.Zip(Function.ParameterValues)
                .All(pair => Math.Abs(pair.First - pair.Second) <= Near * Math.Abs(pair.Second));
    }

    private static string Bare(string text) => text.Split('(')[0].Trim().ToLowerInvariant();

    private static string Plain(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
