using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Explorer;

/// <summary>
/// Square layers a = f(W b), one after another, with random weights: what becomes of a batch of signals on the way up and of random
/// gradients on the way down. The weights stay while sliders move, so that what is seen to change is the slider's doing.
/// </summary>
internal sealed class LayerStack
{
    /// <summary>
    /// How many numbers a layer has before its two histograms: mean, deviation, share of dead units, share of saturated slopes, size of the
    /// gradient, share of zero gradients.
    /// </summary>
    public const int Figures = 6;

    /// <summary>The bars of a histogram.</summary>
    public const int Bars = 60;

    /// <summary>The histogram of activations covers minus this to this; what lies beyond is counted in the last bars.</summary>
    public const double Reach = 4;

    /// <summary>The histogram of gradients covers these powers of ten.</summary>
    public const double LeastPower = -20, MostPower = 10;

    /// <summary>
    /// The signals sent up. The functions are what takes time here, a microsecond and more an element: few samples, so that histograms move
    /// while one drags. A multiple of four, as the width is.
    /// </summary>
    public const int Batch = 8;

    private const float FarOut = 1e4f;

    // A slope below a hundredth of the largest counts as saturated, as in the guide.
    private const double SaturatedShare = 0.01;

    private static LayerStack? _last;
    private static (string Spelling, double Limit) _flat = ("", 0);

    private readonly int _width, _layers, _seed;
    private readonly bool _uniform;
    private readonly float[][] _weights, _transposed;
    private readonly float[] _input, _gradient;

    private LayerStack(int width, int layers, bool uniform, int seed)
    {
        (_width, _layers, _uniform, _seed) = (width, layers, uniform, seed);
        // A layer's weights do not depend on how many layers there are.
        _weights = [.. Enumerable.Range(0, layers).Select(layer => RandomNumbers(width * width, uniform, StreamSeed(seed, layer)))];
        _transposed = [.. _weights.Select(Transpose)];
        _input = RandomNumbers(Batch * width, uniform: false, StreamSeed(seed, -1));
        _gradient = RandomNumbers(Batch * width, uniform: false, StreamSeed(seed, -2));
    }

    /// <summary>The stack with these sizes; the last one is kept.</summary>
    public static LayerStack Of(int width, int layers, bool uniform, int seed)
    {
        if (_last is not { } last || last._width != width || last._layers != layers || last._uniform != uniform || last._seed != seed)
            _last = new(width, layers, uniform, seed);
        return _last!;
    }

    /// <summary>Sends signals up and gradients down.</summary>
    /// <param name="activation">f</param>
    /// <param name="gain">The weights' standard deviation times √width.</param>
    /// <returns>For each layer <see cref="Figures"/> numbers, then the two histograms as shares.</returns>
    public double[] Run(ElementwiseActivation activation, double gain)
    {
        float scale = (float)(gain / Math.Sqrt(_width));
        double saturated = Flat(activation);
        double[] result = new double[_layers * (Figures + (2 * Bars))];
        float[][] slopes = new float[_layers][];
        float[] signal = _input;
        for (int layer = 0; layer < _layers; layer++)
        {
            float[] sum = Multiply(_weights[layer], signal, scale);
            signal = new float[sum.Length];
            slopes[layer] = new float[sum.Length];
            activation.Forward(sum, signal);
            activation.Derivative(sum, slopes[layer]);
            Describe(signal, slopes[layer], saturated, Part(result, layer));
        }

        float[] gradient = _gradient;
        for (int layer = _layers - 1; layer >= 0; layer--)
        {
            DescribeGradient(gradient, Part(result, layer));
            float[] scaled = new float[gradient.Length];
            for (int i = 0; i < scaled.Length; i++)
                scaled[i] = gradient[i] * slopes[layer][i];
            gradient = Multiply(_transposed[layer], scaled, scale);
        }
        return result;
    }

    private static Span<double> Part(double[] result, int layer) => result.AsSpan(layer * (Figures + (2 * Bars)), Figures + (2 * Bars));

