using System.Collections.Concurrent;

namespace Nonlinear.Lab.Formulas;

/// <summary>The formulas that were compiled.</summary>
/// <remarks>Each is a type of its own with code of its own, and the runtime never lets go of either.</remarks>
/// <param name="most">How many there may be.</param>
internal sealed class CompiledFormulas(int most)
{
    private readonly ConcurrentDictionary<string, Func<double[], ElementwiseActivation>> _known = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>A formula that is known, or else is compiled.</summary>
    /// <param name="formula">How it is written.</param>
    /// <param name="compile">Compiles it.</param>
    /// <returns>What makes a function of its parameters.</returns>
    /// <exception cref="FormatException">There are as many as there may be.</exception>
    public Func<double[], ElementwiseActivation> GetOrAdd(string formula, Func<Func<double[], ElementwiseActivation>> compile) =>
        _known.GetOrAdd(
            formula,
            _ =>
            {
                if (Volatile.Read(ref _count) >= most)
                    throw new FormatException(FormattableString.Invariant(
                        $"{most} formulas were compiled, as many as one run keeps; start the program again, or load the page anew."));
                Func<double[], ElementwiseActivation> made = compile();
                Interlocked.Increment(ref _count);
                return made;
            });
}
