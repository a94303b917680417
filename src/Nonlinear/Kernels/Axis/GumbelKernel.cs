using System.Buffers;
using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear.Kernels;

/// <summary>
/// Gumbel-softmax on one type: (x + noise) / τ is rounded to a double, and the softmax of doubles taken of it and rounded to the type.
/// </summary>
internal sealed class GumbelKernel<T, TConversion>(string name, double tau, bool hard, long seed) : AxisKernel<T>(name)
    where T : unmanaged
    where TConversion : struct, IConversion<T>
{
    private static readonly AxisProduct Upstream = new(FromOutput: false, Tangent: false);

    private readonly DoubleAxisKernel<Softmax> _softmax = new();

    public override void Vectors(ReadOnlySpan<T> x, Span<T> y, Strides strides, int first, int count)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(2 * strides.Length);
        Span<double> inputs = rented.AsSpan(0, strides.Length), noise = rented.AsSpan(strides.Length, strides.Length);
        for (int index = first; index < first + count; index++)
        {
            Gather(x, strides, index, inputs);
            Disturb(inputs, noise, strides, index);
            if (hard && !double.IsNaN(Largest(inputs)))
                Choose(inputs);
            else
                _softmax.Row(inputs, inputs);
            Scatter(inputs, strides, index, y);
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    public override void Products(
        ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, Strides strides, AxisProduct product, int first, int count)
    {
        if (hard && product.FromOutput)
            throw new NotSupportedException(
                $"{Name} with hard=1 gives one-hot outputs, which do not tell its gradient; go back from the inputs (Backward).");
        double[] rented = ArrayPool<double>.Shared.Rent(3 * strides.Length);
        Span<double> inputs = rented.AsSpan(0, strides.Length), vector = rented.AsSpan(strides.Length, strides.Length);
        Span<double> noise = rented.AsSpan(2 * strides.Length, strides.Length);
        for (int index = first; index < first + count; index++)
        {
            Gather(source, strides, index, inputs);
            Gather(u, strides, index, vector);
            if (!product.FromOutput)
                Disturb(inputs, noise, strides, index);
            _softmax.Row(inputs, vector, vector, product);
            foreach (ref double value in vector)
                value /= tau;
            Scatter(vector, strides, index, target);
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    public override void JacobianRows(ReadOnlySpan<T> x, Span<T> jacobian, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            Span<T> row = jacobian.Slice(i * x.Length, x.Length);
            row.Clear();
            row[i] = TConversion.FromDouble(1);
            BackwardCore(x, row, row);
        }
    }

    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => Vectors(x, y, new([x.Length], 0, x.Length), 0, Count(x));

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx) =>
        Products(x, dy, dx, new([x.Length], 0, x.Length), Upstream, 0, Count(x));

    private static int Count(ReadOnlySpan<T> x) => x.IsEmpty ? 0 : 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Disturb(Span<double> inputs, Span<double> noise, Strides strides, int index)
    {
        GumbelSoftmax.Noise(seed, (strides.FirstVector + index) * strides.Length, noise);
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = double.IsFinite(inputs[i]) ? (Pair.Sum(inputs[i], noise[i]) / tau).High.Value : inputs[i];
    }

    // NaN where softmax is: of a vector with NaN or +∞, or with nothing but -∞.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Largest(ReadOnlySpan<double> x)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in x)
            largest = Math.Max(largest, value);
        return double.IsFinite(largest) ? largest : double.NaN;
    }

    private static void Choose(Span<double> inputs)
    {
        int chosen = inputs.IndexOf(Largest(inputs));
        inputs.Clear();
        inputs[chosen] = 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(ReadOnlySpan<T> tensor, Strides strides, int index, Span<double> vector)
    {
        for (int i = 0, position = strides.Start(index); i < vector.Length; i++, position += strides.Inner)
            vector[i] = TConversion.ToDouble(tensor[position]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(ReadOnlySpan<double> vector, Strides strides, int index, Span<T> tensor)
    {
        for (int i = 0, position = strides.Start(index); i < vector.Length; i++, position += strides.Inner)
            tensor[position] = TConversion.FromDouble(double.IsNaN(vector[i]) ? double.NaN : vector[i]);
    }
}
