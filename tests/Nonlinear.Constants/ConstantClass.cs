namespace Nonlinear.Constants;

/// <summary>A member of a generated class: its type, its name, its value as C# writes it, and words for it where the name does not say all.</summary>
internal sealed record Member(string Type, string Name, string Value, string? Summary = null);

/// <summary>A generated class: what stands in one file.</summary>
/// <param name="Name">The name of the class and of its file.</param>
/// <param name="Summary">What it is, a paragraph a line.</param>
/// <param name="Members">What it holds.</param>
internal sealed record ConstantClass(string Name, IReadOnlyList<string> Summary, IReadOnlyList<Member> Members);
