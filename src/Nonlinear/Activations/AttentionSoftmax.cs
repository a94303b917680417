using Nonlinear.Kernels;

namespace Nonlinear;

/// <summary>
/// Softmax as attention uses it: scale, cap, mask and softmax of the scores in one pass over them, with an extra logit for each head if
/// there is one, forward and backward.
/// </summary>
/// <remarks>
/// <para>With scores s of a query, z = scale · s, or c tanh(scale · s / c) with a <see cref="Softcap"/> c; a mask is added to z. The
/// results are e^z, divided by the sum of e^z over all keys that take part and of e^sink: pⱼ = e^zⱼ / (e^sink + Σ e^zₖ). With
/// <see cref="IsLogarithmic"/> they are log pⱼ. Softmax with a temperature has <see cref="Scale"/> 1 / temperature; "softmax off by one",
/// e^z / (1 + Σ e^z), is a sink of 0.</para>
/// <para>A key that is masked, by -∞, by a mark or by <see cref="CausalOffset"/>, has probability 0 (logarithm -∞) and takes no part in
/// gradients; its score is of no account, be it NaN. Of a query without any key all results are 0 (-∞), and its gradient is 0. If NaN
/// or +∞ comes in otherwise, all keys of the query that take part are NaN; other queries are not touched by it.</para>
/// <para>Error: results on floats and 16-bit types are within 0.501 ulp; gradients within 0.501 ulp of the result or, where its terms
/// cancel, 2⁻⁴⁶ of the sum of their magnitudes. Doubles: results within 2 ulp, gradients within 2 ulp or 2⁻⁵⁰ of the sum of
/// magnitudes.</para>
/// <para>Bits: a row's results depend on nothing but the row and its mask; forward, not on the order of its keys. Neither vectors nor
/// threads change them.</para>
/// <para>Sources: Vaswani et al., Attention Is All You Need, 2017 (scale, mask); Gemma 2, 2024 (cap); Miller, Attention Is Off By One,
/// 2023, and gpt-oss, 2025 (sinks).</para>
/// </remarks>
public sealed class AttentionSoftmax
{
    /// <summary>What scores are multiplied by, usually 1 / √(size of a head).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Scale { get; init => field = double.IsFinite(value) ? value : throw Refusal(value, "a finite number"); } = 1;

    /// <summary>The bound c of c · tanh(scale · score / c); +∞, the default, is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public double Softcap { get; init => field = value > 0 ? value : throw Refusal(value, "above 0"); } = double.PositiveInfinity;

    /// <summary>
    /// The first query sees this many keys beyond the first, each one after it one more: 0 where queries and keys start together, keys -
    /// queries where they end together, as with keys of earlier tokens in a cache. Null, the default, lets every query see every key.
    /// </summary>
    public int? CausalOffset { get; init; }

    /// <summary>How many keys a query sees, up to its own; null, the default, is all. It needs <see cref="CausalOffset"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? Window { get; init => field = value is null or > 0 ? value : throw Refusal(value, "at least 1"); }

    /// <summary>Whether results are logarithms of probabilities.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>How many threads at most work on a call, the caller's among them.</summary>
    public int Threads { get; private set; } = 1;

    /// <summary>How results are computed.</summary>
    public Tier Tier { get; private set; }

    /// <summary>The same function in the fast tier.</summary>
    public AttentionSoftmax Fast => In(Tier.Fast);

    /// <summary>The same function in the exact tier.</summary>
    public AttentionSoftmax Exact => In(Tier.Exact);

    /// <summary>The same function, with the same bits, whose long calls use all cores.</summary>
    public AttentionSoftmax Parallel => OnThreads(Environment.ProcessorCount);

    /// <summary>The same function in a tier.</summary>
    /// <param name="tier">The tier.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tier.</exception>
    public AttentionSoftmax In(Tier tier)
    {
        if (!Enum.IsDefined(tier))
            throw new ArgumentOutOfRangeException(nameof(tier), tier, "There is no such tier.");
        return tier == Tier ? this : With(copy => copy.Tier = tier);
    }

