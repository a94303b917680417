namespace Nonlinear.Lab.Onnx.Export;

/// <summary>How a function is written as an ONNX graph.</summary>
internal enum ExportForm
{
    /// <summary>As the operator that ONNX has for it.</summary>
    Operator,

    /// <summary>As basic operations of its own type, or of floats where that has 16 bits.</summary>
    Composed,

    /// <summary>As basic operations of doubles between two casts.</summary>
    Widened,
}
