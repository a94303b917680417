namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>What is inside a recurrent operator cannot be followed.</summary>
public sealed class UnfollowedException : Exception
{
    /// <summary>Says no more than that.</summary>
    public UnfollowedException()
    {
    }

    /// <summary>Says why, in one language for both.</summary>
    public UnfollowedException(string message)
        : this(Text.Same(message))
    {
    }

    /// <summary>Says why, in one language for both, and what was thrown.</summary>
    public UnfollowedException(string message, Exception innerException)
        : this(Text.Same(message), innerException)
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="reason">The reason, as part of a sentence.</param>
    /// <param name="cause">What was thrown, if anything.</param>
    public UnfollowedException(Text reason, Exception? cause = null)
        : base(reason?.English, cause) => Reason = reason ?? Reason;

    /// <summary>Why, as part of a sentence.</summary>
    public Text Reason { get; } = new("it is not known how", "不知其方法");
}
