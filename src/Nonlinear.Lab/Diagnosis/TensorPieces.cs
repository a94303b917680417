namespace Nonlinear.Lab.Diagnosis;

/// <summary>Where pieces of what goes into an activation and of what comes out are converted to floats.</summary>
internal sealed class PieceBuffers
{
    /// <summary>What goes in.</summary>
    public float[] X { get; } = new float[TensorPieces.Most];

    /// <summary>What comes out.</summary>
    public float[] Y { get; } = new float[TensorPieces.Most];
}

/// <summary>A tensor as units with something around them, cut into pieces that bounded buffers hold.</summary>
internal static class TensorPieces
{
    /// <summary>The most elements of a piece.</summary>
    public const int Most = 1 << 16;

    /// <summary>Cuts a tensor.</summary>
    /// <param name="outer">The elements along the axes before that of the units, together.</param>
    /// <param name="units">The units.</param>
    /// <param name="inner">The elements along the axes behind.</param>
    /// <returns>Where a piece begins, its first unit, and its shape: outer, units, inner.</returns>
    public static IEnumerable<(long Start, int FirstUnit, int[] Shape)> Cut(long outer, int units, long inner)
    {
        if (units * inner <= Most)
        {
            int together = (int)Math.Max(1, Most / Math.Max(1, units * inner));
            for (long at = 0; at < outer; at += together)
                yield return (at * units * inner, 0, [(int)Math.Min(together, outer - at), units, (int)inner]);
            yield break;
        }
        int unitsTogether = (int)Math.Max(1, Most / inner);
        for (long at = 0; at < outer; at++)
        {
            for (int unit = 0; unit < units; unit += unitsTogether)
            {
                int some = Math.Min(unitsTogether, units - unit);
                long start = ((at * units) + unit) * inner;
                for (long within = 0; within < inner; within += Most)
                {
                    yield return inner <= Most
                        ? (start, unit, [1, some, (int)inner])
                        : (start + within, unit, [1, 1, (int)Math.Min(Most, inner - within)]);
                }
            }
        }
    }
}
