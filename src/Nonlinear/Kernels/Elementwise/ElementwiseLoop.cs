using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The loop of the elementwise functions: it serves every function, operation, type and width.</summary>
internal static class ElementwiseLoop
{
    /// <summary>output[i] = O(x[i]; θ) or dy[i] · O(x[i]; θ), rounded once.</summary>
    public static void Run<T, TOut, V, TFormat, F, O, TInputs>(scoped in Elements<T, TOut> elements)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
    {
        nuint length = (nuint)elements.X.Length, whole = length - (length % (nuint)TFormat.Count);
        ref T x = ref MemoryMarshal.GetReference(elements.X), dy = ref MemoryMarshal.GetReference(elements.Dy);
        ref T parameter = ref MemoryMarshal.GetReference(elements.Parameter);
        ref TOut output = ref MemoryMarshal.GetReference(elements.Output);
        if (whole > 0)
            RunWhole<T, TOut, V, TFormat, F, O, TInputs>(ref x, ref dy, ref parameter, ref output, whole, elements.Parameters);
        if (whole == length)
            return;
        // The last ones make up a vector with some that were computed already, unless those have replaced their inputs.
        if (whole > 0 && IsApart(elements))
        {
            nuint last = length - (nuint)TFormat.Count;
            RunWhole<T, TOut, V, TFormat, F, O, TInputs>(
                ref Unsafe.Add(ref x, last),
                ref TInputs.HasUpstream ? ref Unsafe.Add(ref dy, last) : ref dy,
                ref TInputs.HasParameters ? ref Unsafe.Add(ref parameter, last) : ref parameter,
                ref Unsafe.Add(ref output, last),
                (nuint)TFormat.Count,
                elements.Parameters);
        }
        else
        {
            RunRest<T, TOut, V, TFormat, F, O, TInputs>(elements, (int)whole);
        }
    }

