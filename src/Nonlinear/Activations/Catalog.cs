namespace Nonlinear;

/// <summary>All activation functions, in the order in which the guide presents them. One more function is one more line here.</summary>
public static class Catalog
{
    private static readonly CatalogEntry[] Entries =
    [
        CatalogEntry.Elementwise<Sigmoid>(),
        CatalogEntry.Elementwise<Tanh>(),
        CatalogEntry.Elementwise<Swish>(),
        CatalogEntry.Elementwise<Mish>(),
        CatalogEntry.Elementwise<Relu>(),
        CatalogEntry.Elementwise<LeakyRelu>(),
        CatalogEntry.Elementwise<Prelu>(),
        CatalogEntry.Elementwise<Elu>(),
        CatalogEntry.Elementwise<Selu>(),
        CatalogEntry.Elementwise<Gelu>(),
        CatalogEntry.Elementwise<GeluTanh>(),
        CatalogEntry.Elementwise<QuickGelu>(),
        CatalogEntry.Elementwise<ClippedGelu>(),
        CatalogEntry.Elementwise<HardSwish>(),
        CatalogEntry.Elementwise<HardMish>(),
        CatalogEntry.Elementwise<Golu>(),
        CatalogEntry.Elementwise<Telu>(),
        CatalogEntry.Elementwise<Serf>(),
        CatalogEntry.Elementwise<Smish>(),
        CatalogEntry.Elementwise<Elish>(),
        CatalogEntry.Elementwise<Lisht>(),
        CatalogEntry.Elementwise<Celu>(),
        CatalogEntry.Elementwise<Relu6>(),
        CatalogEntry.Elementwise<ClampedRelu>(),
        CatalogEntry.Elementwise<Rrelu>(),
        CatalogEntry.Elementwise<ReluSquared>(),
        CatalogEntry.Elementwise<StarRelu>(),
        CatalogEntry.Elementwise<Smelu>(),
        CatalogEntry.Elementwise<SparsePlus>(),
        CatalogEntry.Elementwise<Softplus>(),
        CatalogEntry.Elementwise<SqrtSoftplus>(),
        CatalogEntry.Elementwise<Squareplus>(),
        CatalogEntry.Elementwise<Xielu>(),
        CatalogEntry.Elementwise<Snake>(),
        CatalogEntry.Elementwise<SnakeBeta>(),
        CatalogEntry.Elementwise<HardSigmoid>(),
        CatalogEntry.Elementwise<SparseSigmoid>(),
        CatalogEntry.Elementwise<HardTanh>(),
        CatalogEntry.Elementwise<Clip>(),
        CatalogEntry.Elementwise<Softsign>(),
        CatalogEntry.Elementwise<ScaledTanh>(),
        CatalogEntry.Elementwise<Softcap>(),
        CatalogEntry.Elementwise<DynamicTanh>(),
        CatalogEntry.Elementwise<DynamicErf>(),
        CatalogEntry.Elementwise<Laplace>(),
        CatalogEntry.Elementwise<LogSigmoid>(),
        CatalogEntry.Elementwise<Threshold>(),
        CatalogEntry.Elementwise<ThresholdedRelu>(),
        CatalogEntry.Elementwise<HardShrink>(),
        CatalogEntry.Elementwise<SoftShrink>(),
        CatalogEntry.Elementwise<Shrink>(),
        CatalogEntry.Elementwise<TanhShrink>(),
        CatalogEntry.Elementwise<Step>(),
        CatalogEntry.Elementwise<Identity>(),
        CatalogEntry.Elementwise<Affine>(),
        CatalogEntry.Elementwise<Abs>(),
        CatalogEntry.Elementwise<Square>(),
        CatalogEntry.Elementwise<Exponential>(),
        CatalogEntry.Elementwise<Gaussian>(),
        CatalogEntry.Elementwise<Sine>(),
        CatalogEntry.Elementwise<LogCosh>(),
        CatalogEntry.Elementwise<Log1mExp>(),
        CatalogEntry.Gated<Glu>(),
        CatalogEntry.Gated<Swiglu>(),
        CatalogEntry.Gated<Geglu>(),
        CatalogEntry.Gated<GegluTanh>(),
        CatalogEntry.Gated<GegluQuick>(),
        CatalogEntry.Gated<Reglu>(),
        CatalogEntry.Gated<RegluSquared>(),
        CatalogEntry.Gated<Bilinear>(),
        CatalogEntry.Gated<SwigluOai>(),
        CatalogEntry.Gated<SwigluStep>(),
        CatalogEntry.Gated<SituGlu>(),
        CatalogEntry.AlongAxis<Softmax>(),
        CatalogEntry.AlongAxis<LogSoftmax>(),
        CatalogEntry.AlongAxis<Softmin>(),
        CatalogEntry.OfVector<Hardmax>(),
        CatalogEntry.OfVector<Sparsemax>(),
        CatalogEntry.OfVector<Entmax>(),
        new(GumbelSoftmax.Info, values => AxisActivation.CreateGumbel(values), () => GumbelSoftmax.Formula),
        new(Crelu.Info, _ => WidenedActivation.Create(), () => Crelu.Formula),
        new(Maxout.Info, values => Maxout.Create(values), () => Maxout.Formula),
    ];

    // Made when somebody asks for them all: who names one function should not wait for a hundred.
    private static readonly Lazy<IReadOnlyList<Activation>> Made = new(() => [.. Entries.Select(entry => entry.Create([]))]);

    private static readonly Lazy<IReadOnlyList<Activation>> Toured =
        new(() => [.. Entries.Where(entry => entry.Info.Family == ActivationFamily.Tutorial).Select(entry => entry.Create([]))]);

    /// <summary>What is known about each function.</summary>
    public static IReadOnlyList<ActivationInfo> All { get; } = [.. Entries.Select(entry => entry.Info)];

    /// <summary>Those of the guide's tour at their defaults: what is shown, measured or trained where nothing was named.</summary>
    public static IReadOnlyList<Activation> Tutorial => Toured.Value;

    /// <summary>Each function at its default parameters.</summary>
    public static IReadOnlyList<Activation> Defaults => Made.Value;

    /// <summary>The formula of a function, as its activation has it; for lists, which need no activations.</summary>
    /// <param name="info">One of <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">It is none of the catalogue's.</exception>
    public static Formula FormulaOf(ActivationInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return Entries.FirstOrDefault(entry => ReferenceEquals(entry.Info, info))?.Formula()
            ?? throw new ArgumentException($"{info.Name} is no function of the catalogue.", nameof(info));
    }

    // The function that a text names, as Parse(string) reads it; null, and what is wrong, if it names none.
    internal static Activation? Find(string text, out Exception? problem) => ActivationName.Read(text, Entries, out problem);
}
