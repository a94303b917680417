using System.Numerics.Tensors;

namespace Nonlinear.Bench;

/// <summary>How others compute the catalogue's functions on floats.</summary>
internal static class Rivals
{
    public const string Copy = "copy", TensorPrimitivesName = "TensorPrimitives", Loop = "MathF loop";

    private delegate void Whole(ReadOnlySpan<float> x, Span<float> y);

    // What TensorPrimitives has, or what its users compose of it.
    private static readonly Dictionary<string, Whole> Tensor = new()
    {
        ["sigmoid"] = TensorPrimitives.Sigmoid,
        ["tanh"] = TensorPrimitives.Tanh,
        ["relu"] = (x, y) => TensorPrimitives.Max(x, 0f, y),
        ["swish"] = (x, y) =>
        {
            TensorPrimitives.Sigmoid(x, y);
            TensorPrimitives.Multiply(x, y, y);
        },
        ["softmax"] = TensorPrimitives.SoftMax,
    };

    // The textbook, a number at a time.
    private static readonly Dictionary<string, Func<float, float>> Textbook = new()
    {
        ["sigmoid"] = x => 1 / (1 + MathF.Exp(-x)),
        ["tanh"] = MathF.Tanh,
        ["swish"] = x => x / (1 + MathF.Exp(-x)),
        ["mish"] = x => x * MathF.Tanh(MathF.Log(1 + MathF.Exp(x))),
        ["relu"] = x => MathF.Max(x, 0),
        ["leaky_relu"] = x => x > 0 ? x : 0.01f * x,
        ["prelu"] = x => x > 0 ? x : 0.25f * x,
        ["elu"] = x => x > 0 ? x : MathF.Exp(x) - 1,
        ["selu"] = x => 1.0507010f * (x > 0 ? x : 1.6732632f * (MathF.Exp(x) - 1)),
        ["gelu_tanh"] = x => 0.5f * x * (1 + MathF.Tanh(0.7978846f * (x + (0.044715f * x * x * x)))),
    };

    /// <summary>Everybody who can compute a function's forward pass.</summary>
    public static IEnumerable<Contestant> Forward(string function, float[] x, float[] y)
    {
        yield return new(Copy, () => x.CopyTo(y, 0));
        if (Tensor.TryGetValue(function, out Whole? whole))
            yield return new(TensorPrimitivesName, () => whole(x, y));
        if (Textbook.TryGetValue(function, out Func<float, float>? textbook))
            yield return new(Loop, () => Each(textbook, x, y));
    }

    private static void Each(Func<float, float> function, float[] x, float[] y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = function(x[i]);
    }
}
