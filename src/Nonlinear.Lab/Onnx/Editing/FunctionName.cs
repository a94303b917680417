using Nonlinear.Lab.Onnx.Inspection;
using Nonlinear.Lab.Onnx.Recognition;

namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>A function as it is named for a swap: with parameters, which then count, or without.</summary>
/// <param name="Function">The function.</param>
/// <param name="HasParameters">Whether parameters were given.</param>
internal sealed record FunctionName(Activation Function, bool HasParameters)
{
    private const double Near = 1e-4;

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">There is no such function.</exception>
    public static FunctionName Parse(string text)
    {
        string bare = text.Split('(')[0].Trim();
        ElementwiseActivation? other = KnownFunctions.Fixed.FirstOrDefault(
            function => function.Info.Name.Equals(bare, StringComparison.OrdinalIgnoreCase) && !Activation.TryParse(bare, out _));
        if (other is null)
            return new(Activation.Parse(text).Exact, text.Contains('(', StringComparison.Ordinal));
        return bare.Length == text.Trim().Length
            ? new(other, false)
            : throw new FormatException($"{bare} is not in the catalogue, and takes no parameters here; say {bare}.");
    }

    /// <summary>Whether a function of a model is meant.</summary>
    public bool Matches(ModelFunction found) =>
        !found.IsBounded
        && found.Function is { } function
        && function.Info.Name == Function.Info.Name
        && (!HasParameters || function.ParameterValues.Zip(Function.ParameterValues)
            .All(pair => Math.Abs(pair.First - pair.Second) <= Near * Math.Abs(pair.Second)));
}
