using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Rivals;

/// <summary>A library, or a way of writing it oneself, that computes functions of the catalogue on floats.</summary>
/// <param name="name">What it is called in the tables.</param>
internal abstract class Rival(string name)
{
    /// <summary>What it is called in the tables.</summary>
    public string Name => name;

    /// <summary>Which version it is; empty if it has none.</summary>
    public virtual string Version => "";

    /// <summary>Forward; null if it does not have the function.</summary>
    public virtual Contestant? Forward(Job job) => null;

    /// <summary>Backward; null if it does not have the function.</summary>
    public virtual Contestant? Backward(Job job) => null;

    /// <summary>The elementwise function of a gated one's gates, by which nearly everybody composes it; null if it has none.</summary>
    protected static string? GateOf(Job job) => job.UsualName switch
    {
        "glu" => "sigmoid",
        "swiglu" => "swish",
        "geglu" => "gelu",
        "geglu_tanh" => "gelu_tanh",
        "reglu" => "relu",
        _ => null,
    };

    /// <summary>One pass of its own.</summary>
    protected Contestant By(Action pass, IDisposable? owner = null) => new(Part.Rival, name, pass) { Owner = owner };
}
