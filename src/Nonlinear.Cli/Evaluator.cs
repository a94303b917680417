using System.Globalization;
using Nonlinear.Lab;

namespace Nonlinear.Cli;

/// <summary>Evaluates a function on numbers that are texts.</summary>
internal abstract class Evaluator
{
    /// <summary>The types, by the names that people type.</summary>
    private static readonly Dictionary<string, Func<Activation, SpanOperation, Evaluator>> Makers = new()
    {
        ["float"] = (activation, operation) => new Evaluator<float>(activation, operation),
        ["double"] = (activation, operation) => new Evaluator<double>(activation, operation),
        ["half"] = (activation, operation) => new Evaluator<Half>(activation, operation),
        ["bfloat16"] = (activation, operation) => new Evaluator<BFloat16>(activation, operation),
    };

    /// <summary>The names of the types.</summary>
    public static string[] Types => [.. Makers.Keys];

    /// <summary>An evaluator for a type.</summary>
    /// <exception cref="ArgumentException">It is a gated unit, and which numbers are gates was not said.</exception>
    public static Evaluator Create(string type, Activation activation, SpanOperation operation)
    {
        Gates.MustSayLayout(activation);
        return Makers[type](activation, operation);
    }

    /// <summary>Evaluates numbers and writes a line for each result.</summary>
    /// <exception cref="FormatException">One of the texts is no number; nothing has been written.</exception>
    public abstract void Evaluate(IEnumerable<string> numbers, TextWriter output);

    /// <summary>Evaluates numbers line by line; a function of several inputs takes all of them as one vector.</summary>
    /// <exception cref="FormatException">Something is no number; the lines before it have been answered.</exception>
    public abstract void Evaluate(TextReader input, TextWriter output);
}

/// <summary>Evaluates in one type.</summary>
internal sealed class Evaluator<T>(Activation activation, SpanOperation operation) : Evaluator
    where T : unmanaged, ISpanParsable<T>, IFormattable
{
    /// <inheritdoc/>
    public override void Evaluate(IEnumerable<string> numbers, TextWriter output) => Compute([.. numbers.Select(Read)], output);

    /// <inheritdoc/>
    public override void Evaluate(TextReader input, TextWriter output)
    {
        List<T> vector = [];
        int number = 0;
        while (input.ReadLine() is { } line)
        {
            number++;
            try
            {
                vector.AddRange(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Read));
            }
            catch (FormatException refused)
            {
                throw new FormatException($"Standard input, line {number}: {refused.Message}");
            }
            if (activation is not ElementwiseActivation)
                continue;
            Compute([.. vector], output);
            vector.Clear();
        }
        if (vector.Count > 0)
            Compute([.. vector], output);
    }

    private static T Read(string text)
    {
        string plain = text.TrimStart('+', '-').Equals("inf", StringComparison.OrdinalIgnoreCase) ? text[..^3] + "Infinity" : text;
        // The framework would skip commas as separators of thousands.
        return !plain.Contains(',', StringComparison.Ordinal) && T.TryParse(plain, CultureInfo.InvariantCulture, out T number)
            ? number
            : throw new FormatException($"'{text}' is no number; write it as in -5.5, 1e-3, inf or nan.");
    }

    private static string Write(T number) => number.ToString(null, CultureInfo.InvariantCulture)
        .Replace("E", "e", StringComparison.Ordinal)
        .Replace("Infinity", "inf", StringComparison.Ordinal)
        .Replace("NaN", "nan", StringComparison.Ordinal);

    private void Compute(T[] x, TextWriter output)
    {
        T[] y = new T[activation.OutputsFor(x.Length)];
        activation.Compute<T>(operation, x, y);
        foreach (T result in y)
            output.WriteLine(Write(result));
    }
}
