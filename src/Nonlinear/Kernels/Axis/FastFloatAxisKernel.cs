using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis on floats in the fast tier: over floats where they suffice, else as in the exact tier.</summary>
internal sealed class FastFloatAxisKernel<F> : FloatAxisKernel<F>
    where F : struct, IAlongAxis<F>
{
    protected internal override void Row(ReadOnlySpan<float> x, Span<float> y)
    {
        bool done = false;
        VectorWidth.DispatchFloats<Forwards, Arguments>(new(x, default, y, ref done));
        if (!done)
            base.Row(x, y);
    }

    protected internal override void Row(ReadOnlySpan<float> source, ReadOnlySpan<float> u, Span<float> target, AxisProduct product)
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
