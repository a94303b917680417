namespace Nonlinear.Constants;

/// <summary>A member of a generated type, and words for it where its name does not say all.</summary>
internal sealed record Member(string Declaration, string? Summary = null)
{
    public Member(string type, string name, string value, string? summary = null)
        : this($"public const {type} {name} = {value};", summary)
    {
    }
}

/// <summary>A generated type: what stands in one file.</summary>
/// <param name="Name">The name of the type and of its file.</param>
/// <param name="Summary">What it is, a paragraph a line.</param>
/// <param name="Members">What it holds.</param>
internal sealed record ConstantClass(string Name, IReadOnlyList<string> Summary, IReadOnlyList<Member> Members)
{
    /// <summary>The namespaces that it needs.</summary>
    public IReadOnlyList<string> Usings { get; init; } = [];

    /// <summary>How it begins.</summary>
    public string Declaration { get; init; } = $"internal static class {Name}";
}
