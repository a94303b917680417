namespace Nonlinear.Training;

/// <summary>What training makes small.</summary>
public abstract class Loss
{
    /// <summary>
    /// The cross-entropy of the softmax of the outputs, one for each class; targets are classes. It is the library's
    /// <see cref="Nonlinear.CrossEntropy"/>, whose gradients keep their digits where one class dominates.
    /// </summary>
    public static Loss CrossEntropy { get; } = new ClassLoss();

    /// <summary>
    /// The binary cross-entropy of a single output, a logit; targets are from 0 to 1. It is the library's
    /// <see cref="Nonlinear.BinaryCrossEntropy"/>.
    /// </summary>
    public static Loss BinaryCrossEntropy { get; } = new BinaryLoss();

    /// <summary>Half the squared difference of a single output and the target.</summary>
    public static Loss SquaredError { get; } = new SquareLoss();

    /// <summary>The usual loss for a set of data: cross-entropy for classes, the squared error for numbers.</summary>
    /// <param name="data">The data.</param>
    public static Loss For(DataPart data) => data.Classes > 0 ? CrossEntropy : SquaredError;

    /// <summary>The sum of the losses of some rows; their gradients are those of the mean over a batch.</summary>
    /// <param name="output">What the network puts out, row after row.</param>
    /// <param name="targets">The class or number that each row should have given.</param>
    /// <param name="gradient">Receives the gradient by the outputs.</param>
    /// <param name="batch">The rows of the whole batch.</param>
    public abstract double Evaluate(ReadOnlySpan<float> output, ReadOnlySpan<float> targets, Span<float> gradient, int batch);

    // In the order of the rows, however they are cut into blocks of vectors.
    private static double Sum(ReadOnlySpan<float> losses)
    {
        double sum = 0;
        foreach (float loss in losses)
            sum += loss;
        return sum;
    }

    private sealed class ClassLoss : Loss
    {
        private readonly CrossEntropy _loss = new();

        /// <inheritdoc/>
        public override double Evaluate(ReadOnlySpan<float> output, ReadOnlySpan<float> targets, Span<float> gradient, int batch)
        {
            float[] losses = new float[targets.Length];
            int[] classes = new int[targets.Length];
            for (int row = 0; row < classes.Length; row++)
                classes[row] = (int)targets[row];
            _loss.ForwardWithGradient(output, classes, losses, gradient, 1.0 / batch);
            return Sum(losses);
        }
    }

    private sealed class BinaryLoss : Loss
    {
        private readonly BinaryCrossEntropy _loss = new();

        /// <inheritdoc/>
        public override double Evaluate(ReadOnlySpan<float> output, ReadOnlySpan<float> targets, Span<float> gradient, int batch)
        {
            float[] losses = new float[targets.Length];
            _loss.ForwardWithGradient(output, targets, losses, gradient, 1.0 / batch);
            return Sum(losses);
        }
    }

    private sealed class SquareLoss : Loss
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
}