    /// <summary>The same function, with the same bits, whose long calls divide their rows among threads.</summary>
    /// <param name="count">How many threads at most work on a call, the caller's among them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public AttentionSoftmax OnThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count == Threads ? this : With(copy => copy.Threads = count);
    }

    /// <summary>Computes the probabilities of all keys for every query.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="scores">The scores, row-major.</param>
    /// <param name="probabilities">Receives the results; may be <paramref name="scores"/> itself.</param>
    /// <param name="shape">The shape of both.</param>
    /// <param name="mask">The mask, if there is one.</param>
    /// <param name="sinks">An extra logit for each head that takes its share of probability; empty if there is none.</param>
    /// <exception cref="ArgumentException">
    /// A length or a shape does not fit, or spans overlap without being the same; nothing has been written.
    /// </exception>
    /// <exception cref="InvalidOperationException">There is a window without a causal offset.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(
        ReadOnlySpan<T> scores,
        Span<T> probabilities,
        AttentionShape shape,
        AttentionMask<T> mask = default,
        ReadOnlySpan<T> sinks = default)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Check(scores, probabilities, nameof(probabilities), shape, mask, sinks);
        AttentionKernel<T>.Of(Tier).Forward(new(Options, shape, scores, default, probabilities, mask, sinks, default), Threads);
    }

    /// <summary>Carries a gradient back to the scores, and to the sinks, by way of the scores.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="scores">The scores of the forward pass.</param>
    /// <param name="dprobabilities">The gradient by the results.</param>
    /// <param name="dscores">Receives the gradient by the scores; may be either input itself. Without a cap, divided by
    /// <see cref="Scale"/>, it is that by what a mask adds.</param>
    /// <param name="shape">The shape of all three.</param>
    /// <param name="mask">The mask of the forward pass.</param>
    /// <param name="sinks">The sinks of the forward pass.</param>
    /// <param name="dsinks">Receives the gradient by the sinks, or is empty.</param>
    /// <exception cref="ArgumentException">
    /// A length or a shape does not fit, or spans overlap without being the same; nothing has been written.
    /// </exception>
    /// <exception cref="InvalidOperationException">There is a window without a causal offset.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Backward<T>(
        ReadOnlySpan<T> scores,
        ReadOnlySpan<T> dprobabilities,
        Span<T> dscores,
        AttentionShape shape,
        AttentionMask<T> mask = default,
        ReadOnlySpan<T> sinks = default,
        Span<T> dsinks = default)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Check(scores, dscores, nameof(dscores), shape, mask, sinks);
        Guard.Length(scores.Length, dprobabilities.Length, nameof(dprobabilities));
        Guard.Overlap(dprobabilities, dscores, nameof(dscores));
        if (!dsinks.IsEmpty)
        {
            Guard.Length(sinks.Length, dsinks.Length, nameof(dsinks));
            Guard.Apart(scores, dsinks, nameof(dsinks));
            Guard.Apart(dprobabilities, dsinks, nameof(dsinks));
            Guard.Apart<T, T>(dscores, dsinks, nameof(dsinks));
            Guard.Apart(mask.Added, dsinks, nameof(dsinks));
            Guard.Apart(mask.Marks, dsinks, nameof(dsinks));
            Guard.Overlap(sinks, dsinks, nameof(dsinks));
        }
        AttentionKernel<T>.Of(Tier).Backward(new(Options, shape, scores, dprobabilities, dscores, mask, sinks, default), dsinks, Threads);
    }

    /// <summary>Carries a gradient back to the scores by way of the saved results, so that neither scores, mask nor sinks need be
    /// kept.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="probabilities">The results of the forward pass.</param>
    /// <param name="dprobabilities">The gradient by the results.</param>
    /// <param name="dscores">Receives the gradient by the scores; may be either input itself.</param>
    /// <param name="shape">The shape of all three.</param>
    /// <exception cref="ArgumentException">
    /// A length or a shape does not fit, or spans overlap without being the same; nothing has been written.
    /// </exception>
    /// <exception cref="InvalidOperationException">There is a cap: its slope needs the scores.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void BackwardFromOutput<T>(
        ReadOnlySpan<T> probabilities, ReadOnlySpan<T> dprobabilities, Span<T> dscores, AttentionShape shape)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        if (double.IsFinite(Softcap))
            throw new InvalidOperationException("With a cap the slope needs the scores: call Backward.");
        Check(probabilities, dscores, nameof(dscores), shape, default, default);
        Guard.Length(probabilities.Length, dprobabilities.Length, nameof(dprobabilities));
        Guard.Overlap(dprobabilities, dscores, nameof(dscores));
        AttentionKernel<T>.Of(Tier).BackwardFromOutput(
            new(Options, shape, probabilities, dprobabilities, dscores, default, default, default), Threads);
    }

    private AttentionSoftmax With(Action<AttentionSoftmax> change)
    {
        AttentionSoftmax copy = (AttentionSoftmax)MemberwiseClone();
        change(copy);
        return copy;
    }

    private AttentionOptions Options => new(Scale, Softcap, CausalOffset, Window, IsLogarithmic);

    private void Check<T>(
        ReadOnlySpan<T> source, Span<T> target, string name, AttentionShape shape, AttentionMask<T> mask, ReadOnlySpan<T> sinks)
        where T : unmanaged
    {
        if (Window is not null && CausalOffset is null)
            throw new InvalidOperationException("A window ends at a query's own key: say where that is with CausalOffset.");
        shape.Check(source.Length, nameof(shape));
        Guard.Length(source.Length, target.Length, name);
        Guard.Overlap(source, target, name);
        mask.Check(shape, nameof(mask));
        Guard.Apart(mask.Added, target, name);
        Guard.Apart(mask.Marks, target, name);
        if (!sinks.IsEmpty)
            Guard.Length(shape.Heads, sinks.Length, nameof(sinks));
        Guard.Apart(sinks, target, name);
    }

    private static ArgumentOutOfRangeException Refusal(object? value, string rule) => new(nameof(value), value, $"It must be {rule}.");
}
