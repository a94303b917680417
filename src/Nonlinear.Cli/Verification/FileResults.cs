using Nonlinear.Lab.Arrays;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Cli.Verification;

/// <summary>Results that lie in NumPy files, with their inputs and, for a gradient, what was carried back to it.</summary>
internal sealed class FileResults : IResultSource, IDisposable
{
    private readonly NumberFile _inputs, _results;
    private readonly NumberFile? _upstream;

    /// <summary>Opens the files.</summary>
    /// <param name="inputs">The file of inputs.</param>
    /// <param name="results">The file of results.</param>
    /// <param name="upstream">The file of gradients by the output; null where results are no gradients.</param>
    /// <param name="type">The type of the results, for files that do not tell it.</param>
    public FileResults(string inputs, string results, string? upstream, NumberType? type)
    {
        _results = NumberFile.Open(results, type);
        // The bits of bfloat16 may stand for the inputs as well.
        _inputs = NumberFile.Open(inputs, type, onlyForBits: true);
        _upstream = upstream is null ? null : NumberFile.Open(upstream, type, onlyForBits: true);
        _results.MustFit(_inputs);
        _upstream?.MustFit(_inputs);
        if (Count == 0)
            throw new InvalidDataException($"{_results.Name} holds no numbers; there is nothing to judge.");
    }

    /// <summary>The type of the inputs.</summary>
    public NumberType Inputs => _inputs.Type;

    /// <summary>The type of the results.</summary>
    public NumberType Results => _results.Type;

    /// <inheritdoc/>
    public long Count => _results.Count;

    /// <inheritdoc/>
    public bool HasUpstream => _upstream is not null;

    /// <inheritdoc/>
    public void Read(long start, Span<double> x, Span<double> upstream, Span<double> y)
    {
        _inputs.Read(start, x);
        _results.Read(start, y);
        _upstream?.Read(start, upstream);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs.Dispose();
        _results.Dispose();
        _upstream?.Dispose();
    }
}
