using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>
/// The loop, over floats and correctly rounded, of functions that are x times one constant above 0 and times another below, and of their
/// slopes.
/// </summary>
/// <remarks>
/// A constant of 53 bits is a float and a rest, which is taken a little too small and a little too large: where both products with it make
/// the same float, that is the nearest to the exact product. Of what is left, one in millions, each element is computed with care. For most
/// constants the rest rounded to a float leads to the nearest float always (N. Brisebarre, J.-M. Muller, Correctly Rounded Multiplication
/// by Arbitrary Precision Constants, 2008); those in common use are known.
/// </remarks>
internal static class PiecewiseLinearLoop
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Slopes below 0 in common use for which the rest as a float is enough: the tests try every mantissa.</summary>
    public static ReadOnlySpan<double> KnownSlopes => [0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3];

    /// <summary>Whether a constant is 0, whose product with ∞ no float gives.</summary>
    public static bool HasZero<F>(in ParameterSet parameters)
        where F : struct, IElementwise<F> => Above<F>(parameters) == 0 || Below<F>(parameters) == 0;

    /// <summary>Whether floats give every product: a rounding is all that a constant which is a float takes.</summary>
    public static bool AreFloats<F>(in ParameterSet parameters)
        where F : struct, IElementwise<F> =>
        IsFloat(Above<F>(parameters)) && IsFloat(Below<F>(parameters)) && !HasZero<F>(parameters);

    /// <summary>
    /// Whether floats come near to every product: not where a constant is 0, and not where it is what parameters of opposite signs leave.
    /// </summary>
    public static bool FloatsComeNear<F>(in ParameterSet parameters)
        where F : struct, IElementwise<F> =>
        !HasZero<F>(parameters)
        && IsNear(F.Derivative<FloatLanes1>(1, parameters.As<FloatLanes1>()), Above<F>(parameters))
        && IsNear(F.Derivative<FloatLanes1>(-1, parameters.As<FloatLanes1>()), Below<F>(parameters));

    /// <summary>Whether the loop serves the constants.</summary>
    public static bool Suits<F>(in ParameterSet parameters)
        where F : struct, IElementwise<F> => IsOrdinary(Above<F>(parameters)) && IsOrdinary(Below<F>(parameters));

    /// <summary>output[i] = O(x[i]) or dy[i] · O(x[i]).</summary>
    public static void Run<S, TStores, F, O, TInputs, TOut>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TStores : struct, IStores
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
        where TOut : unmanaged
    {
        int two = 2 * S.Count, length = elements.X.Length, rest = length % two, whole = length - rest;
        Span<float> output = MemoryMarshal.Cast<TOut, float>(elements.Output);
        RunWhole<S, TStores, F, O, TInputs>(
            elements.X[..whole], TInputs.HasUpstream ? elements.Dy[..whole] : default, output, elements.Parameters);
        if (rest == 0)
            return;
        Span<float> x = stackalloc float[two], dy = stackalloc float[two], last = stackalloc float[two];
        x.Clear();
        dy.Clear();
        elements.X[whole..].CopyTo(x);
        if (TInputs.HasUpstream)
            elements.Dy[whole..].CopyTo(dy);
        RunWhole<S, Cached, F, O, TInputs>(x, dy, last, elements.Parameters);
        last[..rest].CopyTo(output[whole..]);
    }

    private static void RunWhole<S, TStores, F, O, TInputs>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> output, in ParameterSet parameters)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TStores : struct, IStores
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
    {
        Factor above = new(Above<F>(parameters)), below = new(Below<F>(parameters));
        ref float inputs = ref MemoryMarshal.GetReference(x), upstream = ref MemoryMarshal.GetReference(dy);
        ref float outputs = ref MemoryMarshal.GetReference(output);
        nuint two = 2 * (nuint)S.Count, all = (nuint)x.Length / two, left = all;
        LoopDirection course = LoopDirection.Choose(
            (nuint)x.Length, two, ref inputs, ref TInputs.HasUpstream ? ref upstream : ref inputs, ref outputs);
        bool isKnown = above.IsOne && below.IsKnown;
        while (left > 0)
        {
            nuint i = course.Start + (course.Step * (all - left));
            left = isKnown
                ? RunCertain<S, Known, TStores, O, TInputs>(ref inputs, ref upstream, ref outputs, i, course.Step, left, above, below)
                : RunCertain<S, Enclosed, TStores, O, TInputs>(ref inputs, ref upstream, ref outputs, i, course.Step, left, above, below);
            if (left == 0)
                return;
            StoreOneByOne<S, F, O, TInputs>(
                ref inputs, ref upstream, ref outputs, course.Start + (course.Step * (all - left)), parameters);
            left--;
        }
    }

    // Two vectors at a time, up to the first two that are in doubt. Without a call, so that everything stays in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static nuint RunCertain<S, TRest, TStores, O, TInputs>(
        ref float x, ref float dy, ref float output, nuint i, nuint step, nuint left, Factor above, Factor below)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TRest : struct, IRest
        where TStores : struct, IStores
        where O : struct, IOperation
        where TInputs : struct, IInputs
    {
        Factors<S> factors = new(above, below);
        nuint count = (nuint)S.Count;
        S first = S.Load(ref x, i), second = S.Load(ref x, i + count);
        do
        {
            nuint next = LoopDirection.Next(i, step, left - 1);
            S nextFirst = S.Load(ref x, next), nextSecond = S.Load(ref x, next + count);
            S operand = Operand<S, O, TInputs>(first, ref dy, i), secondOperand = Operand<S, O, TInputs>(second, ref dy, i + count);
            S result = factors.Multiply<TRest>(first, operand, out S other);
            S secondResult = factors.Multiply<TRest>(second, secondOperand, out S secondOther);
            // NaN equals nothing. Zeros are looked for only where there is something small.
            bool isCertain = S.AllEqual(result, other) && S.AllEqual(secondResult, secondOther)
                && (S.AllAtLeast(S.Smaller(S.Abs(operand), S.Abs(secondOperand)), factors.Least)
                    || (S.AllZeroOrAtLeast(factors.LeastOperand, S.Abs(operand))
                        && S.AllZeroOrAtLeast(factors.LeastOperand, S.Abs(secondOperand))));
            if (!isCertain || (typeof(O) != typeof(ForwardOperation) && !(S.AllEqual(first, first) && S.AllEqual(second, second))))
                return left;
            TStores.Store(result, ref output, i);
            TStores.Store(secondResult, ref output, i + count);
            (first, second, i) = (nextFirst, nextSecond, next);
        }
        while (--left > 0);
        return 0;
    }

    [MethodImpl(Inline)] private static S Operand<S, O, TInputs>(S x, ref float dy, nuint i)
        where S : struct, IReal<S>, IFloatLanes<S>
        where O : struct, IOperation
        where TInputs : struct, IInputs =>
        TInputs.HasUpstream ? S.Load(ref dy, i) : typeof(O) == typeof(ForwardOperation) ? x : 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreOneByOne<S, F, O, TInputs>(
        ref float x, ref float dy, ref float output, nuint index, in ParameterSet parameters)
        where S : struct, IReal<S>, IFloatLanes<S>
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TInputs : struct, IInputs
    {
        for (nuint i = index; i < index + (2 * (nuint)S.Count); i++)
            Unsafe.Add(ref output, i) = (float)ScalarFallback.OverDoubleDoubles<F, O>(
                Unsafe.Add(ref x, i), TInputs.HasUpstream ? Unsafe.Add(ref dy, i) : 1, parameters);
    }

    [MethodImpl(Inline)] private static double Above<F>(in ParameterSet parameters)
        where F : struct, IElementwise<F> => F.Derivative<Lane>(1, parameters.As<Lane>()).Value;

    [MethodImpl(Inline)] private static double Below<F>(in ParameterSet parameters)
        where F : struct, IElementwise<F> => F.Derivative<Lane>(-1, parameters.As<Lane>()).Value;

    private static bool IsNear(FloatLanes1 factor, double exact)
    {
        const double AnUlpAtMost = 1.0 / (1 << 23);
        return Math.Abs(FloatLanes1.LargestLane(factor) - exact) <= AnUlpAtMost * Math.Abs(exact);
    }

    private static bool IsFloat(double factor) => factor == (float)factor && ParameterSet.HasFloat(factor);

    private static bool IsOrdinary(double factor) => factor == 0 || Math.Abs(factor) is > 1e-6 and < 1e6;

    /// <summary>Both constants, in all lanes.</summary>
    private readonly struct Factors<S>(Factor above, Factor below)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        private readonly S _aboveHigh = above.High, _aboveLess = above.Less, _aboveMore = above.More;
        private readonly S _belowHigh = below.High, _belowLess = below.Less, _belowMore = below.More, _belowRest = below.Rest;

        public readonly float LeastOperand = MathF.Max(above.LeastOperand, below.LeastOperand);
        public readonly S Least = MathF.Max(above.LeastOperand, below.LeastOperand);

        /// <summary>The constant for x times an operand, and the same with another rest: where they are equal, the nearest float.</summary>
        [MethodImpl(Inline)]
        public S Multiply<TRest>(S x, S operand, out S other)
            where TRest : struct, IRest
        {
            if (!TRest.IsEnclosed)
                return other = S.SelectGreater(x, 0, operand, S.Fma(_belowHigh, operand, _belowRest * operand));
            S high = S.SelectGreater(x, 0, _aboveHigh, _belowHigh), less = S.SelectGreater(x, 0, _aboveLess, _belowLess);
            S more = S.SelectGreater(x, 0, _aboveMore, _belowMore);
            other = S.Fma(high, operand, more * operand);
            return S.Fma(high, operand, less * operand);
        }
    }

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

    /// <summary>
    /// A constant as a float and a rest of the same sign, enclosed: then both products of a zero have one sign, and so has their sum.
    /// </summary>
    private readonly struct Factor
    {
        private const double Margin = 1.0 / (1 << 21);

        public readonly float High, Less, More, Rest;
        public readonly bool IsKnown;

        public Factor(double factor)
        {
            float nearest = (float)factor;
            High = Math.Abs(nearest) <= Math.Abs(factor) ? nearest : factor > 0 ? MathF.BitDecrement(nearest) : MathF.BitIncrement(nearest);
            double rest = Math.CopySign(factor - High, factor);
            Rest = (float)rest;
            IsKnown = KnownSlopes.Contains(factor);
            (Less, More) = ((float)(rest * (1 - Margin)), (float)(rest * (1 + Margin)));
        }

        public bool IsOne => High == 1 && Rest == 0;

        /// <summary>The product of a smaller number with the rest may be subnormal, and rounded by more than the margin.</summary>
        public float LeastOperand => Less == 0 ? float.Epsilon : PowersOfTwo.Minus72 / MathF.Abs(High);
    }
}
