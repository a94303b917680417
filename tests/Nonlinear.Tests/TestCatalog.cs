namespace Nonlinear.Tests;

/// <summary>What the theories run over: the catalogue, asked once.</summary>
public static class TestCatalog
{
    public static IEnumerable<ElementwiseActivation> Elementwise { get; } = [.. Catalog.Defaults.OfType<ElementwiseActivation>()];

    public static TheoryData<string> All { get; } = [.. Catalog.All.Select(info => info.Name)];

    public static TheoryData<string> ElementwiseNames { get; } = [.. Elementwise.Select(activation => activation.Info.Name)];

    /// <summary>Those that have a value everywhere: log1mexp begins at 0, where its slope has no bound.</summary>
    public static TheoryData<string> WholeLineNames { get; } =
        [.. Elementwise.Select(activation => activation.Info.Name).Where(name => name != "log1mexp")];

    /// <summary>
    /// For what takes long and hangs on the route through the kernels rather than on the function: those of the tutorial, and one of each
    /// further kind.
    /// </summary>
    public static TheoryData<string> ThoroughNames { get; } =
    [
        .. Catalog.Tutorial.OfType<ElementwiseActivation>().Select(activation => activation.Info.Name),
        "hard_swish", "step", "softplus", "sqrtsoftplus", "sine", "log1mexp", "xielu", "derf",
    ];

    public static TheoryData<string> AxisNames { get; } =
        [.. Catalog.Defaults.OfType<AxisActivation>().Select(activation => activation.Info.Name)];

    /// <summary>Those without noise, whose results depend on nothing but a vector's numbers.</summary>
    public static TheoryData<string> CertainAxisNames { get; } =
        [.. Catalog.Defaults.OfType<AxisActivation>().Where(function => !function.IsRandom).Select(function => function.Info.Name)];

    public static ElementwiseActivation Get(string name) => (ElementwiseActivation)Activation.Parse(name);
}
