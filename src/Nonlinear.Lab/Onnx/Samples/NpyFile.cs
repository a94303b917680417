namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>A NumPy file.</summary>
internal sealed class NpyFile(string path) : INpyStorage
{
    /// <inheritdoc/>
    public string Name { get; } = $"'{path}'";

    /// <inheritdoc/>
    public long Length { get; } = SampleFile.Length(path);

    /// <inheritdoc/>
    public bool CanSeek => true;

    /// <inheritdoc/>
    public Stream Open() => SampleFile.Open(path);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is kept open.
    }
}
