using Google.Protobuf;
using Onnx;

namespace Nonlinear.Lab.Onnx;

/// <summary>The operators that ONNX has for functions of the catalogue.</summary>
internal static class OnnxOperator
{
    // PRelu has its slope as an input.
    private const string Alpha = "alpha", Slope = "slope", Approximate = "approximate";

    /// <summary>What ONNX calls a function, if it has an operator for it.</summary>
    public static string? NameOf(ActivationInfo info) => Find(info)?.Name;

    /// <summary>Whether the operator is the function with its parameters: it takes them, or they are as usual.</summary>
    public static bool Suits(ElementwiseActivation function) => Find(function.Info) is { } found
        && (found.Parameter == Alpha ? function.Info.Parameters.Count == 1 : found.Parameter is "" && IsUsual(function));

    /// <summary>Whether all parameters are as usual.</summary>
    public static bool IsUsual(Activation function) => function.Info.Parameters.Zip(function.ParameterValues)
        .All(pair => Math.Abs(pair.First.Default - pair.Second) <= 1e-6 * Math.Abs(pair.Second));

    /// <summary>A function as an operation.</summary>
    /// <exception cref="NotSupportedException">ONNX has no operator for it.</exception>
    public static NodeProto Of(ElementwiseActivation function, IReadOnlyList<double> values, string input, string name)
    {
        if (Find(function.Info) is not { } found || (found.Parameter == Alpha && function.Info.Parameters.Count > 1))
            throw new NotSupportedException($"ONNX has no operator for {function}; the network cannot be saved.");
        NodeProto node = OnnxModel.Node(found.Name, [input], name);
        if (found.Parameter == Alpha)
            node.Attribute.Add(OnnxModel.Attribute(Alpha, (float)values[0]));
        if (function.Info.Name == GeluTanh.Info.Name)
            node.Attribute.Add(
                new AttributeProto
                {
                    Name = Approximate,
                    Type = AttributeProto.Types.AttributeType.String,
                    S = ByteString.CopyFromUtf8("tanh"),
                });
        return node;
    }

    private static (string Name, string Parameter)? Find(ActivationInfo info)
    {
        double[] defaults = [.. info.Parameters.Select(parameter => parameter.Default)];
        Spelling? spelling = Spelling.Of(info, defaults).FirstOrDefault(spelling => spelling.Framework == "ONNX");
        if (spelling is null || spelling.IsComposed)
            return null;
        string[] parts = spelling.Code.Split('(', ')', ',');
        string[] attributes = [.. parts[1..].Select(part => part.Split('=')[0].Trim()).Where(name => name.Length > 0)];
        // A name with a path is another domain's, or none of a node.
        bool isOwn = !parts[0].Contains('.', StringComparison.Ordinal) && parts[0].Length > 0;
        return isOwn && attributes.All(name => name is Alpha or Slope or Approximate)
            ? (parts[0], attributes.FirstOrDefault(name => name != Approximate) ?? "")
            : null;
    }
}
