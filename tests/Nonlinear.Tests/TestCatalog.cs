using Nonlinear.Lab;

namespace Nonlinear.Tests;

/// <summary>What the theories run over: the catalogue, asked once.</summary>
public static class TestCatalog
{
    /// <summary>Whether everything is tried of every function: for NONLINEAR_THOROUGH=1, which takes long.</summary>
    public static bool IsEveryFunctionThorough { get; } = Environment.GetEnvironmentVariable("NONLINEAR_THOROUGH") == "1";

    /// <summary>
    /// For what takes long and hangs on the route through the kernels rather than on the function: those of the tutorial, and one of each
    /// further kind.
    /// </summary>
    public static IReadOnlySet<string> Thorough { get; } =
        (IsEveryFunctionThorough ? Catalog.All : Catalog.Tutorial.Select(activation => activation.Info)).Select(info => info.Name)
            .Concat(["hard_swish", "step", "softplus", "sqrtsoftplus", "sine", "log1mexp", "xielu", "derf", "crelu"])
            .ToHashSet();

    public static IEnumerable<ElementwiseActivation> Elementwise { get; } = [.. Catalog.Defaults.OfType<ElementwiseActivation>()];

    public static TheoryData<string> All { get; } = [.. Catalog.All.Select(info => info.Name)];

    public static TheoryData<string> ElementwiseNames { get; } = [.. Elementwise.Select(activation => activation.Info.Name)];

    /// <summary>Those that have a value everywhere: log1mexp begins at 0, where its slope has no bound.</summary>
    public static TheoryData<string> WholeLineNames { get; } =
        [.. Elementwise.Select(activation => activation.Info.Name).Where(name => name != "log1mexp")];

    /// <summary>The elementwise ones of the <see cref="Thorough"/>.</summary>
    public static TheoryData<string> ThoroughNames { get; } =
        [.. Elementwise.Where(activation => IsThorough(activation)).Select(activation => activation.Info.Name)];

    /// <summary>
    /// For what hangs on the route alone: one of each route, of each kind of formula, and of each kind of derivative.
    /// </summary>
    public static IReadOnlySet<string> Routes { get; } = IsEveryFunctionThorough
        ? Elementwise.Select(activation => activation.Info.Name).ToHashSet()
        : ["relu", "leaky_relu", "elu", "selu", "swish", "gelu", "mish", "step", "hard_swish", "softplus", "sine", "log1mexp"];

    /// <summary>The names of the <see cref="Routes"/>.</summary>
    public static TheoryData<string> RouteNames { get; } = [.. Routes];

    /// <summary>The <see cref="Routes"/>, and all that work along an axis or make another number of outputs.</summary>
    public static TheoryData<string> RouteAndVectorNames { get; } =
    [
        .. Catalog.Defaults.Where(activation => activation is not ElementwiseActivation || Routes.Contains(activation.Info.Name))
            .Select(activation => activation.Info.Name),
    ];

    public static TheoryData<string> AxisNames { get; } =
        [.. Catalog.Defaults.OfType<AxisActivation>().Select(activation => activation.Info.Name)];

    /// <summary>Those without noise, whose results depend on nothing but a vector's numbers.</summary>
    public static TheoryData<string> CertainAxisNames { get; } =
        [.. Catalog.Defaults.OfType<AxisActivation>().Where(function => !function.IsRandom).Select(function => function.Info.Name)];

    /// <summary>Whether a function is one of the <see cref="Thorough"/>, whatever its parameters are.</summary>
    public static bool IsThorough(Activation activation) => Thorough.Contains(activation.Info.Name);

    /// <summary>A function by name; a gated unit with its gates in the first half of a span.</summary>
    public static Activation Parse(string name) => Gates.First(Activation.Parse(name));

    public static ElementwiseActivation Get(string name) => (ElementwiseActivation)Activation.Parse(name);
}
