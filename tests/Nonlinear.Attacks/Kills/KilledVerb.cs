namespace Nonlinear.Attacks.Kills;

/// <summary>A verb, to be killed while it works.</summary>
/// <param name="Output">The file or folder that it writes; empty if it writes none.</param>
/// <param name="Arguments">The command; IN stands for a NumPy file, MODEL for an ONNX model, OUT for the output.</param>
/// <param name="LongestDelay">It is killed at most so many milliseconds after its start.</param>
internal sealed record KilledVerb(string Output, string Arguments, int LongestDelay)
{
    /// <summary>What is killed. The outputs are the same bytes in every run, but for folders.</summary>
    public static IReadOnlyList<KilledVerb> All { get; } =
    [
        new("a.svg", "plot gelu --output OUT", 1500),
        new("a.png", "plot relu elu --output OUT", 1500),
        new("c.svg", "compare gelu gelu_tanh --output OUT", 1500),
        new("y.npy", "apply softmax --axis 0 --input IN --output OUT", 1500),
        new("z.npy", "apply gelu --input IN --output OUT --threads 2", 1500),
        new("names.md", "names --output OUT", 1500),
        new("r.npy", "references relu --type half --output OUT", 1500),
        new("v.md", "verify relu --type half --points 1000 --fresh --output OUT", 3000),
        new("e.onnx", "model export gelu --output OUT", 1500),
        new("s.onnx", "model swap MODEL gelu relu --output OUT", 1500),
        new("d.html", "diagnose MODEL --input IN --output OUT", 3000),
        new("guide", "guide --language en --output OUT", 4000) { IsLong = true },
        new("lab", "choose --activations relu,tanh --seeds 3 --epochs 1 --hidden 4 --rates 0.01 --output OUT", 3000),
        new("study", "study dead --quick --output OUT", 4000) { IsLong = true },
        new("", "measure gelu", 1500),
        new("", "eval swish 1 2 3", 1000),
        new("", "list", 1000),
        new("", "show gelu", 1000),
        new("", "model show MODEL", 1000),
        new("site", "explore --output OUT", 4000) { IsLong = true },
        new("", "explore --port 0", 2000) { IsLong = true },
    ];

    /// <summary>What is killed, with the worker if there is a store that it can take runs from.</summary>
    public static KilledVerb[] Of(string? store) =>
        store is null ? [.. All] : [.. All, new("", "worker --store STORE --threads 1", 2500) { IsLong = true, Store = store }];

    /// <summary>What it is called, as people type it.</summary>
    public string Name => Arguments.StartsWith("model", StringComparison.Ordinal)
        ? string.Join(' ', Arguments.Split(' ')[..2])
        : Arguments.Split(' ')[0];

    /// <summary>The arguments with names for what they stand for.</summary>
    public string[] With(string input, string model, string output) =>
        [.. Arguments.Split(' ').Select(word => word switch
        {
            "IN" => input,
            "MODEL" => model,
            "OUT" => output,
            "STORE" => Store ?? "",
            _ => word,
        })];

    /// <summary>Whether the output is a folder.</summary>
    public bool IsFolder => Output.Length > 0 && !Output.Contains('.', StringComparison.Ordinal);

    /// <summary>Whether a run to its end takes minutes, or for ever.</summary>
    public bool IsLong { get; private init; }

    /// <summary>The address of a database; null if none is needed.</summary>
    private string? Store { get; init; }
}
