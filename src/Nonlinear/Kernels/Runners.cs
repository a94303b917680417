using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using static Nonlinear.Kernels.ElementwiseLoop;

namespace Nonlinear.Kernels;

/// <summary>Runs the elementwise loop over spans of one type.</summary>
internal interface IRunner<T>
    where T : unmanaged
{
    /// <summary>output[i] = O(x[i]), times dy[i] and with parameter[i] where the shape says so; output is of T or of double.</summary>
    static abstract void Run<F, O, TShape, TOut>(scoped in Elements<T, TOut> elements)
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

    // Calls of a few elements feel each copy of their spans.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<F, O, TShape, TOut>(scoped in Elements<float, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        if (typeof(TOut) != typeof(float))
            LaneWidth.Dispatch<Unchecked, OverDoubles<F, O, TShape, TOut>, Elements<float, TOut>>(elements);
        else if (F.IsExact || (HasConstantSlopes<F, O>() && (TShape.PerElement || LinearPieces.AreFloats<F>(elements.First, elements.Second))))
            LaneWidth.DispatchSingles<OverFloats<F, O, TShape, TOut>, Elements<float, TOut>>(elements);
        else if (HasConstantSlopes<F, O>() && LinearPieces.Suits<F>(elements.First, elements.Second))
            LaneWidth.DispatchSingles<ByFactors<F, O, TShape, TOut>, Elements<float, TOut>>(elements);
        else if (typeof(O) == typeof(DerivativeFromOutputOperation) && TShape.Scaled && F.SlopeIsShiftedOutput && ShiftedOutputs.Suits(elements.First))
            LaneWidth.DispatchSingles<ByShiftedOutputs<F, O, TShape, TOut>, Elements<float, TOut>>(elements);
        else if (typeof(O) == typeof(ForwardOperation) && F.KeepsDigits)
            LaneWidth.Dispatch<CheckedShort, OverDoubles<F, O, TShape, TOut>, Elements<float, TOut>>(elements);
        else
            LaneWidth.Dispatch<Checked, OverDoubles<F, O, TShape, TOut>, Elements<float, TOut>>(elements);
    }

    // Of x itself or a gradient.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasConstantSlopes<F, O>()
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        F.IsLinearInPieces && (typeof(O) == typeof(ForwardOperation) || typeof(O) == typeof(DerivativeOperation) || typeof(O) == typeof(DerivativeFromOutputOperation));
}

/// <summary>Floats in the fast tier: over floats where they suffice, else as in the exact tier.</summary>
internal readonly struct FastSingleRunner : IRunner<float>
{
    public static double ToDouble(float value) => value;

    // Calls of a few elements feel each copy of their spans.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<F, O, TShape, TOut>(scoped in Elements<float, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(float) && !TShape.PerElement && !F.IsExact && O.FloatsSuffice<F>(elements.First, elements.Second))
            LaneWidth.DispatchSingles<OverFloats<F, O, TShape, TOut>, Elements<float, TOut>>(elements);
        else
            SingleRunner.Run<F, O, TShape, TOut>(elements);
    }
}

/// <summary>The loop over floats, by way of lanes of doubles.</summary>
internal readonly struct OverDoubles<F, O, TShape, TOut> : IAtWidth<Elements<float, TOut>>
    where F : struct, IElementwise<F>
    where O : struct, IOperation
    where TShape : struct, IShape
    where TOut : unmanaged
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(scoped in Elements<float, TOut> elements) => LaneWidth.Dispatch<Checked, OverDoubles<F, O, TShape, TOut>, Elements<float, TOut>>(elements);

    public static void Invoke<L>(scoped in Elements<float, TOut> elements)
        where L : struct, IReal<L>, ILanes<L> => ElementwiseLoop.Run<float, TOut, L, SingleFormat<L>, F, O, TShape>(elements);
}

