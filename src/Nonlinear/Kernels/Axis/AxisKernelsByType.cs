using System.Buffers;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The work on one contiguous vector: forward, or a product of u with the Jacobian.</summary>
internal readonly ref struct AxisVector<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct? product)
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _source = source, _u = u;
    private readonly Span<T> _target = target;

    public void Run<F, V, TFormat>(T padding)
        where F : struct, IAlongAxis<F>
        where V : struct, IReal<V>
        where TFormat : struct, IVectorFormat<T, V>
    {
        if (product is { } jacobian)
            SoftmaxLoop<F, T, V, TFormat>.Product(_source, _u, _target, jacobian, padding);
        else
            SoftmaxLoop<F, T, V, TFormat>.Forward(_source, _target, padding);
    }
}

/// <summary>A function along an axis on floats, computed in doubles.</summary>
internal class FloatAxisKernel<F>() : RowKernel<float>(F.Info.Name)
    where F : struct, IAlongAxis<F>
{
    protected override float One => 1;

    protected override void Row(ReadOnlySpan<float> x, Span<float> y) => VectorWidth.Dispatch<ShortSeries, Work, AxisVector<float>>(new(x, default, y, null));

    protected override void Row(ReadOnlySpan<float> source, ReadOnlySpan<float> u, Span<float> target, AxisProduct product) =>
        VectorWidth.Dispatch<ShortSeries, Work, AxisVector<float>>(new(source, u, target, product));

    private readonly struct Work : IAtDoubleWidth<AxisVector<float>>
    {
        public static void Invoke<L>(scoped in AxisVector<float> vector)
            where L : struct, IReal<L>, IDoubleLanes<L> => vector.Run<F, L, FloatFormat<L>>(float.NegativeInfinity);
    }
}

/// <summary>A function along an axis on floats in the fast tier: over floats where they suffice, else as in the exact tier.</summary>
internal sealed class FastFloatAxisKernel<F> : FloatAxisKernel<F>
    where F : struct, IAlongAxis<F>
{
    protected override void Row(ReadOnlySpan<float> x, Span<float> y)
    {
        bool done = false;
        VectorWidth.DispatchFloats<Forwards, Arguments>(new(x, default, y, ref done));
        if (!done)
            base.Row(x, y);
    }

    protected override void Row(ReadOnlySpan<float> source, ReadOnlySpan<float> u, Span<float> target, AxisProduct product)
    {
        bool done = false;
        if (product is { FromOutput: true, Tangent: false })
            VectorWidth.DispatchFloats<Gradients, Arguments>(new(source, u, target, ref done));
        if (!done)
            base.Row(source, u, target, product);
    }

    private readonly ref struct Arguments(ReadOnlySpan<float> source, ReadOnlySpan<float> u, Span<float> target, ref bool done)
    {
        public readonly ReadOnlySpan<float> Source = source, U = u;
        public readonly Span<float> Target = target;
        public readonly ref bool Done = ref done;
    }

    private readonly struct Forwards : IAtFloatWidth<Arguments>
    {
        public static void Invoke<S>(scoped in Arguments row)
            where S : struct, IReal<S>, IFloatLanes<S> => row.Done = FastSoftmaxLoop<F, S>.TryForward(row.Source, row.Target);
    }

    private readonly struct Gradients : IAtFloatWidth<Arguments>
    {
        public static void Invoke<S>(scoped in Arguments row)
            where S : struct, IReal<S>, IFloatLanes<S> => row.Done = FastSoftmaxGradient<F, S>.TryRun(row.Source, row.U, row.Target);
    }
}

/// <summary>A function along an axis on doubles, computed in pairs of doubles.</summary>
internal sealed class DoubleAxisKernel<F>() : RowKernel<double>(F.Info.Name)
    where F : struct, IAlongAxis<F>
{
    protected override double One => 1;

    protected override void Row(ReadOnlySpan<double> x, Span<double> y) => VectorWidth.Dispatch<Unchecked, Work, AxisVector<double>>(new(x, default, y, null));

    protected override void Row(ReadOnlySpan<double> source, ReadOnlySpan<double> u, Span<double> target, AxisProduct product) =>
        VectorWidth.Dispatch<Unchecked, Work, AxisVector<double>>(new(source, u, target, product));

    private readonly struct Work : IAtDoubleWidth<AxisVector<double>>
    {
        public static void Invoke<L>(scoped in AxisVector<double> vector)
            where L : struct, IReal<L>, IDoubleLanes<L> => vector.Run<F, DoubleDouble<L>, DoubleDoubleFormat<L>>(double.NegativeInfinity);
    }
}

/// <summary>A function along an axis on a 16-bit type, widened to doubles for the whole vector and rounded once.</summary>
internal sealed class SixteenBitAxisKernel<F, T, TConversion>() : RowKernel<T>(F.Info.Name)
    where F : struct, IAlongAxis<F>
    where T : unmanaged
    where TConversion : struct, ISixteenBit<T>
{
    protected override T One => TConversion.FromDouble(1);

    protected override void Row(ReadOnlySpan<T> x, Span<T> y) => Run(x, default, y, null);

    protected override void Row(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct product) =>
        Run(source, u, target, product);

    private static void Run(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct? product)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(2 * source.Length);
        Span<double> wide = rented.AsSpan(0, source.Length), gradient = rented.AsSpan(source.Length, u.Length);
        SixteenBit.Widen<T, TConversion>(source, wide);
        SixteenBit.Widen<T, TConversion>(u, gradient);
        VectorWidth.Dispatch<Unchecked, Work, AxisVector<double>>(new(wide, gradient, wide, product));
        SixteenBit.Narrow<T, TConversion>(wide, target);
        ArrayPool<double>.Shared.Return(rented);
    }

    private readonly struct Work : IAtDoubleWidth<AxisVector<double>>
    {
        public static void Invoke<L>(scoped in AxisVector<double> vector)
            where L : struct, IReal<L>, IDoubleLanes<L> => vector.Run<F, L, PlainDoubleFormat<L>>(double.NegativeInfinity);
    }
}
