using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Floats, computed with as doubles.</summary>
internal readonly struct SingleFormat<L> : IFormat<float, L>
    where L : struct, IReal<L>, ILanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static L Load(ref float source, nuint index) => L.LoadSingle(ref source, index);
    [MethodImpl(Inline)] public static void Store(L value, ref float target, nuint index) => L.StoreSingle(value, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(L value, ref double target, nuint index) => L.Store(value, ref target, index);

    [MethodImpl(Inline)] public static L Mend<F, O>(L result, L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation => WideRange.Mend<F, O, L>(result, x, p);

    public static L Join(ReadOnlySpan<L> strands) => FixedOrderSum.Join(strands, default).High.Value;
}

/// <summary>Doubles that hold numbers of 16 bits on their way through, computed with as they are.</summary>
internal readonly struct WidenedFormat<L> : IFormat<double, L>
    where L : struct, IReal<L>, ILanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static L Load(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static void Store(L value, ref double target, nuint index) => L.Store(value, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(L value, ref double target, nuint index) => L.Store(value, ref target, index);

    [MethodImpl(Inline)] public static L Mend<F, O>(L result, L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation => WideRange.Mend<F, O, L>(result, x, p);

    public static L Join(ReadOnlySpan<L> strands) => FixedOrderSum.Join(strands, default).High.Value;
}

/// <summary>What the formats that compute in doubles share: no finite input of theirs leads out of the range of a double.</summary>
internal static class WideRange
{
    // Stands in for ∞: beyond every float, and small enough that its fifth power cannot bring back what has vanished.
    public const double Settled = 1e45;
    private const double Beyond = 1e20;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Mend<F, O, L>(L result, L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where L : struct, IReal<L>, ILanes<L> =>
        L.AnyNaN(x - x, result) ? Recompute<F, O, L>(x, p[0], p[1]) : result; // x - x is NaN for ±∞ too

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static L Recompute<F, O, L>(L x, L first, L second)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where L : struct, IReal<L>, ILanes<L>
    {
        L settled = L.AtMost(Settled, L.AtLeast(-Settled, x));
        L y = O.Apply<F, L>(settled, new Parameters<L>(first, second));
        L large = L.Select(L.Abs(y) > Beyond, y * double.MaxValue * double.MaxValue, y);
        return L.Select(L.Abs(x) > Settled, large, L.WhereNaN(x, x, y));
    }
}

/// <summary>Doubles, computed with as pairs of doubles.</summary>
internal readonly struct DoubleFormat<L> : IFormat<double, Pair<L>>
    where L : struct, IReal<L>, ILanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Stands in for ∞.
    private const double Settled = double.MaxValue, Beyond = 1e200;

    // Below this a pair may have lost bits of its low part, or, if it is zero, its sign.
    private const double LeastExact = 1e-270;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static Pair<L> Load(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static void Store(Pair<L> value, ref double target, nuint index) => L.Store(value.High, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(Pair<L> value, ref double target, nuint index) => Store(value, ref target, index);

    [MethodImpl(Inline)] public static Pair<L> Mend<F, O>(Pair<L> result, Pair<L> x, in Parameters<Pair<L>> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        L.All(L.Abs(result.High) > LeastExact) && !L.AnyNaN(x.High, x.High)
            ? result
            : Replace(result, Recompute<F, O>(result.High, x.High, p[0].High, p[1].High));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static L Recompute<F, O>(L result, L x, L first, L second)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
    {
        // A zero only wants its sign, which plain doubles give: that is the everyday case, half of what ReLU sees.
        L bounded = L.AtMost(WideRange.Settled, L.AtLeast(-WideRange.Settled, x));
        L signed = L.CopySign(0, O.Apply<F, L>(bounded, new Parameters<L>(first, second)));
        L magnitude = L.Abs(result);
        L zero = L.Select(magnitude > 0, 0, L.WhereNaN(magnitude, 0, 1));
        result = L.WhereNaN(x, x, L.Select(zero > 0, signed, result));
        if (L.All(L.Select(zero > 0, 1, magnitude) > LeastExact))
            return result;

        Span<double> inputs = stackalloc double[8], results = stackalloc double[8], signs = stackalloc double[8];
        Span<double> firsts = stackalloc double[8], seconds = stackalloc double[8];
        L.Store(x, ref inputs[0], 0);
        L.Store(result, ref results[0], 0);
        L.Store(signed, ref signs[0], 0);
        L.Store(first, ref firsts[0], 0);
        L.Store(second, ref seconds[0], 0);
        for (int i = 0; i < L.Count; i++)
        {
            if (double.IsNaN(inputs[i]) || results[i] == 0 || Math.Abs(results[i]) > LeastExact)
                continue;
            double settled = Math.Clamp(inputs[i], -Settled, Settled);
            results[i] = O.Apply<F, Scaled>(settled, new Parameters<Scaled>(firsts[i], seconds[i])).Round();
            if (results[i] == 0)
                results[i] = signs[i];
            if (double.IsInfinity(inputs[i]) && Math.Abs(results[i]) > Beyond)
                results[i] *= double.PositiveInfinity;
        }
        return L.Load(ref results[0], 0);
    }

    [MethodImpl(Inline)] public static Pair<L> Shift(Pair<L> x, Pair<L> max)
    {
        Pair<L> shifted = Pair<L>.Sum(x.High, -max.High);
        return new(shifted.High, L.WhereNaN(shifted.Low, 0, shifted.Low));
    }

    [MethodImpl(Inline)] public static Pair<L> MendOutput<F>(Pair<L> result, Pair<L> shifted, Pair<L> rest)
        where F : struct, IAlongAxis<F> =>
        L.All(L.Abs(result.High) > LeastExact) ? result : Replace(result, RecomputeOutput<F>(result.High, shifted, rest));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static L RecomputeOutput<F>(L result, Pair<L> shifted, Pair<L> rest)
        where F : struct, IAlongAxis<F>
    {
        Span<double> results = stackalloc double[8], highs = stackalloc double[8], lows = stackalloc double[8], rests = stackalloc double[8];
        L.Store(result, ref results[0], 0);
        L.Store(shifted.High, ref highs[0], 0);
        L.Store(shifted.Low, ref lows[0], 0);
        L.Store(rest.High, ref rests[0], 0);
        for (int i = 0; i < L.Count; i++)
        {
            if (double.IsNegativeInfinity(highs[i]))
            {
                double limit = F.Forward<Lanes1>(highs[i], rests[i]).Value;
                results[i] = Math.Abs(limit) < LeastExact ? 0 : limit;
            }
            else if (Math.Abs(results[i]) <= LeastExact && results[i] != 0)
                results[i] = F.Forward<Scaled>((Scaled)highs[i] + lows[i], rests[i]).Round();
        }
        return L.Load(ref results[0], 0);
    }

    // A lane that was in order keeps its low part, whatever its neighbours were.
    private static Pair<L> Replace(Pair<L> result, L high)
    {
        L difference = high - result.High;
        return new(high, L.WhereNaN(difference, 0, L.Select(L.Abs(difference) > 0, 0, result.Low)));
    }

    public static Pair<L> Join(ReadOnlySpan<Pair<L>> strands)
    {
        Buffer8<L> highs = default, lows = default;
        for (int i = 0; i < strands.Length; i++)
            (highs[i], lows[i]) = (strands[i].High, strands[i].Low);
        Pair<Lanes1> sum = FixedOrderSum.Join<L>(highs, lows);
        return new(sum.High.Value, sum.Low.Value);
    }
}
