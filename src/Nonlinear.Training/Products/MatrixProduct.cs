namespace Nonlinear.Training;

/// <summary>
/// Products of row-major matrices of floats, on the caller's thread; the same shapes and numbers always give the same bits.
/// </summary>
/// <remarks>A faster one, of a native library, is a class of your own; <see cref="Dense.Product"/> takes it.</remarks>
public abstract class MatrixProduct
{
    /// <summary>
    /// Products in plain .NET. Each element is the sum in the order of the inner index, each product and sum rounded to float, so that the
    /// bits are the same on every processor.
    /// </summary>
    public static MatrixProduct Managed { get; } = new ManagedMatrixProduct();

    /// <summary>c = a · b, where a and b may be stored transposed.</summary>
    /// <param name="a">rows × inner, or inner × rows if <paramref name="transposeA"/>.</param>
    /// <param name="b">inner × columns, or columns × inner if <paramref name="transposeB"/>.</param>
    /// <param name="c">Receives rows × columns numbers; shares no memory with a or b.</param>
    /// <param name="rows">The rows of c.</param>
    /// <param name="columns">The columns of c.</param>
    /// <param name="inner">What is summed over.</param>
    /// <param name="transposeA">Whether a is stored transposed.</param>
    /// <param name="transposeB">Whether b is stored transposed.</param>
    public abstract void Multiply(
        Memory<float> a,
        Memory<float> b,
        Memory<float> c,
        int rows,
        int columns,
        int inner,
        bool transposeA = false,
        bool transposeB = false);
}
