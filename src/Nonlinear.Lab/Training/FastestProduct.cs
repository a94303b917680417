using Microsoft.ML.OnnxRuntime;

namespace Nonlinear.Lab.Training;

/// <summary>The fastest matrix product that this machine can run and that suits what is asked of results.</summary>
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
            return new PortableMatrixProduct();
        }
    });

    private static PortableMatrixProduct? s_portable;

    /// <summary>
    /// ONNX Runtime's, or the managed one where it does not load; the portable one if results must be the same on every machine.
    /// </summary>
    public static MatrixProduct OfThisMachine => s_portable ?? Lazy.Value;

    /// <summary>Whether results must be the same on every machine.</summary>
    public static bool IsPortable => s_portable is not null;

    /// <summary>Makes results the same on every machine, throughout this process and for good.</summary>
    public static void BePortable() => s_portable ??= new();
}
