using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The loop, over floats and correctly rounded, of gradients by way of saved outputs: dy times a derivative that is the sum of two floats.
/// </summary>
/// <remarks>
/// The product is a float less an excess, which is taken a little too small and a little too large: where both make the same float, that is
/// the nearest to the exact product. A tie is known by an excess without error. Where ties are rare, and products next to the subnormal
/// numbers, a second form of the loop sees to the vectors that the first one leaves in doubt; what is in doubt still goes by doubles.
/// </remarks>
internal static class OutputGradientLoop
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Above this, what a product loses in rounding is a float.
    private const float LeastProduct = 1.0f / (1L << 50) / (1L << 50);

    // So much larger the careful form holds its products; the result must not be subnormal.
    private const float Raise = 1L << 60, LeastRaised = 4 * Raise / (1L << 63) / (1L << 63);

    // Four times what the excess may be wrong by where it is half an ulp of the product.
    private const float Margin = 1.0f / (1 << 20);

    // So many twos of vectors are seen to with care, at first and at most: more where the next are in doubt again.
    private const nuint LeastCareful = 2, MostCareful = 32;

    /// <summary>dx[i] = dy[i] · f′, by way of y[i] = f(x[i]).</summary>
    public static void Run<S, TStores, F, TInputs, TOut>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TStores : struct, IStores
        where F : struct, IElementwise<F>
        where TInputs : struct, IInputs
        where TOut : unmanaged
    {
        nuint length = (nuint)elements.X.Length, two = 2 * (nuint)S.Count, all = length / two, left = all;
        ref float y = ref MemoryMarshal.GetReference(elements.X), dy = ref MemoryMarshal.GetReference(elements.Dy);
        ref float dx = ref Unsafe.As<TOut, float>(ref MemoryMarshal.GetReference(elements.Output));
        float constant = F.ConstantOfDerivativeFromOutput(elements.Parameters);
        LoopDirection course = LoopDirection.Choose(all * two, two, ref y, ref dy, ref dx);
        nuint careful = LeastCareful;
        while (left > 0)
        {
            nuint before = left;
            left = RunCertain<S, TStores, F, Usual>(ref y, ref dy, ref dx, At(left), course.Step, left, constant, 1 - Margin, 1 + Margin);
            if (left == 0)
                break;
            careful = left < before ? LeastCareful : Math.Min(2 * careful, MostCareful);
            nuint next = Math.Min(left, careful);
            nuint undone = RunCertain<S, TStores, F, WithCare>(
                ref y, ref dy, ref dx, At(left), course.Step, next, constant, 1 - Margin, 1 + Margin);
            left -= next - undone;
            if (undone == 0)
                continue;
            ByDoubles<F, DerivativeFromOutputOperation, TInputs, TOut>.Run(elements.Slice((int)At(left), (int)two));
            left--;
        }
        int rest = (int)(length % two);
        if (rest > 0)
            ByDoubles<F, DerivativeFromOutputOperation, TInputs, TOut>.Run(elements.Slice((int)length - rest, rest));

        nuint At(nuint left) => course.Start + (course.Step * (all - left));
    }

    // Two vectors at a time, up to the first two that are in doubt: returns how many twos are left. Without a call, so that everything
    // stays in registers; and of constants that the compiler does not know, for those it would load anew each time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static nuint RunCertain<S, TStores, F, TCare>(
        ref float y, ref float dy, ref float dx, nuint i, nuint step, nuint left, float constant, float less, float more)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TStores : struct, IStores
        where F : struct, IElementwise<F>
        where TCare : struct, ICare
    {
        S constants = constant, allLess = less, allMore = more;
        nuint count = (nuint)S.Count;
        do
        {
            S product = Multiply<S, F, TCare>(
                S.Load(ref y, i), S.Load(ref dy, i), constants, allLess, allMore,
                out S derivative, out S nearest, out S least, out S most);
            S nextProduct = Multiply<S, F, TCare>(
                S.Load(ref y, i + count), S.Load(ref dy, i + count), constants, allLess, allMore,
                out S nextDerivative, out S nextNearest, out S nextLeast, out S nextMost);
            if (!S.AllEqual(least, most) || !S.AllEqual(nextLeast, nextMost) || !IsExact<S, F>(S.Smaller(derivative, nextDerivative)))
                return left;
            if (!S.AllAtLeast(S.Smaller(S.Abs(product), S.Abs(nextProduct)), TCare.LeastProduct)
                && (!IsZeroWhereSmall<S, TCare>(product, ref nearest) || !IsZeroWhereSmall<S, TCare>(nextProduct, ref nextNearest)))
                return left;
            TStores.Store(TCare.Lower(nearest), ref dx, i);
            TStores.Store(TCare.Lower(nextNearest), ref dx, i + count);
            i += step;
        }
        while (--left > 0);
        return 0;
    }

    // The product before its excess is taken away; the float that is nearest to it, if it is certain; and two floats that are equal only
    // then.
    [MethodImpl(Inline)]
    private static S Multiply<S, F, TCare>(
        S y, S gradient, S constant, S less, S more, out S derivative, out S nearest, out S least, out S most)
        where S : struct, IReal<S>, IFloatLanes<S>
        where F : struct, IElementwise<F>
        where TCare : struct, ICare
    {
        derivative = F.DerivativeFromOutputInFloats(y, constant, out S low, out S inexact);
        if (TCare.IsCareful)
        {
            // What is far from the first float's last digit would leave more in doubt.
            S sum = S.CopySign(derivative + low, derivative);
            (derivative, low, gradient) = (sum, derivative - sum + low, gradient * Raise);
        }
        S product = gradient * derivative, lost = S.Fnma(gradient, derivative, product), excess = S.Fnma(gradient, low, lost);
        (least, most) = (S.Fnma(excess, less, product), S.Fnma(excess, more, product));
        nearest = most;
        if (TCare.IsCareful || F.DerivativeFromOutputMakesTies)
        {
            // Without error, the excess is known: it need not be enclosed.
            S error = F.DerivativeFromOutputMakesTies
                ? S.Abs(lost) + S.Abs(S.Fma(gradient, low, excess))
                : S.Abs(inexact) + ErrorOfExcess(gradient, low, lost);
            (nearest, least) = (product - excess, S.SelectGreater(error, 0, least, most));
        }
        return product;
    }

    // What a product and a difference lose: 0 only if neither does.
    [MethodImpl(Inline)]
    private static S ErrorOfExcess<S>(S gradient, S low, S lost)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S product = gradient * low, excess = lost - product, part = excess - lost;
        return S.Abs(S.Fms(gradient, low, product)) + S.Abs(lost - (excess - part) - (product + part));
    }

    // Whether the derivatives are what they should be, to their last bit.
    [MethodImpl(Inline)]
    private static bool IsExact<S, F>(S derivatives)
        where S : struct, IReal<S>, IFloatLanes<S>
        where F : struct, IElementwise<F> =>
        float.IsNegativeInfinity(F.LeastDerivativeFromOutput) || S.AllAtLeast(derivatives, F.LeastDerivativeFromOutput);

    // Whether what products lose are floats. Of a zero a sum loses the sign.
    [MethodImpl(Inline)]
    private static bool IsZeroWhereSmall<S, TCare>(S products, ref S nearest)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TCare : struct, ICare
    {
        nearest = S.CopySign(nearest, products);
        return S.AllZeroOrAtLeast(TCare.LeastProduct, S.Abs(products));
    }

    /// <summary>How much care is taken of what may be in doubt.</summary>
    private interface ICare
    {
        static abstract bool IsCareful { get; }

        static abstract float LeastProduct { get; }

        static abstract S Lower<S>(S product)
            where S : struct, IReal<S>, IFloatLanes<S>;
    }

    private readonly struct Usual : ICare
    {
        public static bool IsCareful => false;
        public static float LeastProduct => OutputGradientLoop.LeastProduct;

        [MethodImpl(Inline)] public static S Lower<S>(S product)
            where S : struct, IReal<S>, IFloatLanes<S> => product;
    }

    private readonly struct WithCare : ICare
    {
        public static bool IsCareful => true;
        public static float LeastProduct => LeastRaised;

        [MethodImpl(Inline)] public static S Lower<S>(S product)
            where S : struct, IReal<S>, IFloatLanes<S> => product * (1 / Raise);
    }
}
