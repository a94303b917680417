namespace Nonlinear.Names;

/// <summary>How a function is written in a framework that has no name for it; <c>{beta}</c> stands for a parameter's value.</summary>
internal sealed record Composition(string Template, FrameworkMeaning Meaning);
