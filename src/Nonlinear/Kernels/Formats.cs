using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.Lanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>Floats, computed with as doubles.</summary>
internal readonly struct SingleFormat<L> : IElementFormat<float, L>, IVectorFormat<float, L>
    where L : struct, IReal<L>, ILanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static L Load(ref float source, nuint index) => L.LoadSingle(ref source, index);
    [MethodImpl(Inline)] public static void Store(L value, ref float target, nuint index) => L.StoreSingle(value, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(L value, ref double target, nuint index) => L.Store(value, ref target, index);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(L value, ref float x, ref TOut target, nuint index)
        where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(float) && L.IsChecked)
            return L.TryStoreSingle(value, ref x, ref Unsafe.As<TOut, float>(ref target), index);
        bool finite = L.AllFinite(value - value + L.LoadSingle(ref x, index));
        if (finite && typeof(TOut) == typeof(float))
            L.StoreSingle(value, ref Unsafe.As<TOut, float>(ref target), index);
        else if (finite)
            L.Store(value, ref Unsafe.As<TOut, double>(ref target), index);
        return finite;
    }

    public static double Careful<F, O, TOut>(double tried, double x, double dy, double first, double second)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged
    {
        if (L.IsChecked ? Kernels.Careful.IsCertain(tried, x) : double.IsFinite(tried) && double.IsFinite(x))
            return tried;
        return typeof(TOut) == typeof(float)
            ? Kernels.Careful.OverPairs<F, O>(x, dy, first, second)
            : Kernels.Careful.OverDoubles<F, O>(x, dy, first, second);
    }

    public static bool CountsUnits => true;

    public static (double First, double Second) TopTwo(ReadOnlySpan<float> x) => Kernels.TopTwo.Of(x);
    public static int IndexOf(ReadOnlySpan<float> x, double value) => MemoryMarshal.Cast<float, int>(x).IndexOf(BitConverter.SingleToInt32Bits((float)value));
    [MethodImpl(Inline)] public static L AtMost(double bound, L x) => L.AtMost(bound, x);
    [MethodImpl(Inline)] public static L LoadDouble(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static L Decay(L x) => Elementary.Decay(x);
    [MethodImpl(Inline)] public static L AddUnits(L units, L terms) => L.AddBits(units, terms + Units.Shift);
    public static Int128 TotalUnits(L units, int terms) => WidenedFormat<L>.TotalUnits(units, terms);

    public static L Broadcast(Pair<Lane> value) => WidenedFormat<L>.Broadcast(value);

    public static L Join(ReadOnlySpan<L> strands) => WidenedFormat<L>.Join(strands);
}

