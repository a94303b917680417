namespace Nonlinear.Lab.Arrays;

/// <summary>What to compute of an array.</summary>
public enum ArrayOperation
{
    /// <summary>The function.</summary>
    Forward,

    /// <summary>Its derivative, element by element.</summary>
    Derivative,

    /// <summary>The gradient by the input, from the gradient by the output.</summary>
    Backward,
}

/// <summary>Applies an activation to NumPy files of any size, block by block.</summary>
/// <remarks>
/// Memory does not grow with the file; only a vector along the axis of softmax has to fit. The output has the type, the byte order and
/// the memory order of the input. Where there is noise, vectors are counted as they lie in the file.
/// </remarks>
public static class ArrayTransform
{
    /// <summary>The name that stands for standard input or output.</summary>
    public const string Standard = "-";

    /// <summary>Applies an activation.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="operation">What to compute.</param>
    /// <param name="input">The file of inputs, or - for standard input.</param>
    /// <param name="upstream">For <see cref="ArrayOperation.Backward"/>, the file of the gradient by the output.</param>
    /// <param name="output">The file to write, which appears whole or not at all, or - for standard output.</param>
    /// <param name="axis">The axis to work along; by default the last, for pooled functions dimension 1 or the only one.</param>
    /// <param name="progress">Is told the share done.</param>
    /// <param name="cancellation">Stops the work; no output appears.</param>
    /// <exception cref="ArgumentException">The axis does not suit the activation or the shape.</exception>
    /// <exception cref="NotSupportedException">The activation has no such operation.</exception>
    /// <exception cref="InvalidDataException">A file holds no floating-point numbers of NumPy, is incomplete, or does not fit the
    /// other.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Run(
        Activation activation,
        ArrayOperation operation,
        string input,
        string? upstream,
        string output,
        int? axis = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        if (operation == ArrayOperation.Derivative && activation is not ElementwiseActivation)
            throw new NotSupportedException(
                $"{activation.Info.Name} has no derivative of each element by itself: "
                + (activation is WidenedActivation ? "it has several outputs for each input." : "its outputs depend on several inputs.")
                + " Use --backward.");
        Gates.MustSayLayout(activation);
        using ArraySource x = ArraySource.Open(input);
        BlockLayout layout = BlockLayout.Of(activation, x.Header, axis, out IReadOnlyList<long> outputShape);
        using ArraySource? dy = operation == ArrayOperation.Backward ? ArraySource.Open(upstream!) : null;
        dy?.MustFit(x, outputShape);
        NpyHeader header = operation == ArrayOperation.Backward ? x.Header : x.Header with { Shape = outputShape };
        using ArrayTarget target = ArrayTarget.Open(output, header, seekable: !layout.Sequential);
        if (!layout.Sequential)
        {
            x.MakeSeekable(target.Folder);
            dy?.MakeSeekable(target.Folder);
        }
        switch (header.Type)
        {
            case ElementType.Half:
                Run<Half>();
                break;
            case ElementType.Float:
                Run<float>();
                break;
            default:
                Run<double>();
                break;
        }
        target.Publish();

        void Run<T>()
            where T : unmanaged
        {
            BlockTransform<T> transform = new(activation, operation, layout);
            foreach (Block block in layout.Blocks())
            {
                cancellation.ThrowIfCancellationRequested();
                transform.Apply(block, x, dy, target);
                progress?.Report(
                    ((block.Row * (double)layout.Columns) + ((double)block.Rows * (block.Column + block.Columns)))
                        / (layout.Rows * (double)layout.Columns));
            }
        }
    }
}
