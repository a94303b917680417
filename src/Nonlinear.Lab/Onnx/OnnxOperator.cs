using Google.Protobuf;
using Onnx;

namespace Nonlinear.Lab.Onnx;

/// <summary>The operators that ONNX has for functions of the catalogue.</summary>
internal static class OnnxOperator
{
    /// <summary>What ONNX calls a function, if it has an operator for it.</summary>
    public static string? NameOf(ActivationInfo info)
    {
        double[] defaults = [.. info.Parameters.Select(parameter => parameter.Default)];
        Spelling? spelling = Spelling.Of(info, defaults).FirstOrDefault(spelling => spelling.Framework == "ONNX");
        if (spelling is null || spelling.IsComposed)
            return null;
        string[] parts = spelling.Code.Split('(', ')', ',');
        IEnumerable<string> attributes = parts[1..].Select(part => part.Split('=')[0].Trim()).Where(name => name.Length > 0);
        // A name with a path is another domain's, or none of a node.
        bool isOwn = !parts[0].Contains('.', StringComparison.Ordinal);
        return isOwn && attributes.All(name => name is "alpha" or "slope" or "approximate") ? parts[0] : null;
    }

    /// <summary>A function as an operation.</summary>
    /// <exception cref="NotSupportedException">ONNX has no operator for it.</exception>
    public static NodeProto Of(ElementwiseActivation function, IReadOnlyList<double> values, string input, string name)
    {
        string? operation = NameOf(function.Info);
        if (operation is null || function.Info.Parameters.Count > 1)
            throw new NotSupportedException($"ONNX has no operator for {function}; the network cannot be saved.");
        NodeProto node = OnnxModel.Node(operation, [input], name);
        if (values.Count == 1)
            node.Attribute.Add(OnnxModel.Attribute("alpha", (float)values[0]));
        if (function.Info.Name == GeluTanh.Info.Name)
            node.Attribute.Add(
                new AttributeProto
                {
                    Name = "approximate",
                    Type = AttributeProto.Types.AttributeType.String,
                    S = ByteString.CopyFromUtf8("tanh"),
                });
        return node;
    }
}
