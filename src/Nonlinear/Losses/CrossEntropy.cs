using Nonlinear.Kernels;

namespace Nonlinear;

/// <summary>
/// The cross-entropy of the softmax of some logits against the classes that are right, and its gradient, in one pass over the rows.
/// </summary>
/// <remarks>
/// <para>Row r of the logits has a value for each class. Its loss is -log softmax(x)[t] = log Σⱼ exp(xⱼ) - xₜ, t being the row's target,
/// and the loss's gradient by xⱼ is softmax(x)[j], less 1 for j = t. Where one class dominates neither loses its digits: the gradient at
/// the target is computed as e^(-loss) - 1, and the loss as <see cref="Activation.LogSoftmax"/>.</para>
/// <para>In general the loss of a row is -Σ qⱼ wⱼ log softmax(x)[j] + z (log Σⱼ exp(xⱼ))², with the targets' probabilities q, which are
/// smoothed by <see cref="LabelSmoothing"/>, <see cref="ClassWeights"/> w and <see cref="ZLoss"/> z.</para>
/// <para>Error: on floats and 16-bit types the loss and the gradient, scale included, are within 0.501 ulp, or of 2⁻⁴⁸ of the sum of the
/// magnitudes of their terms where those cancel, as they may for soft or smoothed targets. On doubles the loss is within 2 ulp, the
/// gradient within 4 (as long as nothing becomes subnormal), or with soft or smoothed targets or a z-loss of 2⁻⁵⁰ of the sum of the
/// magnitudes.</para>
/// <para>A logit of -∞ beside others has probability 0, and as the target an infinite loss. A row that holds NaN or +∞, or nothing but -∞,
/// has NaN as its loss and throughout its gradient; other rows are not touched by it. A row whose target is
/// <see cref="IgnoredTarget"/> has loss 0 and gradient 0, whatever its logits are.</para>
/// <para>Bits: a row's results depend on nothing but the row; those of one class as target, not on the order of its classes. Neither
/// vectors nor threads change them.</para>
/// <para>Threads: a call stays on the caller's thread, unless <see cref="Parallel"/> or <see cref="OnThreads"/> was asked for.</para>
/// <para>Sources: label smoothing, Szegedy et al., Rethinking the Inception Architecture, 2016; z-loss, Chowdhery et al., PaLM, 2022.
/// Ignored targets, weights, smoothing and the mean are those of PyTorch's CrossEntropyLoss.</para>
/// </remarks>
public sealed class CrossEntropy
{
    /// <summary>The target of rows that do not count, often -100; null, the default, is none.</summary>
    public int? IgnoredTarget { get; init; }

    /// <summary>How much of a target is spread evenly over all classes: from 0, the default, to less than 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    public double LabelSmoothing { get; init => field = value is >= 0 and < 1 ? value : throw Refusal(value, "from 0 to less than 1"); }

    /// <summary>What the loss of each class as a target is multiplied by; empty, the default, is 1 for all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public ReadOnlyMemory<double> ClassWeights
    {
        get => _weights;
        init
        {
            foreach (double weight in value.Span)
            {
                if (!(weight >= 0 && double.IsFinite(weight)))
                    throw Refusal(weight, "weights that are finite and not negative");
            }
            _weights = value.ToArray();
        }
    }

