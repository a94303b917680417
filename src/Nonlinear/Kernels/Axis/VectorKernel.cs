using System.Buffers;
using System.Runtime.CompilerServices;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear.Kernels;

/// <summary>A function of a whole vector with an algorithm of its own, on any type: over doubles and pairs of them, rounded once.</summary>
internal sealed class VectorKernel<F, T, TConversion>(string name, double[] parameters) : RowKernel<T>(name)
    where F : struct, IOfVector<F>
    where T : unmanaged
    where TConversion : struct, ISpanConversion<T>
{
    private static readonly T NaN = TConversion.FromDouble(double.NaN);

    protected internal override T One => TConversion.FromDouble(1);

    protected internal override void Rows(ReadOnlySpan<T> x, Span<T> y, int length)
    {
        for (int start = 0; start < x.Length; start += length)
            Run(x.Slice(start, length), default, y.Slice(start, length), null);
    }

    protected internal override void Rows(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, int length, AxisProduct product)
    {
        for (int start = 0; start < source.Length; start += length)
            Run(source.Slice(start, length), u.Slice(start, length), target.Slice(start, length), product);
    }

    private void Run(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct? product)
    {
        if (source.IsEmpty)
            return;
        double[] doubles = ArrayPool<double>.Shared.Rent(2 * source.Length);
        Pair[] pairs = ArrayPool<Pair>.Shared.Rent(2 * source.Length);
        Span<double> inputs = doubles.AsSpan(0, source.Length), gradient = doubles.AsSpan(source.Length, u.Length);
        Span<Pair> outputs = pairs.AsSpan(0, source.Length), results = pairs.AsSpan(source.Length, source.Length);
        TConversion.Widen(source, inputs);
        TConversion.Widen(u, gradient);
        if (!IsDefined(inputs, product is { FromOutput: true }) || HasNaN(gradient))
        {
            target.Fill(NaN);
        }
        else
        {
            if (product is { FromOutput: true })
                Promote(inputs, outputs);
            else
                F.Forward(inputs, outputs, parameters);
            if (product is not null)
                F.Product(outputs, gradient, results, parameters);
            Round(product is null ? outputs : results, target);
        }
        ArrayPool<Pair>.Shared.Return(pairs);
        ArrayPool<double>.Shared.Return(doubles);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Promote(ReadOnlySpan<double> source, Span<Pair> target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = source[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round(ReadOnlySpan<Pair> source, Span<T> target)
    {
        for (int i = 0; i < source.Length; i++)
        {
            double result = source[i].High.Value;
            target[i] = double.IsNaN(result) ? NaN : TConversion.FromDouble(result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsDefined(ReadOnlySpan<double> x, bool areOutputs)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in x)
            largest = Math.Max(largest, value); // NaN where one is
        return F.TakesInfinities && !areOutputs ? !double.IsNaN(largest) : double.IsFinite(largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool HasNaN(ReadOnlySpan<double> x)
    {
        foreach (double value in x)
        {
            if (double.IsNaN(value))
                return true;
        }
        return false;
    }
}
