using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The one loop of the elementwise functions: it serves every function, operation, type and width.</summary>
internal static class ElementwiseLoop
{
    /// <summary>What the loop computes besides O(x): a product with an upstream gradient, a parameter for every element.</summary>
    public interface IShape
    {
        /// <summary>Whether results are multiplied by an upstream gradient.</summary>
        static abstract bool Scaled { get; }

        /// <summary>Whether the first parameter has a value for each element.</summary>
        static abstract bool PerElement { get; }
    }

    public readonly struct Plain : IShape
    {
        public static bool Scaled => false;
        public static bool PerElement => false;
    }

    public readonly struct Upstream : IShape
    {
        public static bool Scaled => true;
        public static bool PerElement => false;
    }

    public readonly struct PlainPerElement : IShape
    {
        public static bool Scaled => false;
        public static bool PerElement => true;
    }

    public readonly struct UpstreamPerElement : IShape
    {
        public static bool Scaled => true;
        public static bool PerElement => true;
    }

    /// <summary>output[i] = O(x[i]; θ) or dy[i] · O(x[i]; θ), rounded once.</summary>
    public static void Run<T, TOut, V, TFormat, F, O, TShape>(scoped in Elements<T, TOut> elements)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
    {
        nuint length = (nuint)elements.X.Length, whole = length - (length % (nuint)TFormat.Count);
        ref T x = ref MemoryMarshal.GetReference(elements.X), dy = ref MemoryMarshal.GetReference(elements.Dy);
        ref T parameter = ref MemoryMarshal.GetReference(elements.Parameter);
        ref TOut output = ref MemoryMarshal.GetReference(elements.Output);
        if (whole > 0)
            RunWhole<T, TOut, V, TFormat, F, O, TShape>(ref x, ref dy, ref parameter, ref output, whole, elements.First, elements.Second);
        if (whole < length)
            RunRest<T, TOut, V, TFormat, F, O, TShape>(elements, (int)whole);
    }

    // What does not fill the lanes goes through the same loop, by way of buffers that do.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunRest<T, TOut, V, TFormat, F, O, TShape>(scoped in Elements<T, TOut> elements, int start)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
    {
        int rest = elements.X.Length - start;
        Buffer16<T> x = default, dy = default, parameter = default;
        Buffer16<TOut> output = default;
        elements.X[start..].CopyTo(x);
        if (TShape.Scaled)
            elements.Dy.Slice(start, rest).CopyTo(dy);
        if (TShape.PerElement)
            elements.Parameter.Slice(start, rest).CopyTo(parameter);
        RunWhole<T, TOut, V, TFormat, F, O, TShape>(ref x[0], ref dy[0], ref parameter[0], ref output[0], (nuint)TFormat.Count, elements.First, elements.Second);
        ((ReadOnlySpan<TOut>)output)[..rest].CopyTo(elements.Output[start..]);
    }

    private static void RunWhole<T, TOut, V, TFormat, F, O, TShape>(
        ref T x, ref T dy, ref T parameter, ref TOut output, nuint length, double first, double second)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
    {
        nuint paired = 0;
        if (TFormat.StoresAtOnce && (F.IsExact || F.IsLinearInPieces) && !TShape.Scaled && !TShape.PerElement)
        {
            paired = length - (length % (2 * (nuint)TFormat.Count));
            if (paired > 0)
                RunInPairs<T, TOut, V, TFormat, F, O>(ref x, ref output, paired, first, second);
            if (paired == length)
                return;
        }
        if (TFormat.StoresAtOnce)
            RunAtOnce<T, TOut, V, TFormat, F, O, TShape>(ref Unsafe.Add(ref x, paired), ref dy, ref parameter, ref Unsafe.Add(ref output, paired), length - paired, first, second);
        else
            RunInBlocks<T, TOut, V, TFormat, F, O, TShape>(ref x, ref dy, ref parameter, ref output, length, first, second);
    }

