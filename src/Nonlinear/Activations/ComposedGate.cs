using Nonlinear.Kernels;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The value times any elementwise function of the gate, as in <c>glu(mish)</c>.</summary>
internal sealed class ComposedGate(ElementwiseActivation gate) : GatedInterpretation
{
    private readonly Lazy<Formula> _formula = new(() => FormulaFromCode.GatedBy(gate));

    private readonly Lazy<Formula> _derivative = new(() => FormulaFromCode.GatedDerivativesBy(gate));

    /// <summary>The function of the gate.</summary>
    public ElementwiseActivation Gate => gate;

    public override Type Function => typeof(ComposedGate);

    public override ActivationInfo Info { get; } = Glu.Info with
    {
        Title = $"GLU by {gate.Info.Title}",
        Aliases = [],
        Monotone = gate.Info.Monotone,
        Smoothness = gate.Info.Smoothness,
        KinksWhen = _ => gate.Kinks,
    };

    public override Formula Formula => _formula.Value;

    public override Formula DerivativeFormula => _derivative.Value;

    public override bool PairsAreJudged => false;

    public override V Forward<V>(V gateInput, V value) => gate.EvaluateKeepingDigits(gateInput) * value;

    public override KernelsByType MakeKernels(GateLayout? layout)
    {
        ElementwiseKernel<double> doubles = (ElementwiseKernel<double>)gate.Kernels.Double;
        return new(
            new ComposedGatedKernel<float, FloatConversion>(Info.Name, doubles, layout),
            new ComposedGatedKernel<double, DoubleConversion>(Info.Name, doubles, layout),
            new ComposedGatedKernel<Half, HalfConversion>(Info.Name, doubles, layout),
            new ComposedGatedKernel<BFloat16, BFloat16Conversion>(Info.Name, doubles, layout));
    }

    public override Kernel<float> MakeFastKernel(GateLayout? layout) => MakeKernels(layout).Float;
}
