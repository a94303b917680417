using System.Numerics.Tensors;
using Nonlinear.Lab.Data;

namespace Nonlinear.Lab.Training;

/// <summary>What training makes small, and the score by which people judge.</summary>
internal abstract class Loss
{
    /// <summary>The usual loss for a set of data: cross-entropy for classes, the squared error for numbers.</summary>
    public static Loss For(DataPart data) => data.Classes > 0 ? new CrossEntropy() : new SquaredError();

    /// <summary>The sum of the losses of some rows; their gradients are those of the mean over a batch.</summary>
    /// <param name="output">What the network puts out, row after row.</param>
    /// <param name="targets">The class or number that each row should have given.</param>
    /// <param name="gradient">Receives the gradient by the outputs.</param>
    /// <param name="batch">The rows of the whole batch.</param>
    public abstract double Evaluate(ReadOnlySpan<float> output, ReadOnlySpan<float> targets, Span<float> gradient, int batch);
}

/// <summary>The cross-entropy of the softmax of the outputs.</summary>
internal sealed class CrossEntropy : Loss
{
    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<float> output, ReadOnlySpan<float> targets, Span<float> gradient, int batch)
    {
        int rows = targets.Length, classes = output.Length / rows;
        Activation.LogSoftmax.Forward(output, gradient, [rows, classes], 1);
        double sum = 0;
        for (int row = 0; row < rows; row++)
            sum -= gradient[(row * classes) + (int)targets[row]];
        Activation.Softmax.Forward(output, gradient, [rows, classes], 1);
        for (int row = 0; row < rows; row++)
            gradient[(row * classes) + (int)targets[row]] -= 1;
        TensorPrimitives.Divide(gradient, batch, gradient);
        return sum;
    }
}

/// <summary>Half the squared difference of the one output and the target.</summary>
internal sealed class SquaredError : Loss
{
    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<float> output, ReadOnlySpan<float> targets, Span<float> gradient, int batch)
    {
        double sum = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            double difference = (double)output[row] - targets[row];
            sum += difference * difference / 2;
            gradient[row] = (float)(difference / batch);
        }
        return sum;
    }
}
