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
    public static void Run<T, TOut, V, TFormat, F, O, TShape>(Elements<T, TOut> elements)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape =>
        Run<T, TOut, V, TFormat, F, O, TShape>(
            ref MemoryMarshal.GetReference(elements.X),
            ref MemoryMarshal.GetReference(elements.Dy),
            ref MemoryMarshal.GetReference(elements.Parameter),
            ref MemoryMarshal.GetReference(elements.Output),
            (nuint)elements.X.Length,
            elements.First,
            elements.Second);

    // Without tiering: under it a first call of a long span would run unoptimised to its end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T, TOut, V, TFormat, F, O, TShape>(
        ref T x, ref T dy, ref T parameter, ref TOut output, nuint length, double first, double second)
        where T : unmanaged
        where TOut : unmanaged
        where V : struct, IReal<V>
        where TFormat : struct, IElementFormat<T, V>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
    {
        nuint count = (nuint)TFormat.Count;
        nuint end = length - (length % count);
        ref TOut target = ref output;
        Buffer16<T> lastX = default, lastDy = default, lastParameter = default;
        Buffer16<TOut> lastTarget = default;
        bool last = false;

        while (true)
        {
            for (nuint i = 0; i < end; i += count)
            {
                V value = TFormat.Load(ref x, i);
                Parameters<V> p = new(TShape.PerElement ? TFormat.Load(ref parameter, i) : first, second);
                V result = O.Apply<F, V>(value, p);
                if (TShape.Scaled)
                    result *= TFormat.Load(ref dy, i);
                if (!TFormat.TryStore(result, ref x, ref target, i))
                    StoreCarefully<T, TOut, V, TFormat, F, O, TShape>(result, ref x, ref dy, ref parameter, ref target, i, first, second);
            }
            if (last || end == length)
                break;

            // What is left goes through the same loop once more, by way of buffers that fill the lanes.
            for (nuint i = end; i < length; i++)
            {
                lastX[(int)(i - end)] = Unsafe.Add(ref x, i);
                if (TShape.Scaled)
                    lastDy[(int)(i - end)] = Unsafe.Add(ref dy, i);
                if (TShape.PerElement)
                    lastParameter[(int)(i - end)] = Unsafe.Add(ref parameter, i);
            }
            x = ref Unsafe.AsRef(in lastX[0]);
            dy = ref Unsafe.AsRef(in lastDy[0]);
            parameter = ref Unsafe.AsRef(in lastParameter[0]);
            target = ref Unsafe.AsRef(in lastTarget[0]);
            output = ref Unsafe.Add(ref output, end);
            length -= end;
            end = count;
            last = true;
        }

        if (last)
        {
            for (nuint i = 0; i < length; i++)
                Unsafe.Add(ref output, i) = lastTarget[(int)i];
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
