using Nonlinear.Kernels;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>
/// The binary cross-entropy of logits against targets from 0 to 1, element by element, and its gradient: for one class, or for several of
/// which any number may be right.
/// </summary>
/// <remarks>
/// <para>The loss of a logit x with target t is -w t log σ(x) - (1 - t) log(1 - σ(x)), with the weight w of positives; its gradient is
/// (1 - t) σ(x) - w t σ(-x). With smoothing ε, t is t (1 - ε) + ε / 2.</para>
/// <para>Error: on floats and 16-bit types losses and gradients, scale included, are within 0.501 ulp, on doubles within 1; where the two
/// terms of a gradient cancel, of the larger term. For x = ±∞ it has its limit: 0 or ∞.</para>
/// <para>Bits: an element's results depend on nothing but the element, not on the width of vectors.</para>
/// <para>Weight and smoothing are those of PyTorch's BCEWithLogitsLoss and Keras' BinaryCrossentropy.</para>
/// </remarks>
public sealed class BinaryCrossEntropy
{
    private const int Block = 512;

    /// <summary>What the loss of positives is multiplied by, for data in which they are rare; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double PositiveWeight
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw Refusal(value, "finite and not negative");
    } = 1;

    /// <summary>How far targets are drawn towards ½: from 0, the default, to less than 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    public double LabelSmoothing { get; init => field = value is >= 0 and < 1 ? value : throw Refusal(value, "from 0 to less than 1"); }

    /// <summary>Computes the loss of each logit.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="logits">The logits.</param>
    /// <param name="targets">A target for each, from 0 to 1.</param>
    /// <param name="losses">Receives the losses; may be <paramref name="logits"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or losses overlaps an input; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not from 0 to 1; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> losses)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Check(logits, targets, losses, nameof(losses));
        BinaryCrossEntropyKernel<T>.Instance.Forward(logits, targets, losses, Parameters);
    }

    /// <summary>Computes the loss of each logit, and its gradient times a number.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="logits">The logits.</param>
    /// <param name="targets">A target for each, from 0 to 1.</param>
    /// <param name="losses">Receives the losses; they are not multiplied by <paramref name="scale"/>.</param>
    /// <param name="dlogits">Receives the gradients; may be <paramref name="logits"/> itself.</param>
    /// <param name="scale">What gradients are multiplied by, rounded to the type: 1 / n for the mean of n losses.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, dlogits overlaps the logits in part, or an output overlaps another span; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not from 0 to 1; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void ForwardWithGradient<T>(
        ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> losses, Span<T> dlogits, double scale = 1)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Check(logits, targets, losses, nameof(losses));
        Check(logits, targets, dlogits, nameof(dlogits));
        Guard.Apart<T, T>(losses, dlogits, nameof(dlogits));
        Guard.Apart(logits, losses, nameof(losses));
        BinaryCrossEntropyKernel<T>.Instance.Forward(logits, targets, losses, Parameters);
        BinaryCrossEntropyKernel<T>.Instance.Gradient(logits, targets, dlogits, scale, Parameters);
    }

    /// <summary>The mean of the losses of all logits; NaN if there is none.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="logits">The logits.</param>
    /// <param name="targets">A target for each, from 0 to 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not from 0 to 1.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public double Mean<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Check(logits, targets, default, null);
        Span<T> losses = stackalloc T[Block];
        CompensatedSum sum = default;
        for (int start = 0; start < logits.Length; start += Block)
        {
            int count = Math.Min(Block, logits.Length - start);
            BinaryCrossEntropyKernel<T>.Instance.Forward(
                logits.Slice(start, count), targets.Slice(start, count), losses[..count], Parameters);
            foreach (T loss in losses[..count])
                sum.Add(BinaryCrossEntropyKernel<T>.Instance.Widen(loss));
        }
        return sum.Value / logits.Length;
    }

    private ParameterSet Parameters => new([0, PositiveWeight, LabelSmoothing]);

    private static void Check<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> output, string? name)
        where T : unmanaged
    {
        Guard.Length(logits.Length, targets.Length, nameof(targets));
        if (name is not null)
        {
            Guard.Length(logits.Length, output.Length, name);
            Guard.Overlap(logits, output, name);
            Guard.Apart(targets, output, name);
        }
        for (int i = 0; i < targets.Length; i++)
        {
            double target = BinaryCrossEntropyKernel<T>.Instance.Widen(targets[i]);
            if (!(target is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(targets), target, $"Target {i} is {target}; it must be from 0 to 1.");
        }
    }

    private static ArgumentOutOfRangeException Refusal(double value, string rule) => new(nameof(value), value, $"It must be {rule}.");
}
