using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>Doubles, computed with as pairs of doubles.</summary>
internal readonly struct DoubleDoubleFormat<L> : IElementFormat<double, DoubleDouble<L>>, IVectorFormat<double, DoubleDouble<L>>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static DoubleDouble<L> Load(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static void Store(DoubleDouble<L> value, ref double target, nuint index) =>
        L.Store(value.High, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(DoubleDouble<L> value, ref double target, nuint index) =>
        Store(value, ref target, index);

    [MethodImpl(Inline)] public static DoubleDouble<L> Apply<F, O>(DoubleDouble<L> x, in Parameters<DoubleDouble<L>> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation => O.Apply<F, DoubleDouble<L>>(x, p);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(DoubleDouble<L> value, ref double x, ref TOut target, nuint index)
        where TOut : unmanaged =>
        L.All(L.Abs(value.High) > DoubleRange.LeastExact)
        && L.TryStore(value.High, L.Load(ref x, index), ref Unsafe.As<TOut, double>(ref target), index);

    private const double TinyInput = 1e-100;

    public static double Recompute<F, O, TOut>(double tried, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged
    {
        if (Math.Abs(tried) > DoubleRange.LeastExact && double.IsFinite(tried) && double.IsFinite(x))
            return tried;
        // What vanishes of a tiny input may have done so on the way, and what a large factor meets may be too small for a double by itself.
        bool mayHaveVanished = x != 0
            && (Math.Abs(x) < TinyInput || Math.Abs(dy) > 1 || (F.HasFactors && Math.Abs(parameters.First) > 1));
        return tried == 0 && double.IsFinite(x) && !mayHaveVanished
            ? ScalarFallback.SignedZero<F, O>(x, dy, parameters)
            : ScalarFallback.OverExtendedExponent<F, O>(x, dy, parameters);
    }

    public static (double First, double Second) TopTwo(ReadOnlySpan<double> x) => Kernels.TopTwo.Of(x);
    public static int IndexOf(ReadOnlySpan<double> x, double value) => PlainDoubleFormat<L>.IndexOf(x, value);
    [MethodImpl(Inline)] public static DoubleDouble<L> AtMost(double bound, DoubleDouble<L> x) => L.AtMost(bound, x.High);
    [MethodImpl(Inline)] public static DoubleDouble<L> LoadDouble(ref double source, nuint index) => L.Load(ref source, index);

    [MethodImpl(Inline)] public static DoubleDouble<L> Shift(DoubleDouble<L> x, DoubleDouble<L> max)
    {
        DoubleDouble<L> shifted = DoubleDouble<L>.Sum(x.High, -max.High);
        return new(shifted.High, L.WhereNaN(shifted.Low, 0, shifted.Low));
    }

    [MethodImpl(Inline)]
    public static DoubleDouble<L> MendOutput<F>(DoubleDouble<L> result, DoubleDouble<L> shifted, in Normalizer<DoubleDouble<L>> normalizer)
        where F : struct, IAlongAxis<F> =>
        L.All(L.Abs(result.High) > DoubleRange.LeastExact)
            ? result
            : Replace(result, RecomputeOutput<F>(result.High, shifted, normalizer));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static L RecomputeOutput<F>(L result, DoubleDouble<L> shifted, in Normalizer<DoubleDouble<L>> normalizer)
        where F : struct, IAlongAxis<F>
    {
        Span<double> results = stackalloc double[8], highs = stackalloc double[8], lows = stackalloc double[8];
        L.Store(result, ref results[0], 0);
        L.Store(shifted.High, ref highs[0], 0);
        L.Store(shifted.Low, ref lows[0], 0);
        for (int i = 0; i < L.Count; i++)
        {
            if (double.IsNegativeInfinity(highs[i]))
            {
                double limit = F.Forward<Lane>(highs[i], 0, F.Normalizer<Lane>(0)).Value;
                results[i] = Math.Abs(limit) < DoubleRange.LeastExact ? 0 : limit;
            }
            else if (Math.Abs(results[i]) <= DoubleRange.LeastExact)
            {
                ExtendedExponent exact = (ExtendedExponent)highs[i] + lows[i];
                results[i] = F.Forward(exact, ExtendedExponent.Exp(exact), F.Normalizer(normalizer.ExtendedExponentRest())).Round();
            }
        }
        return L.Load(ref results[0], 0);
    }

    [MethodImpl(Inline)]
    public static void Accumulate(DoubleDouble<L> term, ReproducibleSum quanta, ref DoubleDouble<L> coarse, ref DoubleDouble<L> fine)
    {
        L multiple = term.High + quanta.Coarse - quanta.Coarse, left = term.High - multiple + term.Low;
        coarse = coarse.High + multiple;
        fine = fine.High + (left + quanta.Fine - quanta.Fine);
    }

    public static double Total(DoubleDouble<L> sum)
    {
        Buffer8<double> lanes = default;
        L.Store(sum.High, ref lanes[0], 0);
        double total = 0;
        for (int i = 0; i < L.Count; i++)
            total += lanes[i];
        return total;
    }

    public static DoubleDouble<L> Broadcast(DoubleDouble<Lane> value) => new(value.High.Value, value.Low.Value);

    // A lane that was in order keeps its low part, whatever its neighbours were.
    private static DoubleDouble<L> Replace(DoubleDouble<L> result, L high)
    {
        L difference = high - result.High;
        return new(high, L.WhereNaN(difference, 0, L.Select(L.Abs(difference) > 0, 0, result.Low)));
    }

    public static DoubleDouble<L> Join(ReadOnlySpan<DoubleDouble<L>> strands)
    {
        Buffer8<L> highs = default, lows = default;
        for (int i = 0; i < strands.Length; i++)
            (highs[i], lows[i]) = (strands[i].High, strands[i].Low);
        DoubleDouble<Lane> sum = CompensatedSum.Join<L>(highs, lows);
        return new(sum.High.Value, sum.Low.Value);
    }
}
