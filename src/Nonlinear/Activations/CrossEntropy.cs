using Nonlinear.Kernels;

namespace Nonlinear;

/// <summary>
/// The cross-entropy of the softmax of some logits against the classes that are right, and its gradient, in one pass over the rows.
/// </summary>
/// <remarks>
/// <para>Row r of the logits has a value for each class. Its loss is -log softmax(x)[t] = log Σⱼ exp(xⱼ) - xₜ, t being the row's target,
/// and the loss's gradient by xⱼ is softmax(x)[j], less 1 for j = t. Where one class dominates neither loses its digits: the gradient at
/// the target is computed as e^(-loss) - 1, and the loss as <see cref="Activation.LogSoftmax"/>.</para>
/// <para>Error: on floats the loss and the gradient, scale included, are within 0.501 ulp. On doubles the loss is within 2 ulp, the
/// gradient within 4 (as long as nothing becomes subnormal).</para>
/// <para>A logit of -∞ beside others has probability 0, and as the target an infinite loss. A row that holds NaN or +∞, or nothing but -∞,
/// has NaN as its loss and throughout its gradient; other rows are not touched by it.</para>
/// <para>Bits: a row's results depend on nothing but the row, and not on the order of its classes. Neither vectors nor threads change
/// them.</para>
/// <para>Threads: a call stays on the caller's thread, unless <see cref="Parallel"/> or <see cref="OnThreads"/> was asked for.</para>
/// </remarks>
public sealed class CrossEntropy
{
    private static readonly FloatCrossEntropyKernel OfFloats = new();
    private static readonly DoubleCrossEntropyKernel OfDoubles = new();

    /// <summary>How many threads at most work on a call, the caller's among them.</summary>
    public int Threads { get; private init; } = 1;

    /// <summary>The same loss, with the same bits, whose long calls use all cores.</summary>
    public CrossEntropy Parallel => OnThreads(Environment.ProcessorCount);

    /// <summary>
    /// The same loss, with the same bits, whose long calls divide their rows among threads, as <see cref="Activation.OnThreads"/>
    /// describes.
    /// </summary>
    /// <param name="count">How many threads at most work on a call, the caller's among them; 1, the default, is the caller's alone.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public CrossEntropy OnThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count == Threads ? this : new() { Threads = count };
    }

    /// <summary>Computes the loss of each row: losses[r] = log Σⱼ exp(logits[r, j]) - logits[r, targets[r]].</summary>
    /// <param name="logits">The logits, rows × classes, row-major.</param>
    /// <param name="targets">The class that is right for each row, counted from 0; their number is that of the rows.</param>
    /// <param name="losses">Receives a loss for each row.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or losses overlaps an input; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A target is no class, the message names its row and value; nothing has been written.
    /// </exception>
    public void Forward(ReadOnlySpan<float> logits, ReadOnlySpan<int> targets, Span<float> losses)
    {
        using Denormals kept = Denormals.Keep();
        OfFloats.Forward(logits, targets, losses, Threads);
    }

    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float})"/>
    public void Forward(ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, Span<double> losses)
    {
        using Denormals kept = Denormals.Keep();
        OfDoubles.Forward(logits, targets, losses, Threads);
    }

    /// <summary>
    /// Computes the loss of each row, and its gradient times a number: dlogits[r, j] = scale · (softmax(logits[r])[j] - [j = targets[r]]).
    /// </summary>
    /// <param name="logits">The logits, rows × classes, row-major.</param>
    /// <param name="targets">The class that is right for each row, counted from 0; their number is that of the rows.</param>
    /// <param name="losses">Receives a loss for each row; it is not multiplied by <paramref name="scale"/>.</param>
    /// <param name="dlogits">Receives the gradients; may be <paramref name="logits"/> itself.</param>
    /// <param name="scale">A finite number that the gradients are multiplied by: 1 for the sum of the losses, 1 / rows for their
    /// mean.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, dlogits overlaps the logits in part, or an output overlaps another span; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A target is no class, the message names its row and value; nothing has been written.
    /// </exception>
    public void ForwardWithGradient(
        ReadOnlySpan<float> logits, ReadOnlySpan<int> targets, Span<float> losses, Span<float> dlogits, float scale = 1)
    {
        using Denormals kept = Denormals.Keep();
        OfFloats.ForwardWithGradient(logits, targets, losses, dlogits, scale, Threads);
    }

    /// <inheritdoc cref="ForwardWithGradient(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, Span{float}, float)"/>
    public void ForwardWithGradient(
        ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, Span<double> losses, Span<double> dlogits, double scale = 1)
    {
        using Denormals kept = Denormals.Keep();
        OfDoubles.ForwardWithGradient(logits, targets, losses, dlogits, scale, Threads);
    }
}
