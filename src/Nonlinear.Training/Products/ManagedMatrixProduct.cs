using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Nonlinear.Training;

/// <summary>
/// Matrix products without native code: each element is summed in the order of the inner index, whatever the vectors' width.
/// </summary>
internal sealed class ManagedMatrixProduct : MatrixProduct
{
    // Four sums at a time hide how long an addition takes.
    private const int VectorsOfPanel = 4;

    private static int PanelWidth => VectorsOfPanel * Vector<float>.Count;

    /// <inheritdoc/>
    public override void Multiply(
        Memory<float> a,
        Memory<float> b,
        Memory<float> c,
        int rows,
        int columns,
        int inner,
        bool transposeA = false,
        bool transposeB = false)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(inner * PanelWidth);
        Span<float> panel = rented.AsSpan(0, inner * PanelWidth);
        for (int start = 0; start < columns; start += PanelWidth)
        {
            Gather(b.Span, panel, start, columns, inner, transposeB);
            for (int row = 0; row < rows; row++)
            {
                Span<float> result = c.Span.Slice((row * columns) + start, Math.Min(PanelWidth, columns - start));
                ReadOnlySpan<float> left = a.Span[(transposeA ? row : row * inner)..];
                Row(left, transposeA ? rows : 1, MemoryMarshal.Cast<float, Vector<float>>(panel), result);
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    // A row of the product: the sums of the panel's rows, each times a number of the left factor.
    private static void Row(ReadOnlySpan<float> left, int step, ReadOnlySpan<Vector<float>> panel, Span<float> result)
    {
        Vector<float> first = default, second = default, third = default, fourth = default;
        for (int at = 0, from = 0; from < panel.Length; from += VectorsOfPanel, at += step)
        {
            Vector<float> factor = new(left[at]);
            ReadOnlySpan<Vector<float>> row = panel.Slice(from, VectorsOfPanel);
            first += factor * row[0];
            second += factor * row[1];
            third += factor * row[2];
            fourth += factor * row[3];
        }
        ReadOnlySpan<Vector<float>> sums = [first, second, third, fourth];
        MemoryMarshal.Cast<Vector<float>, float>(sums)[..result.Length].CopyTo(result);
    }

    // Some columns of the right factor side by side; what is beyond the last is 0.
    private static void Gather(ReadOnlySpan<float> b, Span<float> panel, int start, int columns, int inner, bool transposed)
    {
        int count = Math.Min(PanelWidth, columns - start);
        if (count < PanelWidth)
            panel.Clear();
        for (int k = 0; k < (transposed ? 0 : inner); k++)
            b.Slice((k * columns) + start, count).CopyTo(panel[(k * PanelWidth)..]);
        for (int column = 0; column < (transposed ? count : 0); column++)
        {
            ReadOnlySpan<float> row = b.Slice((start + column) * inner, inner);
            for (int k = 0; k < inner; k++)
                panel[(k * PanelWidth) + column] = row[k];
        }
    }
}
