namespace Nonlinear.Attacks;

/// <summary>A sound model, to be damaged.</summary>
internal sealed class Seed
{
    private const int Large = 100_000;

    /// <summary>A model and what it is shown, as the tool takes it; FOLDER stands for the folder of the samples.</summary>
    public Seed(string name, byte[] bytes, params string[] inputs)
    {
        (Name, Bytes, Inputs) = (name, bytes, inputs);
        Parsed = WireMessage.Parse(bytes) ?? throw new ArgumentException($"'{name}' is no model.", nameof(bytes));
    }

    public string Name { get; }

    public byte[] Bytes { get; }

    public IReadOnlyList<string> Inputs { get; }

    public WireMessage Parsed { get; }

    public bool IsLarge => Bytes.Length > Large;
}
