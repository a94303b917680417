using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Nonlinear.Kernels;

namespace Nonlinear;

/// <summary>
/// An activation function with its parameters fixed: forward and backward over spans of <see cref="float"/>, <see cref="double"/>,
/// <see cref="Half"/> and <see cref="BFloat16"/>. Instances are immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// <para>Shapes: an elementwise function takes spans of equal length. A function along an axis (softmax) takes a span as one vector, or a
/// shape and an axis. A pooled one (maxout) gives fewer outputs than it takes inputs, a widened one (CReLU) more.</para>
/// <para>Aliasing: input and output may be the same span; spans that overlap in part are refused.</para>
/// <para>Bits: a result depends on nothing but its own input. The width of the processor's vectors, the position in the span and its length
/// change nothing, nor does the number of threads.</para>
/// <para>Threads: a call stays on the caller's thread, unless <see cref="Parallel"/> or <see cref="OnThreads"/> was asked for.</para>
/// <para>Error: float, Half and BFloat16 are correctly rounded, double is within 1 ulp (functions along an axis: 0.501 and 2 ulp), forward
/// and derivative; see <see cref="Guarantee"/>. Backward rounds the product dy · f′(x) once.</para>
/// <para>Equality: two activations are equal if they are the same function with the same parameters, tier and number of threads.</para>
/// </remarks>
public abstract partial class Activation : IEquatable<Activation>, IParsable<Activation>
{
    private readonly Activation _original;
    private readonly Lazy<Kernel<float>>? _fastFloats;
    private readonly ConcurrentDictionary<(Tier Tier, int Threads), Activation>? _variants;

    // The function in the exact tier on one thread.
    private protected Activation(ActivationInfo info, double[] parameterValues, KernelsByType kernels, Func<Kernel<float>>? fastFloats)
    {
        (Info, ParameterValues, Kernels) = (info, parameterValues, kernels);
        (Tier, Threads) = (Tier.Exact, 1);
        _original = this;
        _variants = [];
        _fastFloats = fastFloats is null ? null : new(fastFloats);
    }

    // The same function in another tier or on more threads.
    private protected Activation(Activation original, Tier tier, int threads)
    {
        (Info, ParameterValues) = (original.Info, original.ParameterValues);
        (Tier, Threads) = (tier, threads);
        _original = original;
        KernelsByType kernels = tier == Tier.Fast ? original.Kernels with { Float = original._fastFloats!.Value } : original.Kernels;
        Kernels = threads == 1 ? kernels : kernels.OnThreads(threads);
    }

    /// <summary>What is known about the function.</summary>
    public ActivationInfo Info { get; }

    /// <summary>The parameters, in the order of <see cref="ActivationInfo.Parameters"/>.</summary>
    public IReadOnlyList<double> ParameterValues { get; }

    /// <summary>Where the formula changes its piece, with these parameters.</summary>
    public IReadOnlyList<double> Kinks => Info.KinksWhen?.Invoke(ParameterValues) ?? Info.Kinks;

    /// <summary>How results are computed.</summary>
    public Tier Tier { get; }

    /// <summary>How many threads at most work on a call, the caller's among them.</summary>
    public int Threads { get; }

    /// <summary>
    /// The same function, with the same parameters, in the fast tier. If it has no faster form, this is the function as it is.
    /// </summary>
    public virtual Activation Fast => In(Tier.Fast);

    /// <summary>The same function, with the same parameters, in the exact tier.</summary>
    public virtual Activation Exact => In(Tier.Exact);

    /// <summary>The same function, with the same bits, whose long calls use all cores: <see cref="OnThreads"/> with their number.</summary>
    public virtual Activation Parallel => OnThreads(Environment.ProcessorCount);

    /// <summary>The formula.</summary>
    public abstract Formula Formula { get; }

    /// <summary>The derivative's formula; for a function of a vector, that of the Jacobian's elements.</summary>
    public abstract Formula DerivativeFormula { get; }

    /// <summary>What else there is to show: the gradients by the parameters, the affine form of maxout.</summary>
    public virtual IReadOnlyList<NamedFormula> FurtherFormulas => [];

    /// <summary>How frameworks spell the function with these parameters.</summary>
    public virtual IReadOnlyList<Spelling> Spellings => Spelling.Of(Info, ParameterValues);

    internal KernelsByType Kernels { get; }

    /// <summary>The same function, with the same parameters, in a tier.</summary>
    public virtual Activation In(Tier tier) => Variant(tier, Threads);

