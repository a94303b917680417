namespace Nonlinear.Lab;

/// <summary>Whoever read the output has had enough: there is nothing left to do, and nothing to tell.</summary>
public sealed class ClosedPipeException : IOException
{
    /// <summary>Says that the output has no reader.</summary>
    public ClosedPipeException()
        : this("Nobody reads the output any more.")
    {
    }

    /// <summary>Says so in other words.</summary>
    public ClosedPipeException(string message)
        : base(message)
    {
    }

    /// <summary>Says so, and what the system said.</summary>
    public ClosedPipeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
