using Nonlinear.Kernels;
using Nonlinear.Names;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>
/// A gated linear unit, such as SwiGLU: one output for each pair of a gate, which is activated, and a value, which it lets pass.
/// </summary>
/// <remarks>
/// <para>Gates and values come in two spans, or in one that holds both; then <see cref="Layout"/> has to be said, for libraries differ and
/// nothing is guessed: <c>Activation.Swiglu().WithLayout(GateLayout.GateFirst)</c>, or <c>swiglu(layout=gate_first)</c> as text.</para>
/// <para>Error: floats and 16-bit types are correctly rounded (0.501 ulp with other parameters, and where another function gates), doubles
/// within 1 ulp, forward and both gradients. In the fast tier a float is off by twice what the gate's own function is and half an ulp;
/// where the gate's factor, or its product with the value, is subnormal or overflows, by what that makes of the other factors.</para>
/// <para>Each factor has its limit at ±∞ and is rounded to double; 0 times ∞ is NaN.</para>
/// </remarks>
public sealed partial class GatedActivation : Activation
{
    private readonly GatedInterpretation _interpretation;

    private GatedActivation(GatedInterpretation interpretation, double[] values, GateLayout? layout)
        : base(interpretation.Info, values, interpretation.MakeKernels(layout), () => interpretation.MakeFastKernel(layout))
    {
        _interpretation = interpretation;
        Layout = layout;
    }

    private GatedActivation(GatedActivation original, Tier tier, int threads)
        : base(original, tier, threads)
    {
        _interpretation = original._interpretation;
        Layout = original.Layout;
    }

    /// <summary>How gates and values lie where one span holds both; null if it was not said, and then two spans are needed.</summary>
    public GateLayout? Layout { get; }

    /// <summary>The function that gates, where it was given: mish of <c>glu(mish)</c>; null for those with a name of their own.</summary>
    public ElementwiseActivation? Gate => (_interpretation as ComposedGate)?.Gate;

    internal bool PairsAreJudged => _interpretation.PairsAreJudged && Info.HasDefaults(ParameterValues);

    /// <inheritdoc/>
    public override GatedActivation Fast => In(Tier.Fast);

    /// <inheritdoc/>
    public override GatedActivation Exact => In(Tier.Exact);

    /// <inheritdoc/>
    public override GatedActivation Parallel => OnThreads(Environment.ProcessorCount);

    /// <inheritdoc/>
    public override Formula Formula => _interpretation.Formula;

    /// <summary>The formulas of both slopes: by the gate and by the value.</summary>
    public override Formula DerivativeFormula => _interpretation.DerivativeFormula;

    /// <inheritdoc/>
    public override IReadOnlyList<Spelling> Spellings => Gate is not null ? [] : Spelling.Of(Info, ParameterValues, Layout);

    /// <summary>Makes an activation of a gated function, one of your own too.</summary>
    /// <typeparam name="G">The function.</typeparam>
    /// <param name="parameters">Its parameters in their order; none for the defaults.</param>
    /// <exception cref="ArgumentException">Their number is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not finite or out of its range.</exception>
    public static GatedActivation Create<G>(params ReadOnlySpan<double> parameters)
        where G : struct, IGated<G>
    {
        double[] values = G.Info.Check(parameters);
        return G.Info.HasDefaults(values) ? Defaults<G>.Instance : Make<G>(values);
    }

    /// <summary>The same function for spans that hold gates and values in this layout.</summary>
    /// <param name="layout">Where the gates are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layout.</exception>
    public GatedActivation WithLayout(GateLayout layout) => !Enum.IsDefined(layout)
        ? throw new ArgumentOutOfRangeException(nameof(layout), layout, "There is no such layout.")
        : layout == Layout ? this : new GatedActivation(_interpretation, [.. ParameterValues], layout).In(Tier).OnThreads(Threads);

    /// <inheritdoc/>
    public override int OutputsFor(int inputs) => inputs / 2;

    /// <inheritdoc/>
    public override GatedActivation In(Tier tier) => (GatedActivation)base.In(tier);

    /// <inheritdoc/>
    public override GatedActivation OnThreads(int count) => (GatedActivation)base.OnThreads(count);

    /// <summary>y for one gate and one value.</summary>
    public double Forward(double gate, double value)
    {
        double y = 0;
        Forward<double>(new(in gate), new(in value), new(ref y));
        return y;
    }

