namespace Nonlinear.Oracle.Judging;

/// <summary>Results of somebody's, with their inputs, that can be had piece by piece.</summary>
public interface IResultSource
{
    /// <summary>How many there are.</summary>
    long Count { get; }

    /// <summary>Whether each is to be judged against dy · f′(x) for a dy of its own.</summary>
    bool HasUpstream { get; }

    /// <summary>Gives a piece; one is asked for at a time.</summary>
    /// <param name="start">The place of the first result.</param>
    /// <param name="x">Receives the inputs.</param>
    /// <param name="upstream">Receives dy, where there is one.</param>
    /// <param name="y">Receives the results.</param>
    void Read(long start, Span<double> x, Span<double> upstream, Span<double> y);
}