/// <summary>The loop over floats, by way of lanes of floats.</summary>
internal readonly struct OverFloats<F, O, TShape, TOut> : IAtSinglesWidth<Elements<float, TOut>>
    where F : struct, IElementwise<F>
    where O : struct, IOperation
    where TShape : struct, IShape
    where TOut : unmanaged
{
    public static void Invoke<S>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, ISingles<S>
    {
        if (IOperation.KeepsNaN<F, O>(elements.First, elements.Second))
            Streaming.Run<S, Loop<KeptNaN>, TOut>(elements);
        else
            Streaming.Run<S, Loop<RestoredNaN>, TOut>(elements);
    }

    private readonly struct Loop<TNaN> : IStoringLoop<TOut>
        where TNaN : struct, INaN
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Run<S, TStores>(scoped in Elements<float, TOut> elements)
            where S : struct, IReal<S>, ISingles<S>
            where TStores : struct, IStores => ElementwiseLoop.Run<float, TOut, S, PlainSinglesFormat<S, TStores, TNaN>, F, O, TShape>(elements);
    }
}

/// <summary>The loop over floats, as products with constants.</summary>
internal readonly struct ByFactors<F, O, TShape, TOut> : IAtSinglesWidth<Elements<float, TOut>>, IStoringLoop<TOut>
    where F : struct, IElementwise<F>
    where O : struct, IOperation
    where TShape : struct, IShape
    where TOut : unmanaged
{
    public static void Invoke<S>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, ISingles<S> => Streaming.Run<S, ByFactors<F, O, TShape, TOut>, TOut>(elements);

    public static void Run<S, TStores>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, ISingles<S>
        where TStores : struct, IStores => LinearPieces.Run<S, TStores, F, O, TShape, TOut>(elements);
}

/// <summary>The loop over floats, as products with shifted outputs; what is in doubt, and what does not fill the lanes, by way of doubles.</summary>
internal readonly struct ByShiftedOutputs<F, O, TShape, TOut> : IAtSinglesWidth<Elements<float, TOut>>, IStoringLoop<TOut>
    where F : struct, IElementwise<F>
    where O : struct, IOperation
    where TShape : struct, IShape
    where TOut : unmanaged
{
    public static void Invoke<S>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, ISingles<S> => Streaming.Run<S, ByShiftedOutputs<F, O, TShape, TOut>, TOut>(elements);

    public static void Run<S, TStores>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, ISingles<S>
        where TStores : struct, IStores
    {
        int done = 0, length = elements.X.Length;
        while (done < length)
        {
            done += ShiftedOutputs.RunCertain<S, TStores>(elements.X[done..], elements.Dy[done..], MemoryMarshal.Cast<TOut, float>(elements.Output)[done..], (float)elements.First);
            int doubtful = Math.Min(S.Count, length - done);
            if (doubtful > 0)
                OverDoubles<F, O, TShape, TOut>.Run(elements.Slice(done, doubtful));
            done += doubtful;
        }
    }
}

/// <summary>Doubles, by way of lanes of pairs, short ones where nothing cancels; as they are where nothing is rounded.</summary>
internal readonly struct DoubleRunner : IRunner<double>
{
    public static double ToDouble(double value) => value;

    public static void Run<F, O, TShape, TOut>(scoped in Elements<double, TOut> elements)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged => LaneWidth.Dispatch<Unchecked, Work<F, O, TShape, TOut>, Elements<double, TOut>>(elements);

    private readonly struct Work<F, O, TShape, TOut> : IAtWidth<Elements<double, TOut>>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        public static void Invoke<L>(scoped in Elements<double, TOut> elements)
            where L : struct, IReal<L>, ILanes<L>
        {
            if (F.IsExact)
                Run<double, TOut, L, WidenedFormat<L>, F, O, TShape>(elements);
            else if (typeof(O) == typeof(ForwardOperation) && F.KeepsDigits)
                Run<double, TOut, ShortPair<L>, ShortPairFormat<L>, F, O, TShape>(elements);
            else
                Run<double, TOut, Pair<L>, DoubleFormat<L>, F, O, TShape>(elements);
        }
    }
}
