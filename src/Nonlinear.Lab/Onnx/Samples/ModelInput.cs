using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;

namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>An input that a model declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Axes">Its axes: a number is a fixed extent, a name that of a free one; null stands for a free one without a name.</param>
internal sealed record ModelInput(string Name, TensorElementType Type, IReadOnlyList<string?> Axes)
{
    // What converters write where they know no name; two axes that share it have nothing in common.
    private static readonly HashSet<string> Nameless = ["", "?", "None", "unk", "-1"];

    /// <summary>Whether the model says nothing of its shape, so that it takes any.</summary>
    public bool AnyShape { get; init; }

    /// <summary>The inputs of a model that must be given; constants that could be replaced are left out.</summary>
    /// <param name="session">The session of the model.</param>
    /// <param name="model">The model; without it a tensor of no declared shape is taken for a single number.</param>
    /// <exception cref="InvalidDataException">One of them is no tensor.</exception>
    public static IReadOnlyList<ModelInput> Of(InferenceSession session, ModelProto? model = null) =>
        [.. session.InputNames.Select(name => Of(name, session.InputMetadata[name], model))];

    /// <summary>The axes in words: (batch, 3, any).</summary>
    public string Shape => AnyShape
        ? "any shape"
        : Axes.Count == 0 ? "a single number" : $"({string.Join(", ", Axes.Select(axis => Unnamed(axis) ? "any" : axis))})";

    /// <summary>The extent of an axis; null if it is free.</summary>
    public static long? Fixed(string? axis) =>
        long.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out long extent) ? extent : null;

    /// <summary>Whether an axis is free and has no name that says something.</summary>
    public static bool Unnamed(string? axis) => axis is null || Nameless.Contains(axis);

    /// <summary>What it is, for messages.</summary>
    public override string ToString() => $"'{Name}' ({ElementTypes.Name(Type)}, {Shape})";

    private static ModelInput Of(string name, NodeMetadata metadata, ModelProto? model)
    {
        if (!metadata.IsTensor)
            throw new InvalidDataException($"The input '{name}' is a {metadata.OnnxValueType}; only tensors can be given to a model.");
        TypeProto? declared = model?.Graph.Input.FirstOrDefault(input => input.Name == name)?.Type;
        return new(
            name,
            metadata.ElementDataType,
            [.. metadata.Dimensions.Zip(metadata.SymbolicDimensions, Axis)])
        {
            AnyShape = metadata.Dimensions.Length == 0 && declared?.TensorType is { Shape: null },
        };
    }

    // A name that is a number would be read as an extent.
    private static string? Axis(int extent, string name) => extent > 0
        ? extent.ToString(CultureInfo.InvariantCulture)
        : Unnamed(name) || Fixed(name) is not null ? null : name;
}
