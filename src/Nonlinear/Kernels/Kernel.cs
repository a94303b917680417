namespace Nonlinear.Kernels;

/// <summary>
/// What an activation does with spans of one type. The public methods refuse what does not fit, before anything is written; the
/// protected ones compute.
/// </summary>
internal abstract class Kernel<T>(string name, int inputsPerOutput = 1)
    where T : unmanaged
{
    /// <summary>The function's name.</summary>
    public string Name => name;

    /// <summary>What to use in place of an operation that only elementwise functions have.</summary>
    protected virtual string Instead => "";

    public void Forward(ReadOnlySpan<T> x, Span<T> y)
    {
        CheckOutput(x, y, nameof(y));
        ForwardCore(x, y);
    }

    public void Derivative(ReadOnlySpan<T> x, Span<T> derivative)
    {
        CheckOutput(x, derivative, nameof(derivative));
        DerivativeCore(x, derivative);
    }

    public void Curvature(ReadOnlySpan<T> x, Span<T> curvature)
    {
        CheckOutput(x, curvature, nameof(curvature));
        CurvatureCore(x, curvature);
    }

    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
    {
        Guard.Length(Outputs(x), dy.Length, nameof(dy));
        Guard.Length(x.Length, dx.Length, nameof(dx));
        Guard.Overlap(x, dx, nameof(dx));
        Guard.Overlap(dy, dx, nameof(dx));
        BackwardCore(x, dy, dx);
    }

    public void BackwardFromOutput(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        Guard.Length(y.Length, dy.Length, nameof(dy));
        Guard.Length(y.Length, dx.Length, nameof(dx));
        Guard.Overlap(y, dx, nameof(dx));
        Guard.Overlap(dy, dx, nameof(dx));
        BackwardFromOutputCore(y, dy, dx);
    }

    /// <summary>The same kernel with long calls divided among at most so many threads.</summary>
    public abstract Kernel<T> OnThreads(int threads);

    protected abstract void ForwardCore(ReadOnlySpan<T> x, Span<T> y);
    protected abstract void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx);
    protected virtual void DerivativeCore(ReadOnlySpan<T> x, Span<T> derivative) => throw Unsupported("derivative by its input alone");
    protected virtual void CurvatureCore(ReadOnlySpan<T> x, Span<T> curvature) => throw Unsupported("curvature");

    protected virtual void BackwardFromOutputCore(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        throw Unsupported("derivative from its output");

    protected NotSupportedException Unsupported(string what) => new($"{name} has no {what}. {Instead}".TrimEnd());

    private void CheckOutput(ReadOnlySpan<T> x, Span<T> output, string outputName)
    {
        Guard.Length(Outputs(x), output.Length, outputName);
        Guard.Overlap(x, output, outputName);
    }
    // A division would cost as much as a short call.
    private int Outputs(ReadOnlySpan<T> x) => inputsPerOutput == 1 ? x.Length : OutputsOfGroups(x);

    private int OutputsOfGroups(ReadOnlySpan<T> x) =>
        x.Length % inputsPerOutput == 0
            ? x.Length / inputsPerOutput
            : throw new ArgumentException($"{name} takes its inputs in groups of {inputsPerOutput}, and {x.Length} is no multiple of it.", nameof(x));
}