    /// <summary>Computes y = a(gate) · b(value) for every pair.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="gate">The gates.</param>
    /// <param name="value">The values, as many.</param>
    /// <param name="y">Receives the outputs; may be either input itself.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, or spans overlap without being the same; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(ReadOnlySpan<T> gate, ReadOnlySpan<T> value, Span<T> y)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Gated<T>().Forward(gate, value, y);
    }

    /// <summary>Carries a gradient back to gates and values in one pass: dy · a′(gate) · b(value) and dy · a(gate) · b′(value).</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="gate">The gates of the forward pass.</param>
    /// <param name="value">The values of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dgate">Receives the gradient by the gates; may be any of the inputs.</param>
    /// <param name="dvalue">Receives the gradient by the values; may be any of the inputs, but not <paramref name="dgate"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or spans overlap in part; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Backward<T>(ReadOnlySpan<T> gate, ReadOnlySpan<T> value, ReadOnlySpan<T> dy, Span<T> dgate, Span<T> dvalue)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Gated<T>().Backward(gate, value, dy, dgate, dvalue);
    }

    /// <summary>Computes the function of gates and values that lie along an axis, as <see cref="Layout"/> says.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs, row-major.</param>
    /// <param name="y">Receives the outputs, in the same shape but for the axis, which is half as long.</param>
    /// <param name="shape">The shape of the inputs.</param>
    /// <param name="axis">The axis that holds both; usually the last, -1.</param>
    /// <exception cref="InvalidOperationException"><see cref="Layout"/> was not said; nothing has been written.</exception>
    /// <exception cref="ArgumentException">
    /// A length or the shape does not fit, the axis has an odd number of places, or the spans overlap; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, int axis)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Gated<T>().Forward(x, y, shape, axis);
    }

    /// <summary>Carries a gradient back to gates and values that lie along an axis.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs, in their layout; may be <paramref name="x"/> itself.</param>
    /// <param name="shape">The shape of the inputs.</param>
    /// <param name="axis">The axis that holds both.</param>
    /// <exception cref="InvalidOperationException"><see cref="Layout"/> was not said; nothing has been written.</exception>
    /// <exception cref="ArgumentException">
    /// A length or the shape does not fit, the axis has an odd number of places, or spans overlap; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Backward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, ReadOnlySpan<int> shape, int axis)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Gated<T>().Backward(x, dy, dx, shape, axis);
    }

    /// <summary>The function of gate + bias and value + bias, channels last, in one pass over memory.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="gate">The gates.</param>
    /// <param name="gateBias">What is added to them, a number for each channel; the sum is rounded to the type.</param>
    /// <param name="value">The values.</param>
    /// <param name="valueBias">What is added to them, a number for each channel.</param>
    /// <param name="y">Receives the outputs; may be either input itself.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or spans overlap in part; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void ForwardWithBias<T>(
        ReadOnlySpan<T> gate, ReadOnlySpan<T> gateBias, ReadOnlySpan<T> value, ReadOnlySpan<T> valueBias, Span<T> y)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Gated<T>().ForwardWithBias(gate, gateBias, value, valueBias, y);
    }

    /// <summary>y over numbers of your own.</summary>
    /// <typeparam name="V">The number.</typeparam>
    public V Evaluate<V>(V gate, V value)
        where V : struct, IReal<V> => _interpretation.Forward(gate, value);

    // The value times any function of the gate; those that have a kernel of their own get it.
    internal static GatedActivation By(ElementwiseActivation gate)
    {
        ElementwiseActivation exact = (ElementwiseActivation)gate.In(Tier.Exact).OnThreads(1);
        GatedActivation made = Named(exact) ?? new GatedActivation(new ComposedGate(exact), [], layout: null);
        return made.In(gate.Tier).OnThreads(gate.Threads);
    }

    private static GatedActivation? Named(ElementwiseActivation gate) => gate.Info.Name switch
    {
        "sigmoid" => Glu(),
        "swish" => Swiglu(gate.ParameterValues[0]),
        "gelu" => Geglu(),
        "gelu_tanh" => GegluTanh(),
        "quick_gelu" => GegluQuick(gate.ParameterValues[0]),
        "relu" => Reglu(),
        "relu_squared" => RegluSquared(),
        "identity" => Bilinear(),
        _ => null,
    };

    private protected override string Name
    {
        get
        {
            string name = Gate is { } gate ? $"{Info.Name}({gate})" : base.Name;
            return Layout is not { } layout ? name
                : name.EndsWith(')') ? $"{name[..^1]}, {GateLayouts.Argument}={GateLayouts.Write(layout)})"
                : $"{name}({GateLayouts.Argument}={GateLayouts.Write(layout)})";
        }
    }

    private protected override bool HasSameForm(Activation other) =>
        other is GatedActivation gated && gated.Layout == Layout
        && gated.Gate == Gate;

    private protected override Type Function => _interpretation.Function;

    private protected override GatedActivation MakeVariant(Tier tier, int threads) => new(this, tier, threads);

    private static GatedActivation Make<G>(double[] values)
        where G : struct, IGated<G> => new(new GatedInterpretation<G>(G.Prepare(new(values))), values, layout: null);

    private GatedKernel<T> Gated<T>()
        where T : unmanaged => (GatedKernel<T>)Kernels.Of<T>();

    private static class Defaults<G>
        where G : struct, IGated<G>
    {
        public static readonly GatedActivation Instance = Make<G>(G.Info.Check([]));
    }
}
