using System.Reflection;
using Nonlinear.Bench.Measuring;
using Tensor = System.Numerics.Tensors.TensorPrimitives;

namespace Nonlinear.Bench.Rivals;

/// <summary>What TensorPrimitives has, or what its users compose of it, a whole array at a time.</summary>
internal sealed class TensorPrimitivesRival() : Rival("TensorPrimitives")
{
    private delegate void Whole(ReadOnlySpan<float> x, Span<float> y, Span<float> spare);

    private static readonly Dictionary<string, Whole> Functions = new()
    {
        ["sigmoid"] = (x, y, _) => Tensor.Sigmoid(x, y),
        ["tanh"] = (x, y, _) => Tensor.Tanh(x, y),
        ["swish"] = (x, y, _) =>
        {
            Tensor.Sigmoid(x, y);
            Tensor.Multiply(x, y, y);
        },
        ["mish"] = (x, y, _) =>
        {
            Tensor.Exp(x, y);
            Tensor.LogP1(y, y);
            Tensor.Tanh(y, y);
            Tensor.Multiply(x, y, y);
        },
        ["relu"] = (x, y, _) => Tensor.Max(x, 0f, y),
        ["leaky_relu"] = (x, y, _) => Leak(x, 0.01f, y),
        ["prelu"] = (x, y, _) => Leak(x, 0.25f, y),
        ["elu"] = (x, y, spare) => Exponential(x, 1, 1, y, spare),
        ["selu"] = (x, y, spare) => Exponential(x, Textbook.SeluAlpha, Textbook.SeluLambda, y, spare),
        ["gelu_tanh"] = (x, y, _) =>
        {
            Tensor.Multiply(x, x, y);
            Tensor.Multiply(y, 0.044715f * Textbook.RootOfTwoOverPi, y);
            Tensor.Add(y, Textbook.RootOfTwoOverPi, y);
            Tensor.Multiply(x, y, y);
            Tensor.Tanh(y, y);
            Tensor.AddMultiply(y, 1f, x, y);
            Tensor.Multiply(y, 0.5f, y);
        },
        ["softmax"] = (x, y, _) => Tensor.SoftMax(x, y),
        ["log_softmax"] = (x, y, _) =>
        {
            float most = Tensor.Max(x);
            Tensor.Subtract(x, most, y);
            Tensor.Exp(y, y);
            Tensor.Subtract(x, most + MathF.Log(Tensor.Sum<float>(y)), y);
        },
    };

    /// <inheritdoc/>
    public override string Version =>
        typeof(Tensor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <inheritdoc/>
    public override Contestant? Forward(Job job)
    {
        string? gate = GateOf(job);
        if (!Functions.TryGetValue(gate ?? job.UsualName!, out Whole? whole))
            return null;
        (Floats x, Floats y, int rows, int columns) = (job.X, job.Y, job.Rows, job.Columns);
        float[] spare = new float[columns];
        if (gate is not null)
        {
            Floats value = job.Value;
            return By(() =>
            {
                whole(x.Span, y.Span, spare);
                Tensor.Multiply(y.Span, value.Span, y.Span);
            });
        }
        return By(() =>
        {
            for (int row = 0; row < rows; row++)
                whole(x.Span.Slice(row * columns, columns), y.Span.Slice(row * columns, columns), spare);
        });
    }

    private static void Leak(ReadOnlySpan<float> x, float slope, Span<float> y)
    {
        Tensor.Multiply(x, slope, y);
        Tensor.Max(x, y, y);
    }

    private static void Exponential(ReadOnlySpan<float> x, float alpha, float scale, Span<float> y, Span<float> spare)
    {
        Tensor.Min(x, 0f, spare);
        Tensor.ExpM1(spare, spare);
        if (alpha != 1)
            Tensor.Multiply(spare, alpha, spare);
        Tensor.Max(x, 0f, y);
        Tensor.Add(y, spare, y);
        if (scale != 1)
            Tensor.Multiply(y, scale, y);
    }
}
