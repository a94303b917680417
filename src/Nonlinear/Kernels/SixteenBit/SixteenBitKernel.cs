using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The operations on a 16-bit type, where tables of all 65,536 results beat computing them once there are enough.</summary>
internal sealed class SixteenBitKernel<F, T, TConversion>(ParameterSet parameters)
    : ElementwiseKernel<F, T, SixteenBitRunner<T, TConversion>>(parameters)
    where F : struct, IElementwise<F>
    where T : unmanaged
    where TConversion : struct, ISixteenBit<T>
{
    // Making a table costs about as much as computing 65,536 elements.
    private const int WorthATable = 4096;

    private const int BlockLength = 1024;
    private const uint Ahead = 32, Ring = 64;

    // A product of a rounded derivative is off by less than two ulps: half an ulp of the derivative is at most one of the product, whose
    // own rounding adds a half. So one that lies farther than this from the middle between two numbers is certain.
    private const uint UlpsOfProduct = 1;

    private readonly Lock _making = new();
    private readonly ParameterSet _parameters = parameters;

    private T[]? _forward, _derivative, _curvature;
    private float[]? _derivatives, _derivativesFromOutput;

    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => LookUp<ForwardOperation>(ref _forward, x, y);
    protected override void DerivativeCore(ReadOnlySpan<T> x, Span<T> derivative) =>
        LookUp<DerivativeOperation>(ref _derivative, x, derivative);
    protected override void CurvatureCore(ReadOnlySpan<T> x, Span<T> curvature) => LookUp<CurvatureOperation>(ref _curvature, x, curvature);

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx) =>
        Multiply<DerivativeOperation>(ref _derivatives, x, dy, dx);

    protected override void BackwardFromOutputCore(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Multiply<DerivativeFromOutputOperation>(ref _derivativesFromOutput, y, dy, dx);

    private void LookUp<O>(ref T[]? table, ReadOnlySpan<T> x, Span<T> output)
        where O : struct, IOperation
    {
        if (x.Length < WorthATable && table is null)
            Run<O>(x, output);
        else
            LookupTable.LookUp(
                MemoryMarshal.Cast<T, ushort>(table ?? Make(ref table, Results<O>)),
                MemoryMarshal.Cast<T, ushort>(x),
                MemoryMarshal.Cast<T, ushort>(output));
    }

    // A rounded derivative would make the product wrong, so derivatives are floats, and products that these leave in doubt are computed.
    private void Multiply<O>(ref float[]? table, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
        where O : struct, IOperation
    {
        if ((x.Length < WorthATable && table is null) || !SixteenBit.InVectors)
        {
            Compute<O>(x, dy, dx);
            return;
        }
        int whole = x.Length - (x.Length % SixteenBit.Count);
        Multiply<O>(table ?? Make(ref table, Derivatives<O>), x[..whole], dy[..whole], dx[..whole]);
        if (whole < x.Length)
            Compute<O>(x[whole..], dy[whole..], dx[whole..]);
    }

    // Derivatives are looked up two vectors ahead of the products, so that the processor does both at a time.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void Multiply<O>(float[] table, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
        where O : struct, IOperation
    {
        Span<float> derivatives = stackalloc float[(int)Ring];
        ref float firstSlope = ref LookupTable.First<float>(table), derivative = ref MemoryMarshal.GetReference(derivatives);
        ref ushort input = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<T, ushort>(x));
        ref T gradient = ref MemoryMarshal.GetReference(dy), product = ref MemoryMarshal.GetReference(dx);
        nuint length = (nuint)x.Length;
        for (nuint i = 0; i < Math.Min(Ahead, length); i += SixteenBit.Count)
            LookupTable.LookUp16(ref firstSlope, ref Unsafe.Add(ref input, i), ref Unsafe.Add(ref derivative, i));
        for (nuint i = 0; i < length; i += SixteenBit.Count)
        {
            nuint next = i + Ahead;
            if (next < length)
                LookupTable.LookUp16(ref firstSlope, ref Unsafe.Add(ref input, next), ref Unsafe.Add(ref derivative, next % Ring));
            (Vector256<float> lower, Vector256<float> upper) = SixteenBit.Load<T, TConversion>(ref gradient, i);
            lower *= Vector256.LoadUnsafe(ref derivative, i % Ring);
            upper *= Vector256.LoadUnsafe(ref derivative, (i % Ring) + 8);
            Vector256<ushort> bits = SixteenBit.Round<T, TConversion>(lower, upper, UlpsOfProduct, out uint doubtful);
            if (doubtful == 0)
                SixteenBit.Store(bits, ref product, i);
            else
                SixteenBitRunner<T, TConversion>.StoreOneByOne<F, O, WithUpstream, T>(
                    bits, doubtful, new(x, dy, default, dx, _parameters), (int)i);
        }
    }

    private void Compute<O>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
        where O : struct, IOperation =>
        SixteenBitRunner<T, TConversion>.Run<F, O, WithUpstream, T>(new(x, dy, default, dx, _parameters));

    // Once, however many threads ask for it.
    private TItem[] Make<TItem>(ref TItem[]? table, Func<TItem[]> make)
    {
        lock (_making)
            return table ??= make();
    }

    private T[] Results<O>()
        where O : struct, IOperation
    {
        T[] table = LookupTable.AllNumbers<T, TConversion>();
        Run<O>(table, table);
        return table;
    }

    private float[] Derivatives<O>()
        where O : struct, IOperation
    {
        T[] x = LookupTable.AllNumbers<T, TConversion>();
        float[] table = new float[x.Length];
        Span<double> derivatives = stackalloc double[BlockLength];
        for (int start = 0; start < x.Length; start += BlockLength)
        {
            SixteenBitRunner<T, TConversion>.Run<F, O, OnlyX, double>(
                new(x.AsSpan(start, BlockLength), default, default, derivatives, _parameters));
            LookupTable.Round(derivatives, TConversion.Vanishing, table.AsSpan(start, BlockLength));
        }
        return table;
    }
}
