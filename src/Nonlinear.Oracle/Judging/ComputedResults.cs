namespace Nonlinear.Oracle.Judging;

/// <summary>Results that somebody's function gives for inputs from one place in a set up to another.</summary>
/// <param name="inputs">The inputs.</param>
/// <param name="first">The place of the first in their set.</param>
/// <param name="end">The place behind the last.</param>
/// <param name="function">The function.</param>
public sealed class ComputedResults(InputSet inputs, long first, long end, ResultFunction function) : IResultSource
{
    /// <inheritdoc/>
    public long Count => end - first;

    /// <inheritdoc/>
    public bool HasUpstream => false;

    /// <inheritdoc/>
    public void Read(long start, Span<double> x, Span<double> upstream, Span<double> y)
    {
        inputs.Fill(first + start, x);
        function(x, y);
    }
}
