using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Lab.Training;

/// <summary>
/// Matrix products without native code, whose bits are the same on every processor: each number is one chain of fused multiplications and
/// additions, in the order of what is summed over. Lanes go along the columns and never meet, so their number changes nothing.
/// </summary>
internal sealed class PortableMatrixProduct : MatrixProduct
{
    private const int Lanes = 8, PanelWidth = 2 * Lanes, RowsAtOnce = 4;

    [ThreadStatic]
    private static float[]? t_panel;

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
        ReadOnlySpan<float> left = a.Span[..(rows * inner)], right = b.Span[..(inner * columns)];
        Span<float> product = c.Span[..(rows * columns)];
        if (t_panel is null || t_panel.Length < inner * PanelWidth)
            t_panel = new float[inner * PanelWidth];
        Span<float> panel = t_panel.AsSpan(0, inner * PanelWidth), sums = stackalloc float[RowsAtOnce * PanelWidth];
        (int rowStride, int innerStride) = transposeA ? (1, rows) : (inner, 1);
        for (int column = 0; column < columns; column += PanelWidth)
        {
            int width = Math.Min(PanelWidth, columns - column);
            Pack(right, panel, column, width, columns, inner, transposeB);
            for (int row = 0; row < rows; row += RowsAtOnce)
            {
                int height = Math.Min(RowsAtOnce, rows - row);
                // Rows that are not there repeat the last one, and are not taken.
                int last = (height - 1) * rowStride;
                Kernel(
                    left[(row * rowStride)..],
                    Math.Min(rowStride, last),
                    Math.Min(2 * rowStride, last),
                    Math.Min(3 * rowStride, last),
                    innerStride,
                    panel,
                    inner,
                    sums);
                for (int i = 0; i < height; i++)
                    sums.Slice(i * PanelWidth, width).CopyTo(product[(((row + i) * columns) + column)..]);
            }
        }
    }

    // Some columns of the right factor, one row of the panel for each number that is summed over; what is missing is 0.
    private static void Pack(
        ReadOnlySpan<float> right, Span<float> panel, int column, int width, int columns, int inner, bool transposed)
    {
        if (width < PanelWidth)
            panel.Clear();
        if (!transposed)
        {
            for (int k = 0; k < inner; k++)
                right.Slice((k * columns) + column, width).CopyTo(panel[(k * PanelWidth)..]);
            return;
        }
        for (int j = 0; j < width; j++)
        {
            ReadOnlySpan<float> line = right.Slice((column + j) * inner, inner);
            for (int k = 0, place = j; k < line.Length; k++, place += PanelWidth)
                panel[place] = line[k];
        }
    }

    // Four rows of sixteen sums: eight chains, enough to keep two units for fused operations busy.
    private static void Kernel(
        ReadOnlySpan<float> left,
        int second,
        int third,
        int fourth,
        int stride,
        ReadOnlySpan<float> panel,
        int inner,
        Span<float> sums)
    {
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        ref float x = ref MemoryMarshal.GetReference(left);
        ref float y = ref MemoryMarshal.GetReference(panel);
        for (int k = 0; k < inner; k++)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref y), high = Vector256.LoadUnsafe(ref y, Lanes);
            Vector256<float> factor = Vector256.Create(x);
            a0 = Vector256.FusedMultiplyAdd(factor, low, a0);
            a1 = Vector256.FusedMultiplyAdd(factor, high, a1);
            factor = Vector256.Create(Unsafe.Add(ref x, second));
            b0 = Vector256.FusedMultiplyAdd(factor, low, b0);
            b1 = Vector256.FusedMultiplyAdd(factor, high, b1);
            factor = Vector256.Create(Unsafe.Add(ref x, third));
            c0 = Vector256.FusedMultiplyAdd(factor, low, c0);
            c1 = Vector256.FusedMultiplyAdd(factor, high, c1);
            factor = Vector256.Create(Unsafe.Add(ref x, fourth));
            d0 = Vector256.FusedMultiplyAdd(factor, low, d0);
            d1 = Vector256.FusedMultiplyAdd(factor, high, d1);
            x = ref Unsafe.Add(ref x, stride);
            y = ref Unsafe.Add(ref y, PanelWidth);
        }
        ref float sum = ref MemoryMarshal.GetReference(sums);
        a0.StoreUnsafe(ref sum);
        a1.StoreUnsafe(ref sum, Lanes);
        b0.StoreUnsafe(ref sum, 2 * Lanes);
        b1.StoreUnsafe(ref sum, 3 * Lanes);
        c0.StoreUnsafe(ref sum, 4 * Lanes);
        c1.StoreUnsafe(ref sum, 5 * Lanes);
        d0.StoreUnsafe(ref sum, 6 * Lanes);
        d1.StoreUnsafe(ref sum, 7 * Lanes);
    }
}