    // A matrix times each sample. Four samples share each row while it is at hand, in vectors of four: plain loops of these the browser's
    // interpreter compiles well, unlike the kernels' long formulas.
    private float[] Multiply(float[] matrix, float[] input, float scale)
    {
        float[] output = new float[input.Length];
        ref float from = ref input[0];
        for (int sample = 0; sample < Batch; sample += 4)
        {
            ref float a = ref Unsafe.Add(ref from, sample * _width), b = ref Unsafe.Add(ref a, _width);
            ref float c = ref Unsafe.Add(ref b, _width), d = ref Unsafe.Add(ref c, _width);
            for (int unit = 0; unit < _width; unit++)
            {
                ref float row = ref matrix[unit * _width];
                Vector128<float> sumA = default, sumB = default, sumC = default, sumD = default;
                for (nuint i = 0; i < (nuint)_width; i += 4)
                {
                    Vector128<float> weights = Vector128.LoadUnsafe(ref row, i);
                    sumA += weights * Vector128.LoadUnsafe(ref a, i);
                    sumB += weights * Vector128.LoadUnsafe(ref b, i);
                    sumC += weights * Vector128.LoadUnsafe(ref c, i);
                    sumD += weights * Vector128.LoadUnsafe(ref d, i);
                }
                int place = (sample * _width) + unit;
                output[place] = Vector128.Sum(sumA) * scale;
                output[place + _width] = Vector128.Sum(sumB) * scale;
                output[place + (2 * _width)] = Vector128.Sum(sumC) * scale;
                output[place + (3 * _width)] = Vector128.Sum(sumD) * scale;
            }
        }
        return output;
    }

    private void Describe(float[] signal, float[] slopes, double saturated, Span<double> figures)
    {
        double sum = 0, squares = 0;
        int flat = 0, dead = 0;
        Span<double> bars = figures.Slice(Figures, Bars);
        for (int i = 0; i < signal.Length; i++)
        {
            sum += signal[i];
            if (Math.Abs(slopes[i]) < saturated)
                flat++;
            Count(bars, (signal[i] + Reach) / (2 * Reach));
        }
        // Twice over the numbers: what is left of a difference of squares may be rounding alone.
        double mean = sum / signal.Length;
        foreach (float value in signal)
            squares += (value - mean) * (value - mean);
        // Dead means silent on every sample: no output and no slope by which it could come back.
        for (int unit = 0; unit < _width; unit++)
        {
            bool silent = true;
            for (int sample = 0; sample < Batch && silent; sample++)
                silent = signal[(sample * _width) + unit] == 0 && slopes[(sample * _width) + unit] == 0;
            dead += silent ? 1 : 0;
        }
        figures[0] = mean;
        figures[1] = Math.Sqrt(squares / signal.Length);
        figures[2] = (double)dead / _width;
        figures[3] = (double)flat / signal.Length;
        Share(bars, signal.Length);
    }

    private static void DescribeGradient(float[] gradient, Span<double> figures)
    {
        double squares = 0;
        int zeros = 0;
        Span<double> bars = figures.Slice(Figures + Bars, Bars);
        foreach (float value in gradient)
        {
            squares += (double)value * value;
            if (value == 0)
                zeros++;
            else
                Count(bars, (Math.Log10(Math.Abs(value)) - LeastPower) / (MostPower - LeastPower));
        }
        figures[4] = Math.Sqrt(squares / gradient.Length);
        figures[5] = (double)zeros / gradient.Length;
        Share(bars, gradient.Length);
    }

    private static void Count(Span<double> bars, double place)
    {
        if (!double.IsNaN(place))
            bars[(int)Math.Clamp(place * Bars, 0, Bars - 1)]++;
    }

    private static void Share(Span<double> bars, int of)
    {
        foreach (ref double bar in bars)
            bar /= of;
    }

    // The slope from which on a unit is not saturated. Of a slope without bound there is no hundredth: then only what is flat counts, as in
    // the guide.
    private static double Flat(ElementwiseActivation activation)
    {
        string spelling = activation.ToString();
        if (_flat.Spelling != spelling)
        {
            float[] x = [.. Enumerable.Range(-768, 1537).Select(i => i / 32f), -FarOut, FarOut];
            double[] slopes = [.. Curve.Values(activation, Curve.Derivative, x).Select(slope => (double)Math.Abs(slope))];
            double near = slopes[..^2].Max(), far = slopes[^2..].Max();
            // Rounding alone may make a slope far out a little larger.
            _flat = (spelling, far > 1.01 * near ? double.Epsilon : Math.Max(double.Epsilon, SaturatedShare * near));
        }
        return _flat.Limit;
    }

    private float[] Transpose(float[] matrix)
    {
        float[] transposed = new float[matrix.Length];
        for (int row = 0; row < _width; row++)
        {
            for (int column = 0; column < _width; column++)
                transposed[(column * _width) + row] = matrix[(row * _width) + column];
        }
        return transposed;
    }

    // Mean 0 and variance 1.
    private static float[] RandomNumbers(int count, bool uniform, int seed)
    {
        Random random = new(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = (float)(uniform
                ? Math.Sqrt(3) * ((2 * random.NextDouble()) - 1)
                : Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
        return numbers;
    }

    private static int StreamSeed(int seed, int stream) => unchecked((seed * 7919) + stream);
}