    // Where the formula is next to nothing, the loop's own steps count: two vectors at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunInPairs<T, TOut, V, TFormat, F, O>(ref T x, ref TOut output, nuint length, double first, double second)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
    {
        Parameters<V> p = new(first, second);
        nuint count = (nuint)TFormat.Count;
        Course course = Course.Of(length, 2 * count, ref x, ref x, ref output);
        nuint i = course.Start, step = course.Step, left = length / (2 * count);
        V ahead = TFormat.Load(ref x, i), secondAhead = TFormat.Load(ref x, i + count);
        do
        {
            V input = ahead, secondInput = secondAhead;
            nuint next = Course.Next(i, step, --left);
            (ahead, secondAhead) = (TFormat.Load(ref x, next), TFormat.Load(ref x, next + count));
            V result = O.Apply<F, V>(input, p), secondResult = O.Apply<F, V>(secondInput, p);
            TFormat.TryStore(result, ref x, ref output, i);
            TFormat.TryStore(secondResult, ref x, ref output, i + count);
            i = next;
        }
        while (left != 0);
    }

    // Each result is stored as soon as it is there, and the next inputs are loaded before: see Course. Without tiering: under it a first call of a long span
    // would run unoptimised to its end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunAtOnce<T, TOut, V, TFormat, F, O, TShape>(
        ref T x, ref T dy, ref T parameter, ref TOut output, nuint length, double first, double second)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
    {
        V theta = first, theta2 = second;
        Course course = Course.Of(length, (nuint)TFormat.Count, ref x, ref TShape.Scaled ? ref dy : ref x, ref output);
        nuint i = course.Start, step = course.Step, left = length / (nuint)TFormat.Count;
        V ahead = TFormat.Load(ref x, i), upstreamAhead = TShape.Scaled ? TFormat.Load(ref dy, i) : default;
        do
        {
            V input = ahead, upstream = upstreamAhead;
            nuint next = Course.Next(i, step, --left);
            ahead = TFormat.Load(ref x, next);
            if (TShape.Scaled)
                upstreamAhead = TFormat.Load(ref dy, next);
            V result = O.Apply<F, V>(input, new Parameters<V>(TShape.PerElement ? TFormat.Load(ref parameter, i) : theta, theta2));
            if (TShape.Scaled)
                result *= upstream;
            TFormat.TryStore(result, ref x, ref output, i);
            i = next;
        }
        while (left != 0);
    }

    // A block of results is computed before the first of them is rounded and checked: a check that waits for its result would keep the
    // processor from looking ahead to the next one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void RunInBlocks<T, TOut, V, TFormat, F, O, TShape>(
        ref T x, ref T dy, ref T parameter, ref TOut output, nuint length, double first, double second)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
    {
        nuint count = (nuint)TFormat.Count, capacity = Block<V>.Vectors * count;
        Unsafe.SkipInit(out Block<V> block);
        ref V results = ref block.First;
        V theta = first, theta2 = second;
        for (nuint start = 0; start < length; start += capacity)
        {
            nuint end = Math.Min(start + capacity, length), i = start;
            do
            {
                V result = O.Apply<F, V>(TFormat.Load(ref x, i), new Parameters<V>(TShape.PerElement ? TFormat.Load(ref parameter, i) : theta, theta2));
                if (TShape.Scaled)
                    result *= TFormat.Load(ref dy, i);
                Unsafe.Add(ref results, (i - start) / count) = result;
                i += count;
            }
            while (i < end);
            i = start;
            do
            {
                V result = Unsafe.Add(ref results, (i - start) / count);
                if (!TFormat.TryStore(result, ref x, ref output, i))
                    StoreCarefully<T, TOut, V, TFormat, F, O, TShape>(result, ref x, ref dy, ref parameter, ref output, i, first, second);
                i += count;
            }
            while (i < end);
        }
    }

    // What is out of the ordinary in any lane is computed again, lane by lane.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void StoreCarefully<T, TOut, V, TFormat, F, O, TShape>(
        V result, ref T x, ref T dy, ref T parameter, ref TOut target, nuint index, double first, double second)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
    {
        Buffer16<double> tried = default;
        TFormat.StoreDouble(result, ref tried[0], 0);
        for (int lane = 0; lane < TFormat.Count; lane++)
        {
            nuint i = index + (nuint)lane;
            double careful = TFormat.Careful<F, O, TOut>(
                tried[lane],
                Number.ToDouble(Unsafe.Add(ref x, i)),
                TShape.Scaled ? Number.ToDouble(Unsafe.Add(ref dy, i)) : 1,
                TShape.PerElement ? Number.ToDouble(Unsafe.Add(ref parameter, i)) : first,
                second);
            Unsafe.Add(ref target, i) = Number.FromDouble<TOut>(careful);
        }
    }
}
