using System.Runtime.CompilerServices;
using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Rivals;

/// <summary>A plain loop over the textbook's formula.</summary>
internal sealed class MathFRival() : Rival("MathF loop")
{
    private delegate void Map(ReadOnlySpan<float> x, Span<float> y);

    private delegate void Gradient(ReadOnlySpan<float> saved, ReadOnlySpan<float> dy, Span<float> dx);

    private static readonly Dictionary<string, (Map Forward, Gradient Backward)> Elementwise = new()
    {
        ["sigmoid"] = Loops<Textbook.Sigmoid>(),
        ["tanh"] = Loops<Textbook.Tanh>(),
        ["swish"] = Loops<Textbook.Swish>(),
        ["mish"] = Loops<Textbook.Mish>(),
        ["relu"] = Loops<Textbook.Relu>(),
        ["leaky_relu"] = Loops<Textbook.LeakyRelu>(),
        ["prelu"] = Loops<Textbook.Prelu>(),
        ["elu"] = Loops<Textbook.Elu>(),
        ["selu"] = Loops<Textbook.Selu>(),
        ["gelu_tanh"] = Loops<Textbook.GeluTanh>(),
        ["softmax"] = (Softmax, SoftmaxBackward),
        ["log_softmax"] = (LogSoftmax, LogSoftmaxBackward),
    };

    /// <inheritdoc/>
    public override Contestant? Forward(Job job)
    {
        if (!Elementwise.TryGetValue(job.UsualName!, out (Map Forward, Gradient Backward) loops))
            return null;
        (Floats x, Floats y, int rows, int columns) = (job.X, job.Y, job.Rows, job.Columns);
        return By(() =>
        {
            for (int row = 0; row < rows; row++)
                loops.Forward(x.Span.Slice(row * columns, columns), y.Span.Slice(row * columns, columns));
        });
    }

    /// <inheritdoc/>
    public override Contestant? Backward(Job job)
    {
        if (!Elementwise.TryGetValue(job.UsualName!, out (Map Forward, Gradient Backward) loops))
            return null;
        // Along an axis the outputs are what everybody saves.
        (Floats saved, Floats dy, Floats dx, int rows, int columns) = (
            job.Activation is AxisActivation ? job.Saved : job.X,
            job.Dy,
            job.Y,
            job.Rows,
            job.Columns);
        return By(() =>
        {
            for (int row = 0; row < rows; row++)
                loops.Backward(
                    saved.Span.Slice(row * columns, columns),
                    dy.Span.Slice(row * columns, columns),
                    dx.Span.Slice(row * columns, columns));
        });
    }

    private static (Map Forward, Gradient Backward) Loops<F>()
        where F : struct, ITextbook => (Each<F>, EachSlope<F>);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Each<F>(ReadOnlySpan<float> x, Span<float> y)
        where F : struct, ITextbook
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = F.Function(x[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EachSlope<F>(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx)
        where F : struct, ITextbook
    {
        for (int i = 0; i < x.Length; i++)
            dx[i] = dy[i] * F.Slope(x[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Softmax(ReadOnlySpan<float> x, Span<float> y)
    {
        float most = Most(x), sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += y[i] = MathF.Exp(x[i] - most);
        for (int i = 0; i < x.Length; i++)
            y[i] /= sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LogSoftmax(ReadOnlySpan<float> x, Span<float> y)
    {
        float most = Most(x), sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += MathF.Exp(x[i] - most);
        float log = most + MathF.Log(sum);
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] - log;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SoftmaxBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        float dot = 0;
        for (int i = 0; i < y.Length; i++)
            dot += y[i] * dy[i];
        for (int i = 0; i < y.Length; i++)
            dx[i] = y[i] * (dy[i] - dot);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LogSoftmaxBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        float sum = 0;
        for (int i = 0; i < y.Length; i++)
            sum += dy[i];
        for (int i = 0; i < y.Length; i++)
            dx[i] = dy[i] - (MathF.Exp(y[i]) * sum);
    }

    private static float Most(ReadOnlySpan<float> x)
    {
        float most = float.NegativeInfinity;
        foreach (float value in x)
            most = MathF.Max(most, value);
        return most;
    }
}