    /// <summary>The same function, with the same bits, whose long calls are divided among threads.</summary>
    /// <remarks>
    /// <para>It pays from some 30,000 elements on for functions that compute much, less for those that wait for memory (ReLU), and not
    /// where all cores are busy already. Shorter calls run on the caller's thread, as do single vectors of softmax and gradients by
    /// parameters, whose sums have an order.</para>
    /// <para>The caller's thread does its share, and threads of the pool help as they become free. The call waits only for helpers that
    /// have begun; so it may be made from anywhere, also from a thread of the pool. When it returns, or throws, no other thread touches its
    /// spans any more. It allocates a small object.</para>
    /// </remarks>
    /// <param name="count">How many threads at most work on a call, the caller's among them; 1, the default, is the caller's alone.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public virtual Activation OnThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Variant(Tier, count);
    }

    /// <summary>
    /// Finds a function by name or alias, with parameters if any, or by what a framework calls it: <c>gelu</c>, <c>Swish(beta=1.5)</c>,
    /// <c>gelu.Fast</c>, <c>torch.nn.LeakyReLU(0.2)</c>, <c>nn.GELU(approximate='tanh')</c>, <c>keras:leaky_relu</c>.
    /// </summary>
    /// <remarks>
    /// A name that is ours has our defaults; with a path or a framework before it, it has the framework's. Where frameworks mean different
    /// functions by a name that is not ours, it has to say whose it is.
    /// </remarks>
    /// <exception cref="FormatException">
    /// No function or parameter has that name, or the text is malformed; the message says what would do.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static Activation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Catalog.Find(text, out Exception? problem) ?? throw problem!;
    }

    static Activation IParsable<Activation>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <summary>Finds a function by name or alias, as <see cref="Parse(string)"/> does, if there is one.</summary>
    /// <returns>Whether the text names a function, with parameters that it may have.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Activation? activation)
    {
        activation = text is null ? null : Catalog.Find(text, out _);
        return activation is not null;
    }

    static bool IParsable<Activation>.TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Activation result) =>
        TryParse(s, out result);

    /// <summary>How many outputs there are for a number of inputs.</summary>
    /// <param name="inputs">The number of inputs; for a pooled function a multiple of its pieces.</param>
    public virtual int OutputsFor(int inputs) => inputs;

    /// <summary>Computes y = f(x) for every element.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, or the spans overlap without being the same; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Kernels.Of<T>().Forward(x, y);
    }

    /// <summary>
    /// Carries a gradient back through the function: dx = dy · f′(x), or dy times the Jacobian where outputs depend on several inputs.
    /// </summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, or two spans overlap without being the same; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Backward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Kernels.Of<T>().Backward(x, dy, dx);
    }

    /// <summary>
    /// The canonical spelling, which <see cref="Parse(string)"/> reads back: <c>swish(beta=1.5)</c>, and <c>gelu.Fast.OnThreads(2)</c> in
    /// another tier or on more threads than one. Parameters at their defaults are left out.
    /// </summary>
    public override string ToString()
    {
        string tier = Tier == Tier.Fast ? ".Fast" : "", threads = Threads == 1 ? "" : FormattableString.Invariant($".OnThreads({Threads})");
        return Name + tier + threads;
    }

    /// <summary>Whether the other is the same function with the same parameters, tier and number of threads.</summary>
    public bool Equals(Activation? other) =>
        ReferenceEquals(this, other)
        || (other is not null && HasSameForm(other) && Function == other.Function && Tier == other.Tier && Threads == other.Threads
            && ParameterValues.SequenceEqual(other.ParameterValues));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Activation);

    /// <inheritdoc/>
    public override int GetHashCode() => ParameterValues.Aggregate(HashCode.Combine(Function, Tier, Threads), HashCode.Combine);

    /// <inheritdoc cref="Equals(Activation)"/>
    public static bool operator ==(Activation? left, Activation? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two differ in function, parameters, tier or number of threads.</summary>
    public static bool operator !=(Activation? left, Activation? right) => !(left == right);

    // The name with the parameters, as Parse reads it.
    private protected virtual string Name => ActivationName.Write(Info, ParameterValues);

    // Whether what is neither function nor parameter is the same as well.
    private protected virtual bool HasSameForm(Activation other) => true;

    // The type that holds the formula.
    private protected abstract Type Function { get; }

    // Makes the same function in another tier or on more threads, of the one in the exact tier on one thread.
    private protected abstract Activation MakeVariant(Tier tier, int threads);

    private Activation Variant(Tier tier, int threads)
    {
        if (_original._fastFloats is null)
            tier = Tier.Exact;
        if (tier == Tier && threads == Threads)
            return this;
        return (tier, threads) == (Tier.Exact, 1)
            ? _original
            : _original._variants!.GetOrAdd(
                (tier, threads), static (key, original) => original.MakeVariant(key.Tier, key.Threads), _original);
    }
}
