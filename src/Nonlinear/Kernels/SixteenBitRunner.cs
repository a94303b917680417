using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nonlinear.Numerics;
using static Nonlinear.Kernels.ElementwiseLoop;

namespace Nonlinear.Kernels;

/// <summary>
/// Numbers of 16 bits: widened to floats a stretch at a time, computed as floats are in the exact tier, and rounded once more. That second
/// rounding can go wrong only where the float is the middle between two numbers, and there the wider result decides.
/// </summary>
internal readonly struct SixteenBitRunner<T, TConversion> : IRunner<T>
    where T : unmanaged
    where TConversion : struct, ISixteenBit<T>
{
    private const int Stretch = 256;

    public static double ToDouble(T value) => TConversion.ToDouble(value);

    [SkipLocalsInit]
    public static void Run<F, O, TShape, TOut>(scoped in Elements<T, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        Span<float> x = stackalloc float[Stretch], dy = stackalloc float[Stretch], parameter = stackalloc float[Stretch];
        for (int start = 0; start < elements.X.Length; start += Stretch)
        {
            int count = Math.Min(Stretch, elements.X.Length - start);
            Elements<T, TOut> part = new(
                elements.X.Slice(start, count),
                TShape.Scaled ? elements.Dy.Slice(start, count) : default,
                TShape.PerElement ? elements.Parameter.Slice(start, count) : default,
                elements.Output.Slice(start, count),
                elements.First,
                elements.Second);
            SixteenBit.Widen<T, TConversion>(part.X, x);
            if (TShape.Scaled)
                SixteenBit.Widen<T, TConversion>(part.Dy, dy);
            if (TShape.PerElement)
                SixteenBit.Widen<T, TConversion>(part.Parameter, parameter);
            if (typeof(TOut) != typeof(T))
            {
                LaneWidth.Dispatch<Unchecked, OverDoubles<F, O, TShape, TOut>, Elements<float, TOut>>(new(x[..count], dy, parameter, part.Output, part.First, part.Second));
                continue;
            }
            // Over doubles even where nothing is rounded: a parameter need not be a float.
            Elements<float, float> widened = new(x[..count], dy, parameter, x, part.First, part.Second);
            if (typeof(O) == typeof(ForwardOperation) && F.KeepsDigits)
                LaneWidth.Dispatch<CheckedShort, OverDoubles<F, O, TShape, float>, Elements<float, float>>(widened);
            else
                LaneWidth.Dispatch<Checked, OverDoubles<F, O, TShape, float>, Elements<float, float>>(widened);
            Narrow<F, O, TShape, TOut>(x, part);
        }
    }

    /// <summary>Stores 16 results, or as many as there are, and decides those that are in doubt. They may go where the inputs lie.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreCarefully<F, O, TShape, TOut>(Vector256<ushort> bits, uint doubtful, Elements<T, TOut> elements, int start)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        int count = Math.Min(SixteenBit.Count, elements.X.Length - start);
        Span<T> output = MemoryMarshal.Cast<TOut, T>(elements.Output).Slice(start, count);
        for (int lane = 0; lane < count; lane++)
        {
            output[lane] = ((doubtful >> lane) & 1) == 0
                ? TConversion.FromBits(bits.GetElement(lane))
                : Decide<F, O, TShape, TOut>(elements, start + lane);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<F, O, TShape, TOut>(ReadOnlySpan<float> results, Elements<T, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        Span<T> output = MemoryMarshal.Cast<TOut, T>(elements.Output);
        if (!SixteenBit.InVectors)
        {
            for (int i = 0; i < output.Length; i++)
                output[i] = IsCertain(results[i], out T rounded) ? rounded : Decide<F, O, TShape, TOut>(elements, i);
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
                StoreCarefully<F, O, TShape, TOut>(bits, doubtful, elements, i);
        }
    }

    private static bool IsCertain(float result, out T rounded)
    {
        rounded = TConversion.FromDouble(MathF.BitIncrement(result));
        return TConversion.ToBits(rounded) == TConversion.ToBits(TConversion.FromDouble(MathF.BitDecrement(result))) && !float.IsNaN(result);
    }

    // As with floats: over doubles where that is certain, else over pairs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T Decide<F, O, TShape, TOut>(Elements<T, TOut> elements, int i)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        double x = TConversion.ToDouble(elements.X[i]), dy = TShape.Scaled ? TConversion.ToDouble(elements.Dy[i]) : 1;
        double first = TShape.PerElement ? TConversion.ToDouble(elements.Parameter[i]) : elements.First;
        double result = Careful.OverDoubles<F, O>(x, dy, first, elements.Second);
        T above = TConversion.FromDouble(Math.FusedMultiplyAdd(result, ErrorBound.OfChecked, result));
        T below = TConversion.FromDouble(Math.FusedMultiplyAdd(result, -ErrorBound.OfChecked, result));
        return TConversion.ToBits(above) == TConversion.ToBits(below)
            ? above
            : TConversion.FromDouble(Careful.OverPairs<F, O>(x, dy, first, elements.Second));
    }
}
