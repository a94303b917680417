using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static Nonlinear.Kernels.ElementwiseLoop;

namespace Nonlinear.Kernels;

/// <summary>The operations on a 16-bit type, where tables of all 65,536 results beat computing them once there are enough.</summary>
internal sealed class SixteenBitKernel<F, T, TConversion>(double first, double second, bool derivativeFromOutput)
    : ElementwiseKernel<F, T, SixteenBitRunner<T, TConversion>>(first, second, derivativeFromOutput)
    where F : struct, IElementwise<F>
    where T : unmanaged
    where TConversion : struct, ISixteenBit<T>
{
    // Making a table costs about as much as computing 65,536 elements.
    private const int WorthATable = 4096;

    private const int Stretch = 256;

    // How far off a product of a rounded slope may be: half an ulp of the slope is up to one of the product, whose own rounding adds a half.
    private const uint UlpsOfProduct = 2;

    private readonly Lock _making = new();
    private readonly double _first = first, _second = second;
    private readonly bool _derivativeFromOutput = derivativeFromOutput;

    private T[]? _forward, _derivative, _curvature;
    private float[]? _slopes, _slopesFromOutput;

    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => LookUp<ForwardOperation>(ref _forward, x, y);
    protected override void DerivativeCore(ReadOnlySpan<T> x, Span<T> derivative) => LookUp<DerivativeOperation>(ref _derivative, x, derivative);
    protected override void CurvatureCore(ReadOnlySpan<T> x, Span<T> curvature) => LookUp<CurvatureOperation>(ref _curvature, x, curvature);

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx) => Multiply<DerivativeOperation>(ref _slopes, x, dy, dx);

    protected override void BackwardFromOutputCore(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        if (_derivativeFromOutput)
            Multiply<DerivativeFromOutputOperation>(ref _slopesFromOutput, y, dy, dx);
        else
            base.BackwardFromOutputCore(y, dy, dx);
    }

    private void LookUp<O>(ref T[]? table, ReadOnlySpan<T> x, Span<T> output)
        where O : struct, IOperation
    {
        if (x.Length < WorthATable && table is null)
            Run<O>(x, output);
        else
            Table.LookUp(MemoryMarshal.Cast<T, ushort>(table ?? Make(ref table, Results<O>)), MemoryMarshal.Cast<T, ushort>(x), MemoryMarshal.Cast<T, ushort>(output));
    }

    // A rounded derivative would make the product wrong, so slopes are floats, and products that these leave in doubt are computed.
    private void Multiply<O>(ref float[]? table, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
        where O : struct, IOperation
    {
        if ((x.Length < WorthATable && table is null) || !SixteenBit.InVectors)
        {
            Compute<O>(x, dy, dx);
            return;
        }
        int whole = x.Length - (x.Length % SixteenBit.Count);
        Multiply<O>(table ?? Make(ref table, Slopes<O>), x[..whole], dy[..whole], dx[..whole]);
        if (whole < x.Length)
            Compute<O>(x[whole..], dy[whole..], dx[whole..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void Multiply<O>(float[] table, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
        where O : struct, IOperation
    {
        Span<float> slopes = stackalloc float[Stretch];
        ref float slope = ref MemoryMarshal.GetReference(slopes);
        for (int start = 0; start < x.Length; start += Stretch)
        {
            int count = Math.Min(Stretch, x.Length - start);
            Table.LookUp(table, MemoryMarshal.Cast<T, ushort>(x.Slice(start, count)), slopes[..count]);
            ref T gradient = ref MemoryMarshal.GetReference(dy[start..]), product = ref MemoryMarshal.GetReference(dx[start..]);
            for (nuint i = 0; i < (nuint)count; i += SixteenBit.Count)
            {
                (Vector256<float> lower, Vector256<float> upper) = SixteenBit.Load<T, TConversion>(ref gradient, i);
                lower *= Vector256.LoadUnsafe(ref slope, i);
                upper *= Vector256.LoadUnsafe(ref slope, i + 8);
                Vector256<ushort> bits = SixteenBit.Round<T, TConversion>(lower, upper, UlpsOfProduct, out uint doubtful);
                if (doubtful == 0)
                    SixteenBit.Store(bits, ref product, i);
                else
                    ComputeVector<O>(x, dy, dx, start + (int)i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ComputeVector<O>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, int start)
        where O : struct, IOperation =>
        Compute<O>(x.Slice(start, SixteenBit.Count), dy.Slice(start, SixteenBit.Count), dx.Slice(start, SixteenBit.Count));

    private void Compute<O>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
        where O : struct, IOperation =>
        SixteenBitRunner<T, TConversion>.Run<F, O, Upstream, T>(new(x, dy, default, dx, _first, _second));

    // Once, however many threads ask for it.
    private TItem[] Make<TItem>(ref TItem[]? table, Func<TItem[]> make)
    {
        lock (_making)
            return table ??= make();
    }

    private T[] Results<O>()
        where O : struct, IOperation
    {
        T[] table = Table.AllNumbers<T, TConversion>();
        Run<O>(table, table);
        return table;
    }

    private float[] Slopes<O>()
        where O : struct, IOperation
    {
        T[] x = Table.AllNumbers<T, TConversion>();
        float[] table = new float[x.Length];
        Span<double> slopes = stackalloc double[Stretch];
        for (int start = 0; start < x.Length; start += Stretch)
        {
            SixteenBitRunner<T, TConversion>.Run<F, O, Plain, double>(new(x.AsSpan(start, Stretch), default, default, slopes, _first, _second));
            for (int i = 0; i < Stretch; i++)
                table[start + i] = Slope(slopes[i]);
        }
        return table;
    }

    // 0 where any product vanishes, but for that with ∞, which is then NaN and computed; NaN where a float has not the range.
    private static float Slope(double slope)
    {
        if (Math.Abs(slope) <= TConversion.Vanishing)
            return float.CopySign(0, (float)slope);
        float rounded = (float)slope;
        return float.IsNormal(rounded) ? rounded : float.NaN;
    }
}
