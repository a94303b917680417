namespace Nonlinear.Kernels;

/// <summary>What an elementwise loop reads for each element besides x.</summary>
internal interface IInputs
{
    /// <summary>Whether there is a gradient by the output, which results are multiplied by.</summary>
    static abstract bool HasUpstream { get; }

    /// <summary>Whether the first parameter has a value for each element.</summary>
    static abstract bool HasParameters { get; }
}

internal readonly struct OnlyX : IInputs
{
    public static bool HasUpstream => false;
    public static bool HasParameters => false;
}

internal readonly struct WithUpstream : IInputs
{
    public static bool HasUpstream => true;
    public static bool HasParameters => false;
}

internal readonly struct WithParameters : IInputs
{
    public static bool HasUpstream => false;
    public static bool HasParameters => true;
}

internal readonly struct WithUpstreamAndParameters : IInputs
{
    public static bool HasUpstream => true;
    public static bool HasParameters => true;
}