    // Spans are the same or have nothing in common: see Guard.Overlap.
    private static bool IsApart<T, TOut>(scoped in Elements<T, TOut> elements)
        where T : unmanaged
        where TOut : unmanaged
    {
        ref byte output = ref Unsafe.As<TOut, byte>(ref MemoryMarshal.GetReference(elements.Output));
        return !IsAt(elements.X, ref output) && !IsAt(elements.Dy, ref output) && !IsAt(elements.Parameter, ref output);

        static bool IsAt(ReadOnlySpan<T> input, ref byte output) =>
            Unsafe.AreSame(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(input)), ref output);
    }

    // What does not fill the lanes goes through the same loop, by way of buffers that do.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunRest<T, TOut, V, TFormat, F, O, TInputs>(scoped in Elements<T, TOut> elements, int start)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
    {
        int rest = elements.X.Length - start;
        Buffer16<T> x = default, dy = default, parameter = default;
        Buffer16<TOut> output = default;
        elements.X[start..].CopyTo(x);
        if (TInputs.HasUpstream)
            elements.Dy.Slice(start, rest).CopyTo(dy);
        if (TInputs.HasParameters)
            elements.Parameter.Slice(start, rest).CopyTo(parameter);
        RunWhole<T, TOut, V, TFormat, F, O, TInputs>(
            ref x[0], ref dy[0], ref parameter[0], ref output[0], (nuint)TFormat.Count, elements.Parameters);
        ((ReadOnlySpan<TOut>)output)[..rest].CopyTo(elements.Output[start..]);
    }

    private static void RunWhole<T, TOut, V, TFormat, F, O, TInputs>(
        ref T x, ref T dy, ref T parameter, ref TOut output, nuint length, in ParameterSet parameters)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
    {
        nuint inFours = 0;
        if (TFormat.StoresAtOnce && F.IsNextToNothing)
        {
            inFours = length - (length % (4 * (nuint)TFormat.Count));
            if (inFours > 0)
                RunInFours<T, TOut, V, TFormat, F, O, TInputs>(ref x, ref dy, ref parameter, ref output, inFours, parameters);
            if (inFours == length)
                return;
        }
        if (TFormat.StoresAtOnce)
            RunAtOnce<T, TOut, V, TFormat, F, O, TInputs>(
                ref Unsafe.Add(ref x, inFours),
                ref TInputs.HasUpstream ? ref Unsafe.Add(ref dy, inFours) : ref dy,
                ref TInputs.HasParameters ? ref Unsafe.Add(ref parameter, inFours) : ref parameter,
                ref Unsafe.Add(ref output, inFours),
                length - inFours,
                parameters);
        else
            RunInBlocks<T, TOut, V, TFormat, F, O, TInputs>(ref x, ref dy, ref parameter, ref output, length, parameters);
    }

    // Where the formula is next to nothing, the loop's own steps count: four vectors at a time. All inputs are loaded before anything is
    // stored, the next x as well: see LoopDirection.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunInFours<T, TOut, V, TFormat, F, O, TInputs>(
        ref T x, ref T dy, ref T parameter, ref TOut output, nuint length, in ParameterSet parameters)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
    {
        Parameters<V> p = parameters.As<V>();
        nuint count = (nuint)TFormat.Count;
        LoopDirection course = LoopDirection.Choose(
            length, 4 * count, ref x, ref TInputs.HasUpstream ? ref dy : ref TInputs.HasParameters ? ref parameter : ref x, ref output);
        nuint i = course.Start, step = course.Step, left = length / (4 * count);
        V first = TFormat.Load(ref x, i), second = TFormat.Load(ref x, i + count);
        V third = TFormat.Load(ref x, i + (2 * count)), fourth = TFormat.Load(ref x, i + (3 * count));
        do
        {
            nuint next = LoopDirection.Next(i, step, --left);
            V nextFirst = TFormat.Load(ref x, next), nextSecond = TFormat.Load(ref x, next + count);
            V nextThird = TFormat.Load(ref x, next + (2 * count)), nextFourth = TFormat.Load(ref x, next + (3 * count));
            first = Result<T, V, TFormat, F, O, TInputs>(first, ref dy, ref parameter, i, p);
            second = Result<T, V, TFormat, F, O, TInputs>(second, ref dy, ref parameter, i + count, p);
            third = Result<T, V, TFormat, F, O, TInputs>(third, ref dy, ref parameter, i + (2 * count), p);
            fourth = Result<T, V, TFormat, F, O, TInputs>(fourth, ref dy, ref parameter, i + (3 * count), p);
            TFormat.TryStore(first, ref x, ref output, i);
            TFormat.TryStore(second, ref x, ref output, i + count);
            TFormat.TryStore(third, ref x, ref output, i + (2 * count));
            TFormat.TryStore(fourth, ref x, ref output, i + (3 * count));
            (first, second, third, fourth, i) = (nextFirst, nextSecond, nextThird, nextFourth, next);
        }
        while (left != 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Result<T, V, TFormat, F, O, TInputs>(V x, ref T dy, ref T parameter, nuint i, in Parameters<V> p)
        where T : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
    {
        V result = TFormat.Apply<F, O>(x, TInputs.HasParameters ? new(TFormat.Load(ref parameter, i), p[1], p[2], p[3]) : p);
        return TInputs.HasUpstream ? result * TFormat.Load(ref dy, i) : result;
    }

    // Each result is stored as soon as it is there, and the next inputs are loaded before: see LoopDirection. Without tiering: under it a
    // first call of a long span would run unoptimised to its end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunAtOnce<T, TOut, V, TFormat, F, O, TInputs>(
        ref T x, ref T dy, ref T parameter, ref TOut output, nuint length, in ParameterSet parameters)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
    {
        V first = parameters.First, second = parameters.Second, third = parameters.Third, fourth = parameters.Fourth;
        LoopDirection course = LoopDirection.Choose(
            length, (nuint)TFormat.Count, ref x, ref TInputs.HasUpstream ? ref dy : ref x, ref output);
        nuint i = course.Start, step = course.Step, left = length / (nuint)TFormat.Count;
        V ahead = TFormat.Load(ref x, i), upstreamAhead = TInputs.HasUpstream ? TFormat.Load(ref dy, i) : default;
        do
        {
            V input = ahead, upstream = upstreamAhead;
            nuint next = LoopDirection.Next(i, step, --left);
            ahead = TFormat.Load(ref x, next);
            if (TInputs.HasUpstream)
                upstreamAhead = TFormat.Load(ref dy, next);
            V result = TFormat.Apply<F, O>(
                input, new Parameters<V>(TInputs.HasParameters ? TFormat.Load(ref parameter, i) : first, second, third, fourth));
            if (TInputs.HasUpstream)
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
    private static void RunInBlocks<T, TOut, V, TFormat, F, O, TInputs>(
        ref T x, ref T dy, ref T parameter, ref TOut output, nuint length, in ParameterSet parameters)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
    {
        nuint count = (nuint)TFormat.Count, capacity = Block<V>.Vectors * count;
        Unsafe.SkipInit(out Block<V> block);
        ref V results = ref block.First;
        V first = parameters.First, second = parameters.Second, third = parameters.Third, fourth = parameters.Fourth;
        for (nuint start = 0; start < length; start += capacity)
        {
            nuint end = Math.Min(start + capacity, length), i = start;
            do
            {
                V result = TFormat.Apply<F, O>(
                    TFormat.Load(ref x, i),
                    new Parameters<V>(TInputs.HasParameters ? TFormat.Load(ref parameter, i) : first, second, third, fourth));
                if (TInputs.HasUpstream)
                    result = V.WithAllDigits(result) * TFormat.Load(ref dy, i);
                Unsafe.Add(ref results, (i - start) / count) = result;
                i += count;
            }
            while (i < end);
            i = start;
            do
            {
                V result = Unsafe.Add(ref results, (i - start) / count);
                if (!TFormat.TryStore(result, ref x, ref output, i))
                    StoreOneByOne<T, TOut, V, TFormat, F, O, TInputs>(result, ref x, ref dy, ref parameter, ref output, i, parameters);
                i += count;
            }
            while (i < end);
        }
    }

    // What is out of the ordinary in any lane is computed again, lane by lane.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void StoreOneByOne<T, TOut, V, TFormat, F, O, TInputs>(
        V result, ref T x, ref T dy, ref T parameter, ref TOut target, nuint index, in ParameterSet parameters)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
    {
        Buffer16<double> tried = default;
        TFormat.StoreDouble(result, ref tried[0], 0);
        for (int lane = 0; lane < TFormat.Count; lane++)
        {
            nuint i = index + (nuint)lane;
            double careful = TFormat.Recompute<F, O, TOut>(
                tried[lane],
                FloatOrDouble.ToDouble(Unsafe.Add(ref x, i)),
                TInputs.HasUpstream ? FloatOrDouble.ToDouble(Unsafe.Add(ref dy, i)) : 1,
                TInputs.HasParameters ? parameters.WithFirst(FloatOrDouble.ToDouble(Unsafe.Add(ref parameter, i))) : parameters);
            Unsafe.Add(ref target, i) = FloatOrDouble.FromDouble<TOut>(careful);
        }
    }
}
