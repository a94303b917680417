namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>What an input of a model is given: the numbers of a file, or one number throughout.</summary>
/// <param name="input">The input.</param>
/// <param name="source">The file; null if it is one number.</param>
/// <param name="number">The number, as an element of the input's type; empty if it is a file.</param>
internal sealed class GivenInput(ModelInput input, NumberSource? source, byte[] number) : IDisposable
{
    /// <summary>The input.</summary>
    public ModelInput Input { get; } = input;

    /// <summary>The file; null if it is one number throughout.</summary>
    public NumberSource? Source { get; } = source;

    /// <summary>The number, as an element of the input's type.</summary>
    public byte[] Number { get; } = number;

    /// <summary>The axes that the input declares, or those of the file if it takes any shape.</summary>
    public IReadOnlyList<string?> Axes { get; } =
        input.AnyShape && source is not null ? new string?[source.Shape.Count] : input.Axes;

    /// <summary>The extents of the file along the axes; null if it is one number throughout.</summary>
    /// <exception cref="InvalidDataException">The file has more or fewer axes.</exception>
    public IReadOnlyList<long>? Extents { get; } = source is null ? null : ExtentsOf(input, source);

    /// <summary>Holds the extents against those that are fixed.</summary>
    /// <param name="sample">The axis of the sample, which may have any extent.</param>
    /// <exception cref="InvalidDataException">They do not fit.</exception>
    public void MustFit(int? sample)
    {
        if (Extents is not null && !Fits(Extents, Axes, sample))
            throw Refusal(Source!, Input, "");
        if (sample is { } axis && Extents is not null && Extents[axis] == 0)
            throw new InvalidDataException($"{Source!.Name} holds no examples; its shape is {ShapeOf(Source)}.");
    }

    /// <inheritdoc/>
    public void Dispose() => Source?.Dispose();

    private static IReadOnlyList<long> ExtentsOf(ModelInput input, NumberSource source)
    {
        int axes = input.Axes.Count;
        if (input.AnyShape || source.Shape.Count == axes)
            return source.Shape;
        // A single number is often saved as an array of one, and the other way round.
        if (axes < 2 && source.Shape.All(extent => extent == 1))
            return axes == 0 ? [] : [1];
        int missing = source.Shape.Count == axes - 1 ? MissingAxis(input, source) : -1;
        string remedy = missing < 0
            ? ""
            : $" It seems to be a single example; give it the axis of the sample with numpy.expand_dims(array, {missing}).";
        throw Refusal(source, input, remedy);
    }

    // The first axis without which a file would fit.
    private static int MissingAxis(ModelInput input, NumberSource source) =>
        Enumerable.Range(0, input.Axes.Count).FirstOrDefault(
            axis => ModelInput.Fixed(input.Axes[axis]) is null or 1
                && Fits(source.Shape, [.. input.Axes.Where((_, i) => i != axis)], null),
            -1);

    private static bool Fits(IReadOnlyList<long> extents, IReadOnlyList<string?> axes, int? sample) =>
        axes.Select((axis, i) => i == sample || ModelInput.Fixed(axis) is not { } needed || needed == extents[i]).All(fits => fits);

    private static InvalidDataException Refusal(NumberSource source, ModelInput input, string remedy) =>
        new($"{source.Name} has the shape {ShapeOf(source)}; the input '{input.Name}' needs {input.Shape}.{remedy}");

    private static string ShapeOf(NumberSource source) => $"({string.Join(", ", source.Shape)})";
}
