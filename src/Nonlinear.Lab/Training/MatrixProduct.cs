using Microsoft.ML.OnnxRuntime;

namespace Nonlinear.Lab.Training;

/// <summary>
/// Products of row-major matrices of floats, on the caller's thread; the same shapes and numbers always give the same bits.
/// </summary>
internal abstract class MatrixProduct
{
    private static readonly Lazy<MatrixProduct> LazyBest = new(() =>
    {
        try
        {
            return new OnnxMatrixProduct();
        }
        catch (Exception missing)
            when (missing is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException or OnnxRuntimeException)
        {
            return new PortableMatrixProduct();
        }
    });

    private static PortableMatrixProduct? s_portable;

    /// <summary>The fastest that this machine can run; the portable one if results must be the same on every machine.</summary>
    public static MatrixProduct Best => s_portable ?? LazyBest.Value;

    /// <summary>Whether results must be the same on every machine.</summary>
    public static bool IsPortable => s_portable is not null;

    /// <summary>Makes results the same on every machine, throughout this process and for good.</summary>
    public static void BePortable() => s_portable ??= new();

    /// <summary>c = a · b, where a and b may be stored transposed.</summary>
    /// <param name="a">rows × inner, or inner × rows if <paramref name="transposeA"/>.</param>
    /// <param name="b">inner × columns, or columns × inner if <paramref name="transposeB"/>.</param>
    /// <param name="c">Receives rows × columns numbers.</param>
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
