namespace Nonlinear;

/// <summary>Targets that are probabilities, as of a teacher or of mixed examples: for each row one for every class.</summary>
/// <typeparam name="T">The type of the logits.</typeparam>
/// <param name="probabilities">The probabilities, rows × classes, row-major; each from 0 to 1. That a row sums to 1 is not asked
/// for.</param>
public readonly ref struct SoftTargets<T>(ReadOnlySpan<T> probabilities)
    where T : unmanaged
{
    internal ReadOnlySpan<T> Probabilities { get; } = probabilities;
}
