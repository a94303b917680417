namespace Nonlinear.Lab.Data;

/// <summary>Rows of data as a network takes them.</summary>
/// <param name="Inputs">The inputs, row after row.</param>
/// <param name="Targets">The class of each row, from 0, or its number.</param>
/// <param name="Features">The inputs of a row.</param>
/// <param name="Classes">How many classes there are; 0 if the targets are numbers.</param>
internal sealed record DataPart(float[] Inputs, float[] Targets, int Features, int Classes)
{
    /// <summary>The number of rows.</summary>
    public int Count => Targets.Length;

    /// <summary>The outputs that a network for these data has.</summary>
    public int Outputs => Math.Max(1, Classes);

    /// <summary>Copies rows.</summary>
    public void Gather(ReadOnlySpan<int> rows, Span<float> inputs, Span<float> targets)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            Inputs.AsSpan(rows[i] * Features, Features).CopyTo(inputs[(i * Features)..]);
            targets[i] = Targets[rows[i]];
        }
    }
}
