namespace Nonlinear.Lab.Studies;

/// <summary>Work was stopped, and what has finished is kept; the message says where, and how to go on.</summary>
public sealed class InterruptedException : OperationCanceledException
{
    /// <summary>Says no more than that.</summary>
    public InterruptedException()
    {
    }

    /// <summary>Says what is kept.</summary>
    public InterruptedException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is kept, and what stopped the work.</summary>
    public InterruptedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
