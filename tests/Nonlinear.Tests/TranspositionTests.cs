using Nonlinear.Kernels;

namespace Nonlinear.Tests;

/// <summary>Squares of floats change their rows and columns, in vectors and without, in place and not.</summary>
public class TranspositionTests
{
    private const int Size = Transposition.Size, Stride = 11;

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void Rows_become_columns_and_nothing_beside_them_changes(bool inVectors, bool inPlace)
    {
        float[] source = [.. Enumerable.Range(0, Size * Stride).Select(i => (float)i)];
        float[] target = inPlace ? source : new float[source.Length];
        float[] before = [.. source], beside = [.. target];
        if (inVectors)
            Transposition.Do(ref source[0], Stride, ref target[0], Stride);
        else
            Transposition.OneByOne(ref source[0], Stride, ref target[0], Stride);
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Stride; column++)
            {
                int at = (row * Stride) + column;
                Assert.Equal(column < Size ? before[(column * Stride) + row] : beside[at], target[at]);
            }
        }
    }
}
