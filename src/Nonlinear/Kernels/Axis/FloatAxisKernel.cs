using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis on floats, computed in doubles.</summary>
internal class FloatAxisKernel<F>() : RowKernel<float>(F.Info.Name)
    where F : struct, IAlongAxis<F>
{
    // With fewer vectors most lanes would be empty, and longer ones gain less than turning them costs. The results are the same.
    private const int FewestTurned = 6;

    // Turning takes steps for four and steps for eight lanes alike, and what a vector costs by itself is less with four.
    private static int LongestTurned => VectorWidth.Current > 4 ? 47 : 15;

    protected internal override float One => 1;

    protected override bool TakesAnyRows(AxisProduct product) => IsGradientFromOutputs(product);

    protected internal override void Rows(ReadOnlySpan<float> x, Span<float> y, int length)
    {
        AxisVectors<float> vectors = new(x, default, y, length, null);
        if (length <= LongestTurned && x.Length >= FewestTurned * length && length > 0)
            VectorWidth.Dispatch<ShortSeries, TurnedWork, AxisVectors<float>>(vectors);
        else if (length > 0)
            VectorWidth.Dispatch<ShortSeries, ForwardWork, AxisVectors<float>>(vectors);
    }

    protected internal override void Rows(
        ReadOnlySpan<float> source, ReadOnlySpan<float> u, Span<float> target, int length, AxisProduct product)
    {
        AxisVectors<float> vectors = new(source, u, target, length, product);
        if (IsGradientFromOutputs(product) && length > 0)
            VectorWidth.Dispatch<ShortSeries, GradientWork, AxisVectors<float>>(vectors);
        else
            VectorWidth.Dispatch<ShortSeries, Work, AxisVectors<float>>(vectors);
    }

    protected static bool IsGradientFromOutputs(AxisProduct product) => product is { FromOutput: true, Tangent: false };

    private readonly struct ForwardWork : IAtDoubleWidth<AxisVectors<float>>
    {
        public static void Invoke<L>(scoped in AxisVectors<float> vectors)
            where L : struct, IReal<L>, IDoubleLanes<L> => vectors.RunInRows<F, L>();
    }

    private readonly struct GradientWork : IAtDoubleWidth<AxisVectors<float>>
    {
        public static void Invoke<L>(scoped in AxisVectors<float> vectors)
            where L : struct, IReal<L>, IDoubleLanes<L> => vectors.RunBackFromOutputs<F, L>();
    }

    private readonly struct TurnedWork : IAtDoubleWidth<AxisVectors<float>>
    {
        public static void Invoke<L>(scoped in AxisVectors<float> vectors)
            where L : struct, IReal<L>, IDoubleLanes<L> => vectors.RunInColumns<F, L>();
    }

    private readonly struct Work : IAtDoubleWidth<AxisVectors<float>>
    {
        public static void Invoke<L>(scoped in AxisVectors<float> vectors)
            where L : struct, IReal<L>, IDoubleLanes<L> => vectors.Run<F, L, FloatFormat<L>>(float.NegativeInfinity);
    }
}
