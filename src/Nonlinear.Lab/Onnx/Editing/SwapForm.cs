namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>As what a function is put into a model.</summary>
internal enum SwapForm
{
    /// <summary>The operator of ONNX.</summary>
    Operator,

    /// <summary>The operator that ONNX Runtime has of its own.</summary>
    Runtime,

    /// <summary>Basic operations.</summary>
    Composed,

    /// <summary>The operator of this library, which ONNX Runtime runs once libnonlinear is registered.</summary>
    Library,
}
