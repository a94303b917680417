namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>Where a NumPy array is kept: it can be opened as often as one likes.</summary>
internal interface INpyStorage : IDisposable
{
    /// <summary>What to call it in messages.</summary>
    string Name { get; }

    /// <summary>Its bytes, the header's included.</summary>
    long Length { get; }

    /// <summary>Whether any part can be read without what comes before.</summary>
    bool CanSeek { get; }

    /// <summary>Opens it anew.</summary>
    Stream Open();
}
