using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// Numbers of 16 bits: widened to floats a block at a time, computed as floats are in the exact tier, and rounded once more. That second
/// rounding can go wrong only where the float is the middle between two numbers, and there the wider result decides.
/// </summary>
internal readonly struct SixteenBitRunner<T, TConversion> : IRunner<T>
    where T : unmanaged
    where TConversion : struct, ISixteenBit<T>
{
    private const int BlockLength = 256;

    public static double ToDouble(T value) => TConversion.ToDouble(value);

    [SkipLocalsInit]
    public static void Run<F, O, TInputs, TOut>(scoped in Elements<T, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
        where TOut : unmanaged
    {
        Span<float> x = stackalloc float[BlockLength], dy = stackalloc float[BlockLength], parameter = stackalloc float[BlockLength];
        for (int start = 0; start < elements.X.Length; start += BlockLength)
        {
            int count = Math.Min(BlockLength, elements.X.Length - start);
            Elements<T, TOut> part = new(
                elements.X.Slice(start, count),
                TInputs.HasUpstream ? elements.Dy.Slice(start, count) : default,
                TInputs.HasParameters ? elements.Parameter.Slice(start, count) : default,
                elements.Output.Slice(start, count),
                elements.Parameters);
            SixteenBit.Widen<T, TConversion>(part.X, x);
            if (TInputs.HasUpstream)
                SixteenBit.Widen<T, TConversion>(part.Dy, dy);
            if (TInputs.HasParameters)
                SixteenBit.Widen<T, TConversion>(part.Parameter, parameter);
            if (typeof(TOut) != typeof(T))
            {
                VectorWidth.Dispatch<Unchecked, ByDoubles<F, O, TInputs, TOut>, Elements<float, TOut>>(
                    new(x[..count], dy, parameter, part.Output, part.Parameters));
                continue;
            }
            Elements<float, float> widened = new(x[..count], dy, parameter, x, part.Parameters);
            if (Routes.OfWidenedSixteenBits<F, O>() == Route.DoublesWithShortSeries)
                VectorWidth.Dispatch<CheckedShortSeries, ByDoubles<F, O, TInputs, float>, Elements<float, float>>(widened);
            else
                VectorWidth.Dispatch<Checked, ByDoubles<F, O, TInputs, float>, Elements<float, float>>(widened);
            Narrow<F, O, TInputs, TOut>(x, part);
        }
    }

    /// <summary>
    /// Stores 16 results, or as many as there are, and decides those that are in doubt. They may go where the inputs lie.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreOneByOne<F, O, TInputs, TOut>(Vector256<ushort> bits, uint doubtful, Elements<T, TOut> elements, int start)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
        where TOut : unmanaged
    {
        int count = Math.Min(SixteenBit.Count, elements.X.Length - start);
        Span<T> output = MemoryMarshal.Cast<TOut, T>(elements.Output).Slice(start, count);
        for (int lane = 0; lane < count; lane++)
        {
            output[lane] = ((doubtful >> lane) & 1) == 0
                ? TConversion.FromBits(bits.GetElement(lane))
                : Decide<F, O, TInputs, TOut>(elements, start + lane);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<F, O, TInputs, TOut>(ReadOnlySpan<float> results, Elements<T, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
        where TOut : unmanaged
    {
        Span<T> output = MemoryMarshal.Cast<TOut, T>(elements.Output);
        if (!SixteenBit.InVectors)
        {
            for (int i = 0; i < output.Length; i++)
                output[i] = IsCertain(results[i], out T rounded) ? rounded : Decide<F, O, TInputs, TOut>(elements, i);
            return;
        }
        ref float first = ref MemoryMarshal.GetReference(results);
        for (int i = 0; i < output.Length; i += SixteenBit.Count)
        {
            Vector256<float> lower = Vector256.LoadUnsafe(ref first, (nuint)i), upper = Vector256.LoadUnsafe(ref first, (nuint)i + 8);
            Vector256<ushort> bits = SixteenBit.Round<T, TConversion>(lower, upper, 0, out uint doubtful);
            if (doubtful == 0 && i <= output.Length - SixteenBit.Count)
                SixteenBit.Store(bits, ref MemoryMarshal.GetReference(output), (nuint)i);
            else
                StoreOneByOne<F, O, TInputs, TOut>(bits, doubtful, elements, i);
        }
    }

    private static bool IsCertain(float result, out T rounded)
    {
        rounded = TConversion.FromDouble(MathF.BitIncrement(result));
        return TConversion.ToBits(rounded) == TConversion.ToBits(
            TConversion.FromDouble(MathF.BitDecrement(result))) && !float.IsNaN(result);
    }

    // As with floats: over doubles where that is certain, else over pairs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T Decide<F, O, TInputs, TOut>(Elements<T, TOut> elements, int i)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
        where TOut : unmanaged
    {
        double x = TConversion.ToDouble(elements.X[i]), dy = TInputs.HasUpstream ? TConversion.ToDouble(elements.Dy[i]) : 1;
        ParameterSet parameters =
            TInputs.HasParameters ? elements.Parameters.WithFirst(TConversion.ToDouble(elements.Parameter[i])) : elements.Parameters;
        double result = ScalarFallback.OverDoubles<F, O>(x, dy, parameters);
        T above = TConversion.FromDouble(Math.FusedMultiplyAdd(result, ZivRoundingTest.ErrorBound, result));
        T below = TConversion.FromDouble(Math.FusedMultiplyAdd(result, -ZivRoundingTest.ErrorBound, result));
        return TConversion.ToBits(above) == TConversion.ToBits(below)
            ? above
            : TConversion.FromDouble(ScalarFallback.OverDoubleDoubles<F, O>(x, dy, parameters));
    }
}
