using Nonlinear.Kernels;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A gated function with its parameters fixed: it hides which function it is, not what it is evaluated over.</summary>
internal abstract class GatedInterpretation
{
    /// <summary>The type that holds the formula.</summary>
    public abstract Type Function { get; }

    public abstract ActivationInfo Info { get; }

    public abstract Formula Formula { get; }

    public abstract Formula DerivativeFormula { get; }

    /// <summary>
    /// Whether a hundred million pairs of floats, and every float beside one partner, at the default parameters, were judged by
    /// <c>nonlinear verify</c>, forward and both slopes, and all were correctly rounded: docs/notebook/0032-gated-pairs.md has them. Nobody
    /// has looked at yours.
    /// </summary>
    public abstract bool PairsAreJudged { get; }

    public abstract V Forward<V>(V gate, V value)
        where V : struct, IReal<V>;

    /// <summary>The kernels in the exact tier.</summary>
    public abstract KernelsByType MakeKernels(GateLayout? layout);

    /// <summary>The kernel over floats in the fast tier.</summary>
    public abstract Kernel<float> MakeFastKernel(GateLayout? layout);
}

/// <inheritdoc/>
internal sealed class GatedInterpretation<G>(ParameterSet parameters) : GatedInterpretation
    where G : struct, IGated<G>
{
    private readonly Lazy<Formula> _formula = new(FormulaFromCode.Gated<G>), _derivative = new(FormulaFromCode.GatedDerivatives<G>);

    // The value comes before the parameters.
    private readonly ParameterSet _behindValue = parameters.WithBefore(0);

    public override Type Function => typeof(G);

    public override ActivationInfo Info => G.Info;

    public override Formula Formula => _formula.Value;

    public override Formula DerivativeFormula => _derivative.Value;

    public override bool PairsAreJudged => typeof(G).Assembly == typeof(IGated<G>).Assembly;

    public override V Forward<V>(V gate, V value) => G.GateWithSeries(gate, parameters.As<V>()) * G.Value(value, parameters.As<V>());

    public override KernelsByType MakeKernels(GateLayout? layout) => new(
        new GatedKernel<G, float, FloatRunner>(_behindValue, layout),
        new GatedKernel<G, double, DoubleRunner>(_behindValue, layout),
        new GatedKernel<G, Half, SixteenBitRunner<Half, HalfConversion>>(_behindValue, layout),
        new GatedKernel<G, BFloat16, SixteenBitRunner<BFloat16, BFloat16Conversion>>(_behindValue, layout));

    public override Kernel<float> MakeFastKernel(GateLayout? layout) => new GatedKernel<G, float, FastFloatRunner>(_behindValue, layout);
}
