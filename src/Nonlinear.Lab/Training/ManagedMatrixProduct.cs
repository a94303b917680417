using System.Numerics.Tensors;

namespace Nonlinear.Lab.Training;

/// <summary>Matrix products without native code, several times slower, for systems on which ONNX Runtime does not load.</summary>
internal sealed class ManagedMatrixProduct : MatrixProduct
{
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
        ReadOnlySpan<float> left = a.Span, right = b.Span;
        Span<float> product = c.Span[..(rows * columns)];
        product.Clear();
        for (int i = 0; i < rows; i++)
        {
            Span<float> row = product.Slice(i * columns, columns);
            if (transposeB && !transposeA)
            {
                for (int j = 0; j < columns; j++)
                    row[j] = TensorPrimitives.Dot(left.Slice(i * inner, inner), right.Slice(j * inner, inner));
                continue;
            }
            for (int k = 0; k < inner; k++)
            {
                float factor = left[transposeA ? (k * rows) + i : (i * inner) + k];
                if (!transposeB)
                {
                    TensorPrimitives.MultiplyAdd(right.Slice(k * columns, columns), factor, row, row);
                    continue;
                }
                for (int j = 0; j < columns; j++)
                    row[j] += factor * right[(j * inner) + k];
            }
        }
    }
}
