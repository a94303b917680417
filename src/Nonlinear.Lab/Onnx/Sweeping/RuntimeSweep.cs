using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Lab.Onnx.Sweeping;

/// <summary>Runs a model of one function in ONNX Runtime over the whole range of its type, and compares it with the library.</summary>
internal static class RuntimeSweep
{
    // Rounds to a type.
    private static readonly ElementwiseActivation Identity = Activation.LeakyRelu(1);

    // The length of vectors for functions along an axis.
    private const int Vector = 8;

    /// <summary>Runs a model with one input and one output of a type.</summary>
    /// <param name="model">The model.</param>
    /// <param name="function">The function that it should be; elementwise, along the last axis, or of the last axis.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="cancellation">Stops it before the model is run.</param>
    /// <param name="low">Below what values are held.</param>
    /// <param name="high">Above what values are held.</param>
    public static Deviation Run(
        ModelProto model, Activation function, NumberType type, CancellationToken cancellation,
        double low = double.NegativeInfinity, double high = double.PositiveInfinity)
    {
        double[] x = SweepPoints.Whole(type);
        int length = function switch
        {
            AxisActivation => Vector,
            PooledActivation => (int)function.ParameterValues[0],
            GatedActivation => 2,
            _ => 0,
        };
        double[] gates = x;
        if (function is GatedActivation gated)
            x = Evaluate(Identity, WithValues(x, gated.Layout == GateLayout.GateLast), 0, type);
        else if (length > 0)
            x = Evaluate(Identity, Vectors(x, length), 0, type);
        cancellation.ThrowIfCancellationRequested();
        (double[] y, NumberType made) = RunModel(model, x, length, type);
        double[] exact = Bounded(Evaluate(function, x, length, NumberType.Double));
        // A cast at the end makes another type of it.
        double[] rounded = made == type ? Bounded(Evaluate(function, x, length, type)) : Evaluate(Identity, exact, 0, made);
        if (y.Length != exact.Length)
            throw new InvalidDataException($"The model gives {y.Length} numbers where {function} has {exact.Length}.");
        return function switch
        {
            AxisActivation => Deviation.Of(made, x, y, exact, rounded, i => Told(x.AsSpan(i - (i % length), length))),
            PooledActivation => Deviation.Of(made, Largest(x, length), y, exact, rounded, i => Told(x.AsSpan(i * length, length))),
            GatedActivation => Deviation.Of(made, gates, y, exact, rounded, i => Told(x.AsSpan(i * length, length))),
            _ => Deviation.Of(made, x, y, exact, rounded),
        };

        double[] Bounded(double[] values) => double.IsFinite(low) || double.IsFinite(high)
            ? Array.ConvertAll(values, value => double.IsNaN(value) ? value : Math.Min(Math.Max(value, low), high))
            : values;
    }

    /// <summary>Runs a model on one tensor.</summary>
    /// <returns>What comes out, and its type.</returns>
    private static (double[] Numbers, NumberType Type) RunModel(ModelProto model, double[] x, int length, NumberType type)
    {
        using SessionOptions options = OnnxSession.OnOneThread();
        using InferenceSession session = OnnxSession.Open(model.ToByteArray(), options);
        long[] shape = length == 0 ? [x.Length] : [x.Length / length, length];
        using OrtValue input = NumberTensor.Of(type, x, shape);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results =
            session.Run(run, [session.InputNames[0]], [input], [session.OutputNames[0]]);
        return (NumberTensor.Read(results[0]), NumberTensor.TypeOf(results[0].GetTensorTypeAndShape().ElementDataType));
    }

    /// <summary>The library's values of a function on numbers of a type.</summary>
    private static double[] Evaluate(Activation function, double[] x, int length, NumberType type) => type switch
    {
        NumberType.Double => Evaluate(function, x, length),
        NumberType.Half => Widen(Evaluate(function, Array.ConvertAll(x, value => (Half)value), length), value => (double)value),
        NumberType.BFloat16 => Widen(Evaluate(function, Array.ConvertAll(x, value => (BFloat16)value), length), value => (double)value),
        _ => Widen(Evaluate(function, Array.ConvertAll(x, value => (float)value), length), value => value),
    };

    private static T[] Evaluate<T>(Activation function, T[] x, int length)
        where T : unmanaged
    {
        T[] y = new T[function.OutputsFor(x.Length)];
        int[] shape = length == 0 ? [x.Length] : [x.Length / length, length];
        if (function is AxisActivation along)
            along.Forward<T>(x, y, shape, 1);
        else if (function is GatedActivation gated)
            gated.Forward<T>(x, y, shape, 1);
        else if (function is PooledActivation pooled)
            pooled.Forward<T>(x, y, new int[y.Length], shape, 1);
        else
            function.Forward<T>(x, y);
        return y;
    }

    private static double[] Widen<T>(T[] y, Converter<T, double> widen) => Array.ConvertAll(y, widen);

    // Each gate with an ordinary value, before or behind it.
    private static double[] WithValues(double[] gates, bool gateLast)
    {
        double[] x = new double[2 * gates.Length];
        ulong random = 3;
        for (int i = 0; i < gates.Length; i++)
        {
            double value = (SweepPoints.Uniform(ref random) * 8) - 4;
            (x[2 * i], x[(2 * i) + 1]) = gateLast ? (value, gates[i]) : (gates[i], value);
        }
        return x;
    }

    // A quarter of the vectors are of all magnitudes mixed; in the others all are of one.
    private static double[] Vectors(double[] points, int length)
    {
        int rows = points.Length / length;
        double[] x = points[..(rows * length)];
        ulong random = 2;
        for (int row = 0; row < rows; row++)
        {
            double scale = Math.ScaleB(1, (row % 12) - 4);
            for (int i = 0; row % 4 != 0 && i < length; i++)
                x[(row * length) + i] = (double)(Half)((SweepPoints.Uniform(ref random) * 2) - 1) * scale;
        }
        return x;
    }

    // What is special about a vector.
    private static string? Told(ReadOnlySpan<double> vector)
    {
        (bool nan, bool infinite, bool below) = (false, false, false);
        foreach (double x in vector)
        {
            nan |= double.IsNaN(x);
            infinite |= double.IsPositiveInfinity(x);
            below |= double.IsNegativeInfinity(x);
        }
        return nan ? "with NaN in the vector" : infinite ? "with ∞ in the vector" : below ? "with -∞ in the vector" : null;
    }

    private static double[] Largest(double[] x, int length) =>
        [.. x.Chunk(length).Select(vector => vector.Any(double.IsNaN) ? double.NaN : vector.Max())];
}
