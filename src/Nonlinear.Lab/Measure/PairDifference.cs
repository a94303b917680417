using System.Globalization;
using System.Text.Json.Nodes;

namespace Nonlinear.Lab.Measure;

/// <summary>Where two activations differ, whatever they are functions of.</summary>
public sealed class PairDifference
{
    private PairDifference(string name) => Verdict = new(
        $"The same: both are {name}, one function with the same parameters.", $"相同:两者都是 {name},同一函数、同样参数。");

    private PairDifference(FunctionDifference numbers)
    {
        OfNumbers = numbers;
        (Verdict, Rows) = (DifferenceTable.Verdict(numbers), DifferenceTable.Rows(numbers));
    }

    private PairDifference(VectorDifference vectors)
    {
        OfVectors = vectors;
        string count = vectors.Vectors.ToString("N0", CultureInfo.InvariantCulture);
        Verdict = vectors.AreSame
            ? new(
                $"{vectors.First} and {vectors.Second} show no difference beyond rounding on {count} vectors, which is no proof.",
                $"{vectors.First} 与 {vectors.Second} 在 {count} 个向量上除舍入外无差别,但这不是证明。")
            : new($"{vectors.First} and {vectors.Second} differ.", $"{vectors.First} 与 {vectors.Second} 不同。");
        string at = $"({string.Join(", ", vectors.Input.Select(DifferenceTable.Number))})";
        Rows = vectors.AreSame
            ? []
            : [
                new(
                    new($"Largest difference of an output, on {count} vectors", $"输出的最大差({count} 个向量)"),
                    new($"{DifferenceTable.Number(vectors.Value)} for {at}", $"{DifferenceTable.Number(vectors.Value)},输入为 {at}")),
                new(
                    new("Largest difference of an element of the Jacobian", "Jacobi 矩阵元素的最大差"),
                    new(DifferenceTable.Number(vectors.Slope), DifferenceTable.Number(vectors.Slope))),
            ];
    }

    /// <summary>What was found of functions of one number; null for others.</summary>
    public FunctionDifference? OfNumbers { get; }

    /// <summary>What was found of functions of a vector; null for others, and for one function with the same parameters.</summary>
    public VectorDifference? OfVectors { get; }

    /// <summary>Whether they are the same: by what they are, or by every result that was looked at.</summary>
    public bool AreSame => OfNumbers?.AreSame ?? OfVectors?.AreSame ?? true;

    /// <summary>Whether they are the same, and how that is known, in a sentence.</summary>
    public Text Verdict { get; }

    /// <summary>What was found, as rows.</summary>
    public IReadOnlyList<PropertyRow> Rows { get; } = [];

    /// <summary>Compares two activations.</summary>
    /// <exception cref="NotSupportedException">One is a function of one number and the other of several.</exception>
    public static PairDifference Of(Activation first, Activation second) => (first, second) switch
    {
        (ElementwiseActivation a, ElementwiseActivation b) => new(FunctionDifference.Of(a, b)),
        _ when first.OnThreads(1).Equals(second.OnThreads(1)) => new(first.ToString()),
        (AxisActivation a, AxisActivation b) => new(VectorDifference.Of(a, b)),
        _ => throw new NotSupportedException(
            $"{first} and {second} cannot be compared: they take different numbers of inputs, or give different numbers of outputs."),
    };

    /// <summary>What was found, as JSON; infinities and NaN are strings.</summary>
    public JsonNode ToJson() => this switch
    {
        { OfNumbers: { } numbers } => numbers.ToJson(),
        { OfVectors: { } vectors } => FunctionDifference.Json(vectors),
        _ => new JsonObject { ["sameness"] = "sameFunction", ["areSame"] = true },
    };
}
