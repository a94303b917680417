namespace Nonlinear.Attacks.Kills;

/// <summary>A verb that writes something, to be killed while it does.</summary>
/// <param name="Output">The file or folder that it writes.</param>
/// <param name="Arguments">The command; IN stands for a NumPy file, OUT for the output.</param>
/// <param name="LongestDelay">It is killed at most so many milliseconds after its start.</param>
internal sealed record KilledVerb(string Output, string Arguments, int LongestDelay)
{
    /// <summary>What is killed. The outputs are the same bytes in every run, but for those of the guide and the lab.</summary>
    public static IReadOnlyList<KilledVerb> All { get; } =
    [
        new("a.svg", "plot gelu --output OUT", 1500),
        new("a.png", "plot relu elu --output OUT", 1500),
        new("y.npy", "apply softmax --axis 0 --input IN --output OUT", 1500),
        new("z.npy", "apply gelu --input IN --output OUT --threads 2", 1500),
        new("names.md", "names --output OUT", 1500),
        new("r.npy", "references relu --type half --output OUT", 1500),
        new("e.onnx", "model export gelu --output OUT", 1500),
        new("guide", "guide --language en --output OUT", 4000),
        new("lab", "choose --activations relu,tanh --seeds 3 --epochs 1 --hidden 4 --rates 0.01 --output OUT", 3000),
    ];

    /// <summary>The arguments with names for what they stand for.</summary>
    public string[] With(string input, string output) =>
        [.. Arguments.Split(' ').Select(word => word switch { "IN" => input, "OUT" => output, _ => word })];

    /// <summary>Whether the output is a folder.</summary>
    public bool IsFolder => !Output.Contains('.', StringComparison.Ordinal);

    /// <summary>Whether a run to its end takes minutes.</summary>
    public bool IsLong => Output == "guide";
}
