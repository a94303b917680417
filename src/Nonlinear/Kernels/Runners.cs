using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using static Nonlinear.Kernels.ElementwiseLoop;

namespace Nonlinear.Kernels;

/// <summary>Runs the elementwise loop over spans of one type.</summary>
internal interface IRunner<T>
    where T : unmanaged
{
    /// <summary>output[i] = O(x[i]), times dy[i] and with parameter[i] where the shape says so; output is of T or of double.</summary>
    static abstract void Run<F, O, TShape, TOut>(Elements<T, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged;

    /// <summary>The number as a double.</summary>
    static abstract double ToDouble(T value);
}

/// <summary>The spans and parameters of one run.</summary>
internal readonly ref struct Elements<T, TOut>(
    ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> parameter, Span<TOut> output, double first, double second)
{
    public readonly ReadOnlySpan<T> X = x, Dy = dy, Parameter = parameter;
    public readonly Span<TOut> Output = output;
    public readonly double First = first, Second = second;

    /// <summary>Some neighbouring elements.</summary>
    public Elements<T, TOut> Slice(int start, int length) => new(
        X.Slice(start, length),
        Dy.IsEmpty ? Dy : Dy.Slice(start, length),
        Parameter.IsEmpty ? Parameter : Parameter.Slice(start, length),
        Output.Slice(start, length),
        First,
        Second);
}

/// <summary>Floats in the exact tier: over doubles, with every rounding checked; over floats where nothing is rounded.</summary>
internal readonly struct SingleRunner : IRunner<float>
{
    public static double ToDouble(float value) => value;

    public static void Run<F, O, TShape, TOut>(Elements<float, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        if (typeof(TOut) != typeof(float))
            LaneWidth.Dispatch<Unchecked, OverDoubles<F, O, TShape, TOut>>(new(elements));
        else if (F.IsExact)
            LaneWidth.DispatchSingles(new OverFloats<F, O, TShape, TOut>(elements));
        else if (typeof(O) == typeof(ForwardOperation) && F.KeepsDigits)
            LaneWidth.Dispatch<CheckedShort, OverDoubles<F, O, TShape, TOut>>(new(elements));
        else
            LaneWidth.Dispatch<Checked, OverDoubles<F, O, TShape, TOut>>(new(elements));
    }
}

/// <summary>Floats in the fast tier: over floats where they suffice, else as in the exact tier.</summary>
internal readonly struct FastSingleRunner : IRunner<float>
{
    public static double ToDouble(float value) => value;

    public static void Run<F, O, TShape, TOut>(Elements<float, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(float) && !TShape.PerElement && !F.IsExact && O.InFloats<F>(elements.First, elements.Second) != Floats.DoNotSuffice)
            LaneWidth.DispatchSingles(new OverFloats<F, O, TShape, TOut>(elements));
        else
            SingleRunner.Run<F, O, TShape, TOut>(elements);
    }
}

/// <summary>The loop over floats, by way of lanes of doubles.</summary>
internal readonly ref struct OverDoubles<F, O, TShape, TOut>(Elements<float, TOut> elements) : IAtWidth
    where F : struct, IElementwise<F>
    where O : struct, IOperation
    where TShape : struct, IShape
    where TOut : unmanaged
{
    private readonly Elements<float, TOut> _elements = elements;

    public void Invoke<L>()
        where L : struct, IReal<L>, ILanes<L> => Run<float, TOut, L, SingleFormat<L>, F, O, TShape>(_elements);
}

/// <summary>The loop over floats, by way of lanes of floats.</summary>
internal readonly ref struct OverFloats<F, O, TShape, TOut>(Elements<float, TOut> elements) : IAtSinglesWidth
    where F : struct, IElementwise<F>
    where O : struct, IOperation
    where TShape : struct, IShape
    where TOut : unmanaged
{
    private readonly Elements<float, TOut> _elements = elements;

    public void Invoke<S>()
        where S : struct, IReal<S>, ISingles<S>
    {
        if (!F.IsExact && O.InFloats<F>(_elements.First, _elements.Second) != Floats.Suffice)
            Run<float, TOut, S, FastSinglesFormat<S>, F, O, TShape>(_elements);
        else if (Streaming.Pays(_elements))
            Streaming.Run<S, F, O, TShape, TOut>(_elements);
        else
            Run<float, TOut, S, PlainSinglesFormat<S, Cached>, F, O, TShape>(_elements);
    }
}

