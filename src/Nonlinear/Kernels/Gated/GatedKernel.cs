namespace Nonlinear.Kernels;

/// <summary>What gated units do with spans of one type: gates and values in two spans, or in one whose layout is known.</summary>
/// <remarks>
/// A row is what lies together: some gates, and as many values beside them. Where they come in turn, it is the numbers behind one place of
/// the axis; else it is a half of the axis with all that lies behind. Outputs lie without gaps either way.
/// </remarks>
internal abstract class GatedKernel<T>(string name, GateLayout? layout) : Kernel<T>(name, inputsPerOutput: 2)
    where T : unmanaged
{
    /// <summary>How gates and values lie in one span; null if nobody said.</summary>
    public GateLayout? Layout => layout;

    /// <summary>The same kernel for another layout.</summary>
    public abstract GatedKernel<T> With(GateLayout layout);

    public void Forward(ReadOnlySpan<T> gate, ReadOnlySpan<T> value, Span<T> y)
    {
        Guard.Length(gate.Length, value.Length, nameof(value));
        Guard.Length(gate.Length, y.Length, nameof(y));
        Guard.Overlap(gate, y, nameof(y));
        Guard.Overlap(value, y, nameof(y));
        ForwardPairs(gate, value, y);
    }

    public void Backward(ReadOnlySpan<T> gate, ReadOnlySpan<T> value, ReadOnlySpan<T> dy, Span<T> dgate, Span<T> dvalue)
    {
        Guard.Length(gate.Length, value.Length, nameof(value));
        Guard.Length(gate.Length, dy.Length, nameof(dy));
        CheckGradient(gate, value, dy, dgate, nameof(dgate));
        CheckGradient(gate, value, dy, dvalue, nameof(dvalue));
        Guard.Apart<T, T>(dgate, dvalue, nameof(dvalue));
        BackwardPairs(gate, value, dy, dgate, dvalue);
    }

    public void Forward(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, int axis)
    {
        int row = Row(x.Length, shape, axis);
        Guard.Length(x.Length / 2, y.Length, nameof(y));
        Guard.Apart(x, y, nameof(y));
        ForwardRows(x, y, row);
    }

    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, ReadOnlySpan<int> shape, int axis)
    {
        int row = Row(x.Length, shape, axis);
        Guard.Length(x.Length / 2, dy.Length, nameof(dy));
        Guard.Length(x.Length, dx.Length, nameof(dx));
        Guard.Overlap(x, dx, nameof(dx));
        Guard.Apart(dy, dx, nameof(dx));
        BackwardRows(x, dy, dx, row);
    }

    public void ForwardWithBias(
        ReadOnlySpan<T> gate, ReadOnlySpan<T> gateBias, ReadOnlySpan<T> value, ReadOnlySpan<T> valueBias, Span<T> y)
    {
        Guard.Length(gate.Length, value.Length, nameof(value));
        Guard.Length(gate.Length, y.Length, nameof(y));
        Guard.Length(gateBias.Length, valueBias.Length, nameof(valueBias));
        Guard.Overlap(gate, y, nameof(y));
        Guard.Overlap(value, y, nameof(y));
        Guard.Apart(gateBias, y, nameof(y));
        Guard.Apart(valueBias, y, nameof(y));
        WithBias.CheckChannels(gate.Length, gateBias, nameof(gateBias));
        GatedRows.ForwardWithBias(this, gate, gateBias, value, valueBias, y);
    }

    /// <summary>y = a(gate) · b(value)</summary>
    public abstract void ForwardPairs(ReadOnlySpan<T> gate, ReadOnlySpan<T> value, Span<T> y);

    /// <summary>The gradients by gates and values; either may lie in an input's place.</summary>
    public abstract void BackwardPairs(
        ReadOnlySpan<T> gate, ReadOnlySpan<T> value, ReadOnlySpan<T> dy, Span<T> dgate, Span<T> dvalue);

    /// <summary>dy · ∂y/∂θ for one of the function's parameters, counted from 0, as doubles.</summary>
    public virtual void ParameterDerivatives(
        int parameter, ReadOnlySpan<T> gate, ReadOnlySpan<T> value, ReadOnlySpan<T> dy, Span<double> derivatives) =>
        throw new NotSupportedException($"{Name} has no parameter of its own.");

    /// <summary>Forward for whole rows of so many outputs.</summary>
    public virtual void ForwardRows(ReadOnlySpan<T> x, Span<T> y, int row) =>
        GatedRows.Forward(this, x, y, row, gateFirst: layout != GateLayout.GateLast);

    /// <summary>Backward for whole rows of so many outputs.</summary>
    public virtual void BackwardRows(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, int row) =>
        GatedRows.Backward(this, x, dy, dx, row, gateFirst: layout != GateLayout.GateLast);

    public override Kernel<T> OnThreads(int threads) => new ParallelGatedKernel<T>(this, threads);

    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y)
    {
        int row = Row(x.Length, [x.Length], 0);
        Guard.Apart(x, y, nameof(y));
        ForwardRows(x, y, row);
    }

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
    {
        int row = Row(x.Length, [x.Length], 0);
        Guard.Apart(dy, dx, nameof(dx));
        BackwardRows(x, dy, dx, row);
    }

    private static void CheckGradient(ReadOnlySpan<T> gate, ReadOnlySpan<T> value, ReadOnlySpan<T> dy, Span<T> gradient, string name)
    {
        Guard.Length(gate.Length, gradient.Length, name);
        Guard.Overlap(gate, gradient, name);
        Guard.Overlap(value, gradient, name);
        Guard.Overlap(dy, gradient, name);
    }

    private int Row(int length, ReadOnlySpan<int> shape, int axis)
    {
        TensorShape.Check(shape, length, nameof(shape));
        axis = TensorShape.Axis(axis, shape.Length);
        if (shape[axis] % 2 != 0)
            throw new ArgumentException(
                $"axis {axis} has {shape[axis]} channels; {Name} takes a gate and a value for each output, an even number.", nameof(shape));
        if (layout is not { } known)
            throw new InvalidOperationException(
                $"Which numbers are gates? Libraries differ, so {Name} does not guess: use {Name}(layout=gate_first), gate_last or "
                + "interleaved, or pass gates and values apart.");
        int behind = length == 0 ? 1 : TensorShape.Product(shape[(axis + 1)..]);
        return Math.Max(known == GateLayout.Interleaved ? behind : shape[axis] / 2 * behind, 1);
    }
}

