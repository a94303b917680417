using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.Lanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>The loop, over floats and correctly rounded, of functions that are x times one constant above 0 and times another below, and of their slopes.</summary>
/// <remarks>
/// A constant of 53 bits is a float and a rest, which is taken a little too small and a little too large: where both products with it make the same float, that is
/// the nearest to the exact product. Of what is left, one in millions, each element is computed with care. For most constants the rest rounded to a float leads to the
/// nearest float always (N. Brisebarre, J.-M. Muller, Correctly Rounded Multiplication by Arbitrary Precision Constants, 2008); those in common use are known.
/// </remarks>
internal static class LinearPieces
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Slopes below 0 in common use for which the rest as a float is enough: the tests try every mantissa.</summary>
    public static ReadOnlySpan<double> KnownSlopes => [0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3];

    /// <summary>Whether floats give every product: a rounding is all that a constant which is a float takes.</summary>
    public static bool AreFloats<F>(double first, double second)
        where F : struct, IElementwise<F> => IsFloat(Above<F>(first, second)) && IsFloat(Below<F>(first, second));

    /// <summary>Whether the loop serves the constants.</summary>
    public static bool Suits<F>(double first, double second)
        where F : struct, IElementwise<F> => IsOrdinary(Above<F>(first, second)) && IsOrdinary(Below<F>(first, second));

    /// <summary>output[i] = O(x[i]) or dy[i] · O(x[i]).</summary>
    public static void Run<S, TStores, F, O, TShape, TOut>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, ISingles<S>
        where TStores : struct, IStores
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, ElementwiseLoop.IShape
        where TOut : unmanaged
    {
        int length = elements.X.Length, whole = length - (length % S.Count), rest = length - whole;
        Span<float> output = MemoryMarshal.Cast<TOut, float>(elements.Output);
        RunWhole<S, TStores, F, O, TShape>(elements.X[..whole], TShape.Scaled ? elements.Dy[..whole] : default, output, elements.First, elements.Second);
        if (rest == 0)
            return;
        Buffer16<float> x = default, dy = default, last = default;
        elements.X[whole..].CopyTo(x);
        if (TShape.Scaled)
            elements.Dy[whole..].CopyTo(dy);
        RunWhole<S, Cached, F, O, TShape>(((ReadOnlySpan<float>)x)[..S.Count], ((ReadOnlySpan<float>)dy)[..S.Count], last, elements.First, elements.Second);
        ((ReadOnlySpan<float>)last)[..rest].CopyTo(output[whole..]);
    }

    private static void RunWhole<S, TStores, F, O, TShape>(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> output, double first, double second)
        where S : struct, IReal<S>, ISingles<S>
        where TStores : struct, IStores
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, ElementwiseLoop.IShape
    {
        Factor above = new(Above<F>(first, second)), below = new(Below<F>(first, second));
        ref float inputs = ref MemoryMarshal.GetReference(x), upstream = ref MemoryMarshal.GetReference(dy), outputs = ref MemoryMarshal.GetReference(output);
        Course course = Course.Of((nuint)x.Length, (nuint)S.Count, ref inputs, ref TShape.Scaled ? ref upstream : ref inputs, ref outputs);
        nuint vectors = (nuint)x.Length / (nuint)S.Count, left = vectors;
        bool isKnown = above.IsOne && below.IsKnown;
        while (left > 0)
        {
            nuint i = course.Start + (course.Step * (vectors - left));
            left = isKnown
                ? RunCertain<S, Known, TStores, O, TShape>(ref inputs, ref upstream, ref outputs, i, course.Step, left, above, below)
                : RunCertain<S, Enclosed, TStores, O, TShape>(ref inputs, ref upstream, ref outputs, i, course.Step, left, above, below);
            if (left == 0)
                return;
            StoreCarefully<S, F, O, TShape>(ref inputs, ref upstream, ref outputs, course.Start + (course.Step * (vectors - left)), first, second);
            left--;
        }
    }

    // Up to the first vector that is in doubt. Without a call, so that everything stays in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static nuint RunCertain<S, TRest, TStores, O, TShape>(
        ref float x, ref float dy, ref float output, nuint i, nuint step, nuint left, Factor above, Factor below)
        where S : struct, IReal<S>, ISingles<S>
        where TRest : struct, IRest
        where TStores : struct, IStores
        where O : struct, IOperation
        where TShape : struct, ElementwiseLoop.IShape
    {
        S aboveHigh = above.High, aboveLess = above.Less, aboveMore = above.More, belowHigh = below.High, belowLess = below.Less, belowMore = below.More, belowRest = below.Rest;
        float least = MathF.Max(above.LeastOperand, below.LeastOperand);
        S ahead = S.Load(ref x, i);
        do
        {
            S input = ahead;
            nuint next = Course.Next(i, step, left - 1);
            ahead = S.Load(ref x, next);
            S operand = TShape.Scaled ? S.Load(ref dy, i) : typeof(O) == typeof(ForwardOperation) ? input : 1;
            S result, other;
            if (TRest.IsEnclosed)
            {
                S high = S.SelectGreater(input, 0, aboveHigh, belowHigh), less = S.SelectGreater(input, 0, aboveLess, belowLess), more = S.SelectGreater(input, 0, aboveMore, belowMore);
                (result, other) = (S.Fma(high, operand, less * operand), S.Fma(high, operand, more * operand));
            }
            else
            {
                result = other = S.SelectGreater(input, 0, operand, S.Fma(belowHigh, operand, belowRest * operand));
            }
            bool isCertain = S.AllEqual(result, other) && S.AllZeroOrAtLeast(least, S.Abs(operand)); // NaN equals nothing
            if (!isCertain || (typeof(O) != typeof(ForwardOperation) && !S.AllEqual(input, input)))
                return left;
            TStores.Store(result, ref output, i);
            i = next;
        }
        while (--left > 0);
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreCarefully<S, F, O, TShape>(ref float x, ref float dy, ref float output, nuint index, double first, double second)
        where S : struct, IReal<S>, ISingles<S>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, ElementwiseLoop.IShape
    {
        for (nuint i = index; i < index + (nuint)S.Count; i++)
            Unsafe.Add(ref output, i) = (float)Careful.OverPairs<F, O>(Unsafe.Add(ref x, i), TShape.Scaled ? Unsafe.Add(ref dy, i) : 1, first, second);
    }

    [MethodImpl(Inline)] private static double Above<F>(double first, double second)
        where F : struct, IElementwise<F> => F.Derivative<Lane>(1, new(first, second)).Value;

    [MethodImpl(Inline)] private static double Below<F>(double first, double second)
        where F : struct, IElementwise<F> => F.Derivative<Lane>(-1, new(first, second)).Value;

    private static bool IsFloat(double factor) => factor == (float)factor && Number.HasFloat(factor);

    private static bool IsOrdinary(double factor) => factor == 0 || Math.Abs(factor) is > 1e-6 and < 1e6;

    /// <summary>What is known of the rest of a constant.</summary>
    private interface IRest
    {
        static abstract bool IsEnclosed { get; }
    }

    /// <summary>It lies between two floats.</summary>
    private readonly struct Enclosed : IRest
    {
        public static bool IsEnclosed => true;
    }

    /// <summary>That a float is enough: for a known slope below 0, and 1 above.</summary>
    private readonly struct Known : IRest
    {
        public static bool IsEnclosed => false;
    }

    /// <summary>A constant as a float and a rest, enclosed.</summary>
    private readonly struct Factor
    {
        private const double Margin = 1.0 / (1 << 21);

        public readonly float High, Less, More, Rest;
        public readonly bool IsKnown;

        public Factor(double factor)
        {
            High = (float)factor;
            double rest = factor - High;
            Rest = (float)rest;
            IsKnown = KnownSlopes.Contains(factor);
            (Less, More) = ((float)(rest * (1 - Margin)), (float)(rest * (1 + Margin)));
        }

        public bool IsOne => High == 1 && Rest == 0;

        /// <summary>The product of a smaller number with the rest may be subnormal, and rounded by more than the margin.</summary>
        public float LeastOperand => Less == 0 ? float.Epsilon : 2.1175823681357508e-22f / MathF.Abs(High); // 2⁻⁷²
    }
}
