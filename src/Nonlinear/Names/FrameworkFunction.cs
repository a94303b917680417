using Nonlinear.Names;

namespace Nonlinear;

/// <summary>A function of a framework: its names and arguments there, and which of our functions it is, or why it is none.</summary>
public sealed class FrameworkFunction
{
    internal FrameworkFunction(
        Framework framework,
        IReadOnlyList<string> prefixes,
        IReadOnlyList<string> names,
        IReadOnlyList<FrameworkArgument> arguments,
        IReadOnlyList<FrameworkMeaning> meanings)
    {
        (Framework, Prefixes, Names, Arguments, Meanings) = (framework, prefixes, names, arguments, meanings);
        Tensors = Meanings.Count == 0 ? 0 : Arguments.TakeWhile(IsInput).Count();
    }

    /// <summary>Whose function it is.</summary>
    public Framework Framework { get; }

    /// <summary>The name with the path to it: <c>torch.nn.LeakyReLU</c>.</summary>
    public string Name => Prefixes[0] + Names[0];

    /// <summary>What it is called there, without the path; the first is the usual one.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The arguments in their order, inputs among them.</summary>
    public IReadOnlyList<FrameworkArgument> Arguments { get; }

    /// <summary>Which of our functions it is; where arguments choose between several, the first whose conditions hold.</summary>
    public IReadOnlyList<FrameworkMeaning> Meanings { get; }

    /// <summary>Why it is none of ours, or is none for some values of its arguments; empty where it always is one.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>What is to be known about it; empty if nothing is.</summary>
    public string Note { get; internal init; } = "";

    /// <summary>
    /// The name with what says whose it is, as every name is understood: with its path, or after the framework,
    /// <c>onnx:Gelu</c>.
    /// </summary>
    public string FullName => NameIndex.HasPath(Name) ? Name : $"{Framework.Id}:{Names[0]}";

    /// <summary>The name and the arguments with their defaults, as its documentation has them.</summary>
    public string Signature
    {
        get
        {
            string arguments = IsCalled ? $"({string.Join(", ", Arguments)})" : "";
            return $"{Name}{arguments}";
        }
    }

    // What may stand before the name; the first is what is shown.
    internal IReadOnlyList<string> Prefixes { get; }

    // Whether it is called, rather than named.
    internal bool IsCalled { get; init; }

    // What it computes where that is not quite the function: a form that has a name in the table only.
    internal FrameworkMeaning? Deviation { get; init; }

    // How many of the first arguments are inputs, not settings.
    internal int Tensors { get; }

    /// <summary>The signature.</summary>
    public override string ToString() => Signature;

    // Whether an argument has a say in which function it is.
    internal bool Matters(FrameworkArgument argument) =>
        Meanings.Any(meaning => meaning.Parameters.Any(parameter => parameter.Value == argument.Name)
            || meaning.Conditions.Any(condition => condition.Argument == argument.Name));

    private bool IsInput(FrameworkArgument argument) => argument is { Default: null, Written: null } && !Matters(argument);
}
