namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>What is inside a recurrent operator cannot be followed.</summary>
/// <param name="reason">Why, as part of a sentence.</param>
/// <param name="cause">What was thrown, if anything.</param>
internal sealed class UnfollowedException(Text reason, Exception? cause = null) : Exception(reason.English, cause)
{
    /// <summary>Why, as part of a sentence.</summary>
    public Text Reason => reason;
}