/// <summary>Doubles, by way of lanes of pairs; as they are where nothing is rounded.</summary>
internal readonly struct DoubleRunner : IRunner<double>
{
    public static double ToDouble(double value) => value;

    public static void Run<F, O, TShape, TOut>(Elements<double, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged => LaneWidth.Dispatch<Unchecked, Work<F, O, TShape, TOut>>(new(elements));

    private readonly ref struct Work<F, O, TShape, TOut>(Elements<double, TOut> elements) : IAtWidth
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        private readonly Elements<double, TOut> _elements = elements;

        public void Invoke<L>()
            where L : struct, IReal<L>, ILanes<L>
        {
            if (F.IsExact)
                Run<double, TOut, L, WidenedFormat<L>, F, O, TShape>(_elements);
            else
                Run<double, TOut, Pair<L>, DoubleFormat<L>, F, O, TShape>(_elements);
        }
    }
}

/// <summary>Numbers of 16 bits, widened to doubles a stretch at a time and rounded once.</summary>
internal readonly struct SixteenBitRunner<T, TConversion> : IRunner<T>
    where T : unmanaged
    where TConversion : struct, ISixteenBit<T>
{
    private const int Stretch = 256;

    public static double ToDouble(T value) => TConversion.ToDouble(value);

    public static void Run<F, O, TShape, TOut>(Elements<T, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        Span<double> x = stackalloc double[Stretch], dy = stackalloc double[Stretch], parameter = stackalloc double[Stretch];
        for (int start = 0; start < elements.X.Length; start += Stretch)
        {
            int count = Math.Min(Stretch, elements.X.Length - start);
            SixteenBit.Widen<T, TConversion>(elements.X.Slice(start, count), x);
            if (TShape.Scaled)
                SixteenBit.Widen<T, TConversion>(elements.Dy.Slice(start, count), dy);
            if (TShape.PerElement)
                SixteenBit.Widen<T, TConversion>(elements.Parameter.Slice(start, count), parameter);
            LaneWidth.Dispatch<Unchecked, Work<F, O, TShape>>(new(new(x[..count], dy, parameter, x, elements.First, elements.Second)));
            Span<TOut> output = elements.Output.Slice(start, count);
            if (typeof(TOut) == typeof(T))
                Narrow<F, O, TShape>(x, elements.X.Slice(start, count), dy, parameter, elements.First, elements.Second, MemoryMarshal.Cast<TOut, T>(output));
            else
                x[..count].CopyTo(MemoryMarshal.Cast<TOut, double>(output));
        }
    }

    // As with floats, a rounding that a small error could change is decided over pairs.
    private static void Narrow<F, O, TShape>(
        ReadOnlySpan<double> results,
        ReadOnlySpan<T> x,
        ReadOnlySpan<double> dy,
        ReadOnlySpan<double> parameter,
        double first,
        double second,
        Span<T> output)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
    {
        for (int i = 0; i < output.Length; i++)
        {
            T above = TConversion.FromDouble(Math.FusedMultiplyAdd(results[i], ErrorBound.OfChecked, results[i]));
            T below = TConversion.FromDouble(Math.FusedMultiplyAdd(results[i], -ErrorBound.OfChecked, results[i]));
            output[i] = TConversion.ToBits(above) == TConversion.ToBits(below)
                ? above
                : TConversion.FromDouble(Careful.OverPairs<F, O>(
                    TConversion.ToDouble(x[i]), TShape.Scaled ? dy[i] : 1, TShape.PerElement ? parameter[i] : first, second));
        }
    }

    private readonly ref struct Work<F, O, TShape>(Elements<double, double> elements) : IAtWidth
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
    {
        private readonly Elements<double, double> _elements = elements;

        public void Invoke<L>()
            where L : struct, IReal<L>, ILanes<L> => Run<double, double, L, WidenedFormat<L>, F, O, TShape>(_elements);
    }
}
