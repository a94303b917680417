using System.Runtime.CompilerServices;
using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Rivals;

/// <summary>A plain loop over the textbook's formula.</summary>
internal sealed class MathFRival() : Rival("MathF loop")
{
    private delegate void Map(ReadOnlySpan<float> x, Span<float> y);

    private delegate void Gradient(ReadOnlySpan<float> saved, ReadOnlySpan<float> dy, Span<float> dx);

    private delegate void Product(ReadOnlySpan<float> gate, ReadOnlySpan<float> value, Span<float> y);

    private delegate void ProductGradient(
        ReadOnlySpan<float> gate, ReadOnlySpan<float> value, ReadOnlySpan<float> dy, Span<float> dgate, Span<float> dvalue);

    private static readonly Dictionary<string, (Product Forward, ProductGradient Backward)> Gated = new()
    {
        ["sigmoid"] = (Times<Textbook.Sigmoid>, TimesSlope<Textbook.Sigmoid>),
        ["swish"] = (Times<Textbook.Swish>, TimesSlope<Textbook.Swish>),
        ["gelu_tanh"] = (Times<Textbook.GeluTanh>, TimesSlope<Textbook.GeluTanh>),
        ["relu"] = (Times<Textbook.Relu>, TimesSlope<Textbook.Relu>),
    };

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
        if (GateOf(job) is { } gate)
        {
            return Gated.TryGetValue(gate, out (Product Forward, ProductGradient Backward) product)
                ? By(() => product.Forward(job.X.Span, job.Value.Span, job.Y.Span))
                : null;
        }
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
        if (GateOf(job) is { } gate)
        {
            return Gated.TryGetValue(gate, out (Product Forward, ProductGradient Backward) product)
                ? By(() => product.Backward(job.X.Span, job.Value.Span, job.Dy.Span, job.Y.Span, job.ValueGradient.Span))
                : null;
        }
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
    private static void Times<F>(ReadOnlySpan<float> gate, ReadOnlySpan<float> value, Span<float> y)
        where F : struct, ITextbook
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = F.Function(gate[i]) * value[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TimesSlope<F>(
        ReadOnlySpan<float> gate, ReadOnlySpan<float> value, ReadOnlySpan<float> dy, Span<float> dgate, Span<float> dvalue)
        where F : struct, ITextbook
    {
        for (int i = 0; i < dy.Length; i++)
        {
            dgate[i] = dy[i] * value[i] * F.Slope(gate[i]);
            dvalue[i] = dy[i] * F.Function(gate[i]);
        }
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
