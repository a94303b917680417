namespace Nonlinear.Lab.Guide.Claims;

/// <summary>What a statement about activation functions comes to when it is measured.</summary>
public enum Verdict
{
    /// <summary>The measurement bears it out.</summary>
    Holds,

    /// <summary>It is true of a part, or leaves out what matters.</summary>
    HoldsInPart,

    /// <summary>The measurement contradicts it.</summary>
    Wrong,

    /// <summary>Neither true nor false: a number or a rule that people agreed on.</summary>
    Convention,
}