/// <summary>A gated unit on one type, by way of the loops of elementwise functions.</summary>
internal sealed class GatedKernel<G, T, TRunner>(Numerics.ParameterSet parameters, GateLayout? layout)
    : GatedKernel<T>(G.Info.Name, layout)
    where G : struct, IGated<G>
    where T : unmanaged
    where TRunner : struct, IRunner<T>
{
    public override GatedKernel<T> With(GateLayout layout) => new GatedKernel<G, T, TRunner>(parameters, layout);

    public override void ForwardPairs(ReadOnlySpan<T> gate, ReadOnlySpan<T> value, Span<T> y) =>
        TRunner.Run<OfGate<G>, ForwardOperation, WithParameters, T>(new(gate, default, value, y, parameters));

    public override void BackwardPairs(
        ReadOnlySpan<T> gate, ReadOnlySpan<T> value, ReadOnlySpan<T> dy, Span<T> dgate, Span<T> dvalue)
    {
        GatedGradients<T> all = new(gate, value, dy, dgate, dvalue, parameters);
        if (all.AreApart && TRunner.TryRunGradients<G>(all))
            return;
        if (gate.Length > 0)
            RunInBlocks(all);
    }

    // The value comes before the parameters.
    public override void ParameterDerivatives(
        int parameter, ReadOnlySpan<T> gate, ReadOnlySpan<T> value, ReadOnlySpan<T> dy, Span<double> derivatives)
    {
        Elements<T, double> elements = new(gate, dy, value, derivatives, parameters);
        if (parameter == 0)
            TRunner.Run<OfGate<G>, ParameterOperation<SecondParameter>, WithUpstreamAndParameters, double>(elements);
        else if (parameter == 1)
            TRunner.Run<OfGate<G>, ParameterOperation<ThirdParameter>, WithUpstreamAndParameters, double>(elements);
        else
            TRunner.Run<OfGate<G>, ParameterOperation<FourthParameter>, WithUpstreamAndParameters, double>(elements);
    }

    // A block at a time: the second slope finds its inputs in the first cache, and what lies in their place need not be larger.
    private static void RunInBlocks(scoped in GatedGradients<T> all)
    {
        int length = all.Gate.Length, block = Math.Min(CacheBlock.Length<T>(), length);
        bool inPlace = !all.AreApart;
        Span<T> byGate = stackalloc T[inPlace ? block : 0], byValue = stackalloc T[inPlace ? block : 0];
        for (int start = 0; start < length; start += block)
        {
            int count = Math.Min(block, length - start);
            GatedGradients<T> target = all.Slice(start, count), part = inPlace ? target.WithOutputs(byGate, byValue) : target;
            if (!inPlace || !TRunner.TryRunGradients<G>(part))
                RunTwice(part);
            if (inPlace)
            {
                part.ByGate.CopyTo(target.ByGate);
                part.ByValue.CopyTo(target.ByValue);
            }
        }
    }

    private static void RunTwice(scoped in GatedGradients<T> part)
    {
        TRunner.Run<OfGate<G>, DerivativeOperation, WithUpstreamAndParameters, T>(
            new(part.Gate, part.Dy, part.Value, part.ByGate, part.Parameters));
        TRunner.Run<OfGate<G>, ParameterOperation<FirstParameter>, WithUpstreamAndParameters, T>(
            new(part.Gate, part.Dy, part.Value, part.ByValue, part.Parameters));
    }
}
