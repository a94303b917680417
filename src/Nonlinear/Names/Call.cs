namespace Nonlinear.Names;

/// <summary>An argument of a call: with a name, or without.</summary>
internal readonly record struct CallArgument(string? Name, string Value)
{
    public override string ToString() => Name is null ? Value : $"{Name}={Value}";
}

/// <summary>A name as people paste it, with its arguments: <c>torch.nn.functional.leaky_relu(x, 0.2)</c>.</summary>
/// <param name="Head">The name and the path to it.</param>
/// <param name="Arguments">The arguments in their order.</param>
internal sealed record Call(string Head, IReadOnlyList<CallArgument> Arguments)
{
    // What stands for the input where a function is called rather than named.
    private static readonly string[] Inputs = ["x", "input", "inputs", "features", "logits", "tensor"];

    public bool HasPositional => Arguments.Any(argument => argument.Name is null);

    /// <summary>The call without the input at its beginning.</summary>
    public Call WithoutInput => Arguments is [{ Name: null } first, ..] && Inputs.Contains(first.Value, StringComparer.OrdinalIgnoreCase)
        ? this with { Arguments = [.. Arguments.Skip(1)] }
        : this;

    /// <summary>A text as it is compared: without blanks and quotes.</summary>
    public static string Plain(string text) => new([.. text.Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '"'))]);

    /// <summary>Reads a call; null, and what is wrong with it, if it is none.</summary>
    /// <param name="plain">The text without blanks and quotes.</param>
    /// <param name="text">The text as it was typed, for what is said of it.</param>
    /// <param name="problem">What is wrong.</param>
    public static Call? Read(string plain, string text, out FormatException? problem)
    {
        problem = null;
        // ACT2FN["gelu_new"], as it stands in models of Hugging Face.
        if (plain.StartsWith("ACT2FN[", StringComparison.OrdinalIgnoreCase) && plain.EndsWith(']'))
            return new($"hf:{plain["ACT2FN[".Length..^1]}", []);
        int open = plain.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return new(plain, []);
        if (!plain.EndsWith(')'))
        {
            problem = new($"'{text}' lacks its closing parenthesis; parameters are written as in swish(beta=1.5).");
            return null;
        }
        List<CallArgument> arguments = [];
        foreach (string argument in SplitArguments(plain[(open + 1)..^1]))
        {
            // Not the one within glu(elu(alpha=2)).
            int equals = argument.AsSpan().IndexOfAny('=', '(') is int first && first >= 0 && argument[first] == '=' ? first : -1;
            arguments.Add(equals < 0 ? new(null, argument) : new(argument[..equals], argument[(equals + 1)..]));
        }
        return new(plain[..open], arguments);
    }

    /// <summary>Splits arguments at the commas between them, not at those within parentheses; one at the end is no fault.</summary>
    public static IEnumerable<string> SplitArguments(string text)
    {
        List<string> parts = [];
        (int depth, int start) = (0, 0);
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' or '{' ? 1 : text[i] is ')' or ']' or '}' ? -1 : 0;
            if (text[i] != ',' || depth > 0)
                continue;
            parts.Add(text[start..i].Trim());
            start = i + 1;
        }
        if (start < text.Length)
            parts.Add(text[start..].Trim());
        return parts;
    }
}
