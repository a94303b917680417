using System.Text.Json;

namespace Nonlinear.Layers;

/// <summary>
/// An elementwise activation whose one parameter is learned, as a single value or as one for each channel: PReLU's slope, swish's β, or
/// that of any other function of the catalogue.
/// </summary>
public sealed class LearnableActivation : Layer
{
    internal const string SavedAs = "learnable_activation";

    private const string ActivationProperty = "activation";

    private readonly LearnedParameter _parameter;

    private LearnableActivation(ElementwiseActivation function, float[] values)
    {
        ParameterInfo meaning = function.Info.Parameters.Count == 1
            ? function.Info.Parameters[0]
            : throw new NotSupportedException(
                $"{function.Info.Name} has {function.Info.Parameters.Count} parameters; to be learned it needs exactly one.");
        foreach (float value in values)
            meaning.Check(value);
        Function = function;
        _parameter = new(meaning.Name, values)
        {
            ShapesActivation = true,
            Minimum = Math.Max(meaning.Minimum, -float.MaxValue),
            Maximum = Math.Min(meaning.Maximum, float.MaxValue),
        };
    }

    /// <summary>Makes the parameter of a function learned.</summary>
    /// <param name="function">The function; its parameter is where learning starts.</param>
    /// <param name="channels">How many values are learned: 1, or one for each channel.</param>
    /// <exception cref="NotSupportedException">The function has not exactly one parameter.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no channel.</exception>
    public LearnableActivation(ElementwiseActivation function, int channels = 1)
        : this(function, Repeat(function, channels))
    {
    }

    /// <summary>PReLU: a leaky ReLU whose slope α is learned.</summary>
    /// <param name="channels">1 for a shared slope, or the number of channels.</param>
    /// <param name="alpha">Where learning starts; He et al. (2015, arXiv:1502.01852) start at 0.25.</param>
    public static LearnableActivation Prelu(int channels = 1, double alpha = 0.25) => new(Activation.Prelu(alpha), channels);

    /// <summary>Swish, x·σ(βx), whose β is learned.</summary>
    /// <param name="channels">1 for a shared β, or the number of channels.</param>
    /// <param name="beta">Where learning starts; Ramachandran et al. (2017, arXiv:1710.05941) start at 1.</param>
    public static LearnableActivation Swish(int channels = 1, double beta = 1) => new(Activation.Swish(beta), channels);

    /// <summary>The function; its own parameter is where learning started.</summary>
    public ElementwiseActivation Function { get; }

    /// <summary>How many values are learned.</summary>
    public int Channels => _parameter.Values.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<LearnedParameter> Parameters => [_parameter];

    private protected override string KindName => SavedAs;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> y) =>
        Function.ForwardPerChannel(x, shape, _parameter.Values.Span, y);

    /// <inheritdoc/>
    public override void Backward(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, ReadOnlySpan<float> dy, Span<float> dx) =>
        Backward(x, shape, dy, dx, _parameter.Gradient.Span);

    /// <summary>
    /// Backward with the gradient by the parameter to a place of the caller's, for parts of a batch that are worked on at the same time.
    /// </summary>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs.</param>
    /// <param name="gradient">Receives the gradient by each value of the parameter.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit; nothing has been written.</exception>
    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, ReadOnlySpan<float> dy, Span<float> dx, Span<float> gradient)
    {
        if (gradient.Length != Channels)
            throw new ArgumentException(
                $"gradient has {gradient.Length} elements; it must have one for each of the {Channels} channels.", nameof(gradient));
        double[] sums = new double[Channels];
        Function.BackwardPerChannel(x, shape, _parameter.Values.Span, dy, dx, sums);
        for (int channel = 0; channel < sums.Length; channel++)
            gradient[channel] = (float)sums[channel];
    }

    internal static LearnableActivation LoadFrom(JsonElement saved)
    {
        string name = saved.GetProperty(ActivationProperty).GetString() ?? "";
        return Activation.Parse(name) is ElementwiseActivation function && function.Info.Parameters.Count == 1
            ? new(function, Numbers(saved, function.Info.Parameters[0].Name))
            : throw new InvalidDataException($"'{name}' is no function with one parameter to learn.");
    }

    private protected override void SaveSettings(Utf8JsonWriter writer) => writer.WriteString(ActivationProperty, Function.ToString());

    private static float[] Repeat(ElementwiseActivation function, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        return [.. Enumerable.Repeat(function.ParameterValues.Count > 0 ? (float)function.ParameterValues[0] : 0, channels)];
    }
}
