namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>The numbers of a file that are given to an input of a model, in row-major order, read piece by piece.</summary>
/// <param name="name">What to call the file in messages.</param>
/// <param name="input">The input.</param>
/// <param name="shape">The extent along each axis.</param>
internal abstract class NumberSource(string name, ModelInput input, IReadOnlyList<long> shape) : IDisposable
{
    /// <summary>What to call the file in messages.</summary>
    public string Name { get; } = name;

    /// <summary>The input that the numbers are given to.</summary>
    public ModelInput Input { get; } = input;

    /// <summary>The extent along each axis.</summary>
    public IReadOnlyList<long> Shape { get; } = shape;

    /// <summary>The axis of the sample; null if there is none. It is set once, before anything is read.</summary>
    public virtual int? SampleAxis { get; set; }

    /// <summary>Reads numbers as elements of the input's type.</summary>
    /// <param name="lane">
    /// The index before the sample axis, the same for pieces that follow each other; a file that can only be read from start to end is
    /// opened once for each.
    /// </param>
    /// <param name="start">The first number, counted over the whole array.</param>
    /// <param name="elements">Receives as many as it holds.</param>
    /// <exception cref="InvalidDataException">The file ends too early, or holds what the type does not take.</exception>
    public abstract void Read(int lane, long start, Span<byte> elements);

    /// <inheritdoc/>
    public abstract void Dispose();
}
