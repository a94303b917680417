using System.Text.Json;

namespace Nonlinear.Layers;

/// <summary>An activation with parameters that are learned: a part of a network that keeps its own state.</summary>
/// <remarks>
/// <para>A step of training is Forward, Backward (which leaves the gradients in <see cref="Parameters"/>), and an update of the values by
/// any optimiser, followed by <see cref="LearnedParameter.Confine"/>.</para>
/// <para>A layer is not safe to use from several threads at once.</para>
/// </remarks>
public abstract class Layer
{
    private const string Kind = "layer";

    private protected Layer()
    {
    }

    /// <summary>What is learned.</summary>
    public abstract IReadOnlyList<LearnedParameter> Parameters { get; }

    // The word by which a saved layer is known.
    private protected abstract string KindName { get; }

    /// <summary>Computes the outputs.</summary>
    /// <param name="x">The inputs, row-major.</param>
    /// <param name="shape">Their shape: the batch first, then the channels or features.</param>
    /// <param name="y">Receives the outputs.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit; nothing has been written.</exception>
    public abstract void Forward(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> y);

    /// <summary>Carries a gradient back to the inputs and to the parameters, where it takes the place of the last one.</summary>
    /// <param name="x">The inputs of the last forward pass.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit; nothing has been written.</exception>
    public abstract void Backward(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, ReadOnlySpan<float> dy, Span<float> dx);

    /// <summary>
    /// Saves the layer as a JSON object: <c>layer</c> says which kind it is, then come its settings and, as arrays of numbers that read
    /// back as the same floats, its parameters.
    /// </summary>
    /// <param name="stream">Where to write.</param>
    public void Save(Stream stream)
    {
        using Utf8JsonWriter writer = new(stream);
        Save(writer);
    }

    /// <summary>Reads a layer back.</summary>
    /// <param name="stream">What <see cref="Save(Stream)"/> wrote.</param>
    /// <exception cref="InvalidDataException">It is no saved layer, or a damaged one; the message says what is wrong.</exception>
    public static Layer Load(Stream stream)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            return Load(document.RootElement);
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"This is no saved layer: {malformed.Message}", malformed);
        }
    }

    /// <summary>Writes the layer as an object of a larger document.</summary>
    /// <param name="writer">Where to write.</param>
    public void Save(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString(Kind, KindName);
        SaveSettings(writer);
        foreach (LearnedParameter parameter in Parameters)
        {
            writer.WriteStartArray(parameter.Name);
            foreach (float value in parameter.Values.Span)
                writer.WriteNumberValue(value);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    /// <summary>Reads a layer from an object of a larger document.</summary>
    /// <param name="saved">The object.</param>
    /// <exception cref="InvalidDataException">It is no saved layer, or a damaged one; the message says what is wrong.</exception>
    public static Layer Load(JsonElement saved)
    {
        try
        {
            string? kind = saved.GetProperty(Kind).GetString();
            return kind switch
            {
                LearnableActivation.SavedAs => LearnableActivation.LoadFrom(saved),
                MaxoutLayer.SavedAs => MaxoutLayer.LoadFrom(saved),
                _ =>
                    throw new InvalidDataException(
                        $"'{kind}' is no layer that is known; there are {LearnableActivation.SavedAs} and {MaxoutLayer.SavedAs}."),
            };
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The saved layer is damaged: {wrong.Message}", wrong);
        }
    }

    private protected abstract void SaveSettings(Utf8JsonWriter writer);

    private protected static float[] Numbers(JsonElement saved, string name) =>
        [.. saved.GetProperty(name).EnumerateArray().Select(number => number.GetSingle())];
}
