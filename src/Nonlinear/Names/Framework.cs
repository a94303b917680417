using System.Reflection;
using Nonlinear.Names;

namespace Nonlinear;

/// <summary>A framework whose names for activation functions are understood, with what it calls each of them.</summary>
/// <remarks>The tables are text, a file a framework, a line a function: <c>Names/Tables</c> of the sources.</remarks>
public sealed class Framework
{
    // In the order in which they are shown.
    private static readonly string[] Files =
    [
        "torch", "jax", "keras", "tf", "onnx", "onednn", "hf", "ggml", "mlx", "burn", "candle", "coreml", "tflite", "darknet",
    ];

    private static readonly Lazy<IReadOnlyList<Framework>> Tables = new(() => [.. Files.Select(file => TableReader.Read(TextOf(file)))]);

    internal Framework(IReadOnlyDictionary<string, string> header)
    {
        Ids = header["id"].Split(' ');
        (Title, Version, Source) = (header["title"], header["version"], header["source"]);
        CallsArePositional = header.ContainsKey("positional");
        HasOperators = header.ContainsKey("operators");
        IsPasted = !header.ContainsKey("prefixed");
    }

    /// <summary>All frameworks.</summary>
    public static IReadOnlyList<Framework> All => Tables.Value;

    /// <summary>What stands before a colon in <c>torch:gelu</c>.</summary>
    public string Id => Ids[0];

    /// <summary>The name as people write it: PyTorch.</summary>
    public string Title { get; }

    /// <summary>The version whose documentation the table was checked against.</summary>
    public string Version { get; }

    /// <summary>Where that documentation is.</summary>
    public string Source { get; }

    /// <summary>Its activation functions, in the order of its documentation.</summary>
    public IReadOnlyList<FrameworkFunction> Functions { get; internal set; } = [];

    // The identifier and its other forms: torch, pytorch.
    internal IReadOnlyList<string> Ids { get; }

    // Whether its language has no names for arguments.
    internal bool CallsArePositional { get; }

    // Whether what it has are operators, whose inputs are not among their settings.
    internal bool HasOperators { get; }

    // Whether its names are typed without saying whose they are; those of a C interface are not.
    internal bool IsPasted { get; }

    // How functions are written that it has no name for.
    internal IReadOnlyList<Composition> Compositions { get; set; } = [];

    /// <summary>The title and the version.</summary>
    public override string ToString() => $"{Title} {Version}";

    private static string TextOf(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Names/{file}.txt")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
