using System.Text.Json.Serialization;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>What the activations of a model did with a sample.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="Rows">The rows of the sample: the independent inputs that the model worked on.</param>
/// <param name="Batch">The rows that it was given at a time.</param>
/// <param name="Activations">Each activation, in the order of the model.</param>
/// <param name="LeftOut">What could not be followed, and why; what is no activation though it might look like one is not among it.</param>
/// <param name="NonFinite">Where numbers first ceased to be finite; null if all are.</param>
public sealed record ModelDiagnosis(
    string Model,
    long Rows,
    int Batch,
    IReadOnlyList<ActivationDiagnosis> Activations,
    IReadOnlyList<LeftOut> LeftOut,
    NonFiniteOrigin? NonFinite)
{
    /// <summary>What had to be guessed about the inputs, in sentences.</summary>
    public IReadOnlyList<Text> Notes { get; init; } = [];
}

/// <summary>A part of a model that could not be diagnosed.</summary>
/// <param name="Name">The node, or the tensor that it makes.</param>
/// <param name="Operation">Its operations.</param>
/// <param name="Why">Why, in words.</param>
public sealed record LeftOut(string Name, string Operation, [property: JsonIgnore] Text Why)
{
    /// <summary>Why, in English.</summary>
    public string Reason => Why.English;
}

/// <summary>Where a model first made NaN or infinity.</summary>
/// <param name="Name">The node that made it, or the input of the model that held it.</param>
/// <param name="Operation">Its operation; "input" for an input of the model.</param>
/// <param name="Tensor">The tensor.</param>
/// <param name="NaNs">How many of its elements were NaN.</param>
/// <param name="Infinities">How many were infinite.</param>
/// <param name="Rows">In how many rows of the sample.</param>
public sealed record NonFiniteOrigin(string Name, string Operation, string Tensor, long NaNs, long Infinities, long Rows);
