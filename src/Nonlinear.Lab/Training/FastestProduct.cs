using Microsoft.ML.OnnxRuntime;

namespace Nonlinear.Lab.Training;

/// <summary>The fastest matrix product that this machine can run.</summary>
internal static class FastestProduct
{
    private static readonly Lazy<MatrixProduct> Lazy = new(() =>
    {
        try
        {
            return new OnnxMatrixProduct();
        }
        catch (Exception missing)
            when (missing is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException or OnnxRuntimeException)
        {
            return MatrixProduct.Managed;
        }
    });

    /// <summary>ONNX Runtime's, or the managed one where it does not load.</summary>
    public static MatrixProduct OfThisMachine => Lazy.Value;
}
