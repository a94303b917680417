namespace Nonlinear.Kernels;

/// <summary>
/// What an activation does with spans of one type. The public methods refuse what does not fit, before anything is written; the
/// protected ones compute.
/// </summary>
internal abstract class Kernel<T>(string name, int inputsPerOutput = 1, int outputsPerInput = 1)
    where T : unmanaged
{
    /// <summary>The function's name.</summary>
    public string Name => name;

    public void Forward(ReadOnlySpan<T> x, Span<T> y)
    {
        CheckOutput(x, y, nameof(y));
        ForwardCore(x, y);
    }

    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
    {
        Guard.Length(Outputs(x), dy.Length, nameof(dy));
        Guard.Length(x.Length, dx.Length, nameof(dx));
        Guard.Overlap(x, dx, nameof(dx));
        Guard.Overlap(dy, dx, nameof(dx));
        BackwardCore(x, dy, dx);
    }

    /// <summary>The same kernel with long calls divided among at most so many threads.</summary>
    public abstract Kernel<T> OnThreads(int threads);

    protected abstract void ForwardCore(ReadOnlySpan<T> x, Span<T> y);
    protected abstract void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx);

    /// <summary>Throws unless an output is as long as it must be, and apart from the inputs or in their place.</summary>
    protected void CheckOutput(ReadOnlySpan<T> x, Span<T> output, string outputName)
    {
        Guard.Length(Outputs(x), output.Length, outputName);
        Guard.Overlap(x, output, outputName);
    }

    // A division would cost as much as a short call.
    private int Outputs(ReadOnlySpan<T> x) => inputsPerOutput == 1 ? outputsPerInput * x.Length : OutputsOfGroups(x);

    private int OutputsOfGroups(ReadOnlySpan<T> x) =>
        x.Length % inputsPerOutput == 0
            ? x.Length / inputsPerOutput
            : throw new ArgumentException(
                $"{name} takes its inputs in groups of {inputsPerOutput}, and {x.Length} is no multiple of it.", nameof(x));
}
