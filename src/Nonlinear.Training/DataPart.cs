namespace Nonlinear.Training;

/// <summary>Rows of data as a network takes them.</summary>
/// <param name="Inputs">The inputs, row after row: rows × features.</param>
/// <param name="Targets">The class of each row, from 0, or its number.</param>
/// <param name="Features">The inputs of a row.</param>
/// <param name="Classes">How many classes there are; 0 if the targets are numbers.</param>
#pragma warning disable CA1819 // The arrays are the data, which are large: they are not copied.
public sealed record DataPart(float[] Inputs, float[] Targets, int Features, int Classes)
#pragma warning restore CA1819
{
    /// <summary>The number of rows.</summary>
    public int Count => Targets.Length;

    /// <summary>The outputs that a network for these data has: one for each class, or one for the number.</summary>
    public int Outputs => Math.Max(1, Classes);

    /// <summary>Copies rows.</summary>
    /// <param name="rows">Their numbers.</param>
    /// <param name="inputs">Receives their inputs.</param>
    /// <param name="targets">Receives their targets.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, or no room.</exception>
    public void Gather(ReadOnlySpan<int> rows, Span<float> inputs, Span<float> targets)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            Inputs.AsSpan(rows[i] * Features, Features).CopyTo(inputs[(i * Features)..]);
            targets[i] = Targets[rows[i]];
        }
    }

    /// <summary>Refuses data that a network cannot learn from.</summary>
    /// <exception cref="ArgumentException">Numbers are missing, or a target is no class; the message says which.</exception>
    internal void Check()
    {
        if (Count == 0 || (long)Count * Features != Inputs.Length)
            throw new ArgumentException(
                $"The data have {Inputs.Length} inputs and {Count} targets; with {Features} features there must be {Features} inputs for "
                + "each target, and at least one target.");
        for (int row = 0; row < (Classes > 0 ? Count : 0); row++)
        {
            if (!(Targets[row] >= 0 && Targets[row] < Classes && Targets[row] == Math.Truncate(Targets[row])))
                throw new ArgumentException(
                    FormattableString.Invariant($"The target of row {row} is {Targets[row]}; it must be a class from 0 to {Classes - 1}."));
        }
    }
}
