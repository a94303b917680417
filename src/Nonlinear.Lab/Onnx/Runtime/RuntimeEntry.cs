namespace Nonlinear.Lab.Onnx.Runtime;

/// <summary>The places of functions in the table of ONNX Runtime's C interface; they never change.</summary>
internal static class RuntimeEntry
{
    public const int CreateStatus = 0, GetErrorMessage = 2, CreateCustomOpDomain = 26, AddOperatorToDomain = 27, AddDomainToOptions = 28,
        IsTensor = 50, GetTensorData = 51, GetElementType = 60, GetAxisCount = 61, GetExtents = 62, GetTypeAndShape = 65,
        GetFloatAttribute = 85, GetWholeNumberAttribute = 86, GetTextAttribute = 87, GetInputCount = 88, GetInput = 90, GetOutput = 91,
        ReleaseStatus = 93, ReleaseTypeAndShape = 99, ReleaseCustomOpDomain = 101, GetInputCountOfNode = 230, ParallelFor = 274;
}