/// <summary>Doubles that hold numbers of 16 bits on their way through, computed with as they are.</summary>
internal readonly struct WidenedFormat<L> : IElementFormat<double, L>, IVectorFormat<double, L>
    where L : struct, IReal<L>, ILanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static L Load(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static void Store(L value, ref double target, nuint index) => L.Store(value, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(L value, ref double target, nuint index) => L.Store(value, ref target, index);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(L value, ref double x, ref TOut target, nuint index)
        where TOut : unmanaged => L.TryStore(value, L.Load(ref x, index), ref Unsafe.As<TOut, double>(ref target), index);

    public static double Careful<F, O, TOut>(double tried, double x, double dy, double first, double second)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged => double.IsFinite(tried) && double.IsFinite(x) ? tried : Kernels.Careful.OverDoubles<F, O>(x, dy, first, second);

    public static bool CountsUnits => true;

    public static (double First, double Second) TopTwo(ReadOnlySpan<double> x) => Kernels.TopTwo.Of(x);
    public static int IndexOf(ReadOnlySpan<double> x, double value) => MemoryMarshal.Cast<double, long>(x).IndexOf(BitConverter.DoubleToInt64Bits(value));
    [MethodImpl(Inline)] public static L AtMost(double bound, L x) => L.AtMost(bound, x);
    [MethodImpl(Inline)] public static L LoadDouble(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static L Decay(L x) => Elementary.Decay(x);
    [MethodImpl(Inline)] public static L AddUnits(L units, L terms) => L.AddBits(units, terms + Units.Shift);

    public static Int128 TotalUnits(L units, int terms)
    {
        Buffer8<double> lanes = default;
        L.Store(units, ref lanes[0], 0);
        Int128 total = 0;
        for (int i = 0; i < L.Count; i++)
            total += Units.Of(lanes[i], terms);
        return total;
    }

    public static L Broadcast(Pair<Lane> value) => value.High.Value;

    public static L Join(ReadOnlySpan<L> strands) => FixedOrderSum.Join(strands, default).High.Value;
}

/// <summary>Doubles, computed with as pairs of doubles.</summary>
internal readonly struct DoubleFormat<L> : IElementFormat<double, Pair<L>>, IVectorFormat<double, Pair<L>>
    where L : struct, IReal<L>, ILanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static Pair<L> Load(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static void Store(Pair<L> value, ref double target, nuint index) => L.Store(value.High, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(Pair<L> value, ref double target, nuint index) => Store(value, ref target, index);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(Pair<L> value, ref double x, ref TOut target, nuint index)
        where TOut : unmanaged =>
        L.All(L.Abs(value.High) > Kernels.Careful.LeastExact)
        && L.TryStore(value.High, L.Load(ref x, index), ref Unsafe.As<TOut, double>(ref target), index);

    public static double Careful<F, O, TOut>(double tried, double x, double dy, double first, double second)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged
    {
        if (Math.Abs(tried) > Kernels.Careful.LeastExact && double.IsFinite(tried) && double.IsFinite(x))
            return tried;
        return tried == 0 && double.IsFinite(x) ? Kernels.Careful.SignedZero<F, O>(x, dy, first, second) : Kernels.Careful.OverScaled<F, O>(x, dy, first, second);
    }

    public static (double First, double Second) TopTwo(ReadOnlySpan<double> x) => Kernels.TopTwo.Of(x);
    public static int IndexOf(ReadOnlySpan<double> x, double value) => WidenedFormat<L>.IndexOf(x, value);
    [MethodImpl(Inline)] public static Pair<L> AtMost(double bound, Pair<L> x) => L.AtMost(bound, x.High);
    [MethodImpl(Inline)] public static Pair<L> LoadDouble(ref double source, nuint index) => L.Load(ref source, index);

    [MethodImpl(Inline)] public static Pair<L> Shift(Pair<L> x, Pair<L> max)
    {
        Pair<L> shifted = Pair<L>.Sum(x.High, -max.High);
        return new(shifted.High, L.WhereNaN(shifted.Low, 0, shifted.Low));
    }

    [MethodImpl(Inline)] public static Pair<L> MendOutput<F>(Pair<L> result, Pair<L> shifted, in Normalizer<Pair<L>> normalizer)
        where F : struct, IAlongAxis<F> =>
        L.All(L.Abs(result.High) > Kernels.Careful.LeastExact) ? result : Replace(result, RecomputeOutput<F>(result.High, shifted, normalizer));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static L RecomputeOutput<F>(L result, Pair<L> shifted, in Normalizer<Pair<L>> normalizer)
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
                results[i] = Math.Abs(limit) < Kernels.Careful.LeastExact ? 0 : limit;
            }
            else if (Math.Abs(results[i]) <= Kernels.Careful.LeastExact)
            {
                Scaled exact = (Scaled)highs[i] + lows[i];
                results[i] = F.Forward(exact, Scaled.Exp(exact), F.Normalizer(normalizer.ScaledRest())).Round();
            }
        }
        return L.Load(ref results[0], 0);
    }

    [MethodImpl(Inline)] public static void Accumulate(Pair<L> term, Quanta quanta, ref Pair<L> coarse, ref Pair<L> fine)
    {
        L multiple = term.High + quanta.Coarse - quanta.Coarse, left = term.High - multiple + term.Low;
        coarse = coarse.High + multiple;
        fine = fine.High + (left + quanta.Fine - quanta.Fine);
    }

    public static double Total(Pair<L> sum)
    {
        Buffer8<double> lanes = default;
        L.Store(sum.High, ref lanes[0], 0);
        double total = 0;
        for (int i = 0; i < L.Count; i++)
            total += lanes[i];
        return total;
    }

    public static Pair<L> Broadcast(Pair<Lane> value) => new(value.High.Value, value.Low.Value);

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
        Pair<Lane> sum = FixedOrderSum.Join<L>(highs, lows);
        return new(sum.High.Value, sum.Low.Value);
    }
}