    /// <summary>What the square of the logits' log-sum-exp is multiplied by, to keep it near 0; 0, the default, leaves it out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double ZLoss
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw Refusal(value, "finite and not negative");
    }

    /// <summary>How many threads at most work on a call, the caller's among them.</summary>
    public int Threads { get; private set; } = 1;

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
        if (count == Threads)
            return this;
        CrossEntropy copy = (CrossEntropy)MemberwiseClone();
        copy.Threads = count;
        return copy;
    }

    /// <summary>Computes the loss of each row.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="logits">The logits, rows × classes, row-major.</param>
    /// <param name="targets">The class that is right for each row, counted from 0; their number is that of the rows.</param>
    /// <param name="losses">Receives a loss for each row.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or losses overlaps an input; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A target is no class, the message names its row and value; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> targets, Span<T> losses)
        where T : unmanaged => Run<T>(new(Options, logits, targets, default, targets.Length) { Losses = losses });

    /// <summary>Computes the loss of each row, against probabilities.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="logits">The logits, rows × classes, row-major.</param>
    /// <param name="targets">The probabilities that are right.</param>
    /// <param name="losses">Receives a loss for each row; its length is the number of rows.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or losses overlaps an input; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not from 0 to 1; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(ReadOnlySpan<T> logits, SoftTargets<T> targets, Span<T> losses)
        where T : unmanaged => Run<T>(new(Options, logits, default, targets.Probabilities, losses.Length) { Losses = losses });

    /// <summary>Computes the loss of each row, and its gradient times a number.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="logits">The logits, rows × classes, row-major.</param>
    /// <param name="targets">The class that is right for each row, counted from 0; their number is that of the rows.</param>
    /// <param name="losses">Receives a loss for each row; it is not multiplied by <paramref name="scale"/>.</param>
    /// <param name="dlogits">Receives the gradients; may be <paramref name="logits"/> itself.</param>
    /// <param name="scale">What gradients are multiplied by, finite: 1 for the sum of the losses, 1 / rows for their mean.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, dlogits overlaps the logits in part, or an output overlaps another span; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A target is no class, the message names its row and value; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void ForwardWithGradient<T>(
        ReadOnlySpan<T> logits, ReadOnlySpan<int> targets, Span<T> losses, Span<T> dlogits, double scale = 1)
        where T : unmanaged => Run<T>(new(Options, logits, targets, default, targets.Length)
        {
            Losses = losses,
            Gradients = dlogits,
            HasGradients = true,
            Scale = scale,
        });

    /// <summary>Computes the loss of each row against probabilities, and its gradient times a number.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="logits">The logits, rows × classes, row-major.</param>
    /// <param name="targets">The probabilities that are right.</param>
    /// <param name="losses">Receives a loss for each row; its length is the number of rows.</param>
    /// <param name="dlogits">Receives the gradients; may be <paramref name="logits"/> itself.</param>
    /// <param name="scale">A finite number that the gradients are multiplied by.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, dlogits overlaps the logits in part, or an output overlaps another span; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not from 0 to 1; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void ForwardWithGradient<T>(
        ReadOnlySpan<T> logits, SoftTargets<T> targets, Span<T> losses, Span<T> dlogits, double scale = 1)
        where T : unmanaged => Run<T>(new(Options, logits, default, targets.Probabilities, losses.Length)
        {
            Losses = losses,
            Gradients = dlogits,
            HasGradients = true,
            Scale = scale,
        });

    /// <summary>The sum of the rows' losses, not rounded to their type.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="logits">The logits, rows × classes, row-major.</param>
    /// <param name="targets">The class that is right for each row.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class, the message names its row and value.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public double Sum<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> targets)
        where T : unmanaged => Sum<T>(new(Options, logits, targets, default, targets.Length));

    /// <summary>
    /// The mean of the rows' losses: their sum divided by that of the targets' weights, of rows that are not ignored; NaN if there is none.
    /// </summary>
    /// <inheritdoc cref="Sum{T}(ReadOnlySpan{T}, ReadOnlySpan{int})"/>
    public double Mean<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> targets)
        where T : unmanaged => Sum(logits, targets) / Options.Weight(targets);

    /// <summary>The mean of the rows' losses, as <see cref="Mean"/>, and its gradient.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="logits">The logits, rows × classes, row-major.</param>
    /// <param name="targets">The class that is right for each row.</param>
    /// <param name="dlogits">Receives the gradient of the mean; may be <paramref name="logits"/> itself.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or spans overlap; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A target is no class, the message names its row and value; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public double MeanWithGradient<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> targets, Span<T> dlogits)
        where T : unmanaged
    {
        double weight = Options.Weight(targets);
        CrossEntropyCall<T> call = new(Options, logits, targets, default, targets.Length)
        {
            Gradients = dlogits,
            HasGradients = true,
            Scale = weight > 0 ? 1 / weight : 0,
        };
        return Sum(call) / weight;
    }

    private CrossEntropyOptions Options => new(IgnoredTarget, LabelSmoothing, _weights, ZLoss);

    private readonly double[] _weights = [];

    private void Run<T>(in CrossEntropyCall<T> call)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        CrossEntropyKernel<T>.Instance.Run(call, Threads);
    }

    // In the order of the rows, however many threads there are.
    private double Sum<T>(in CrossEntropyCall<T> call)
        where T : unmanaged
    {
        double[] losses = new double[call.Rows];
        Run(call.WithExactLosses(losses));
        CompensatedSum sum = default;
        sum.Add(losses);
        return sum.Value;
    }

    private static ArgumentOutOfRangeException Refusal(double value, string rule) => new(nameof(value), value, $"It must be {rule}.");
}
