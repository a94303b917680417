using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>Floats, computed with as doubles.</summary>
internal readonly struct FloatFormat<L> : IElementFormat<float, L>, IVectorFormat<float, L>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static L Load(ref float source, nuint index) => L.LoadFloat(ref source, index);
    [MethodImpl(Inline)] public static void Store(L value, ref float target, nuint index) => L.StoreFloat(value, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(L value, ref double target, nuint index) => L.Store(value, ref target, index);

    [MethodImpl(Inline)] public static L Apply<F, O>(L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation => O.ApplyInDoubles<F, L>(x, p);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(L value, ref float x, ref TOut target, nuint index)
        where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(float) && L.IsChecked)
            return L.TryStoreFloat(value, ref x, ref Unsafe.As<TOut, float>(ref target), index);
        bool finite = L.AllFinite(value - value + L.LoadFloat(ref x, index));
        if (finite && typeof(TOut) == typeof(float))
            L.StoreFloat(value, ref Unsafe.As<TOut, float>(ref target), index);
        else if (finite)
            L.Store(value, ref Unsafe.As<TOut, double>(ref target), index);
        return finite;
    }

    public static double Recompute<F, O, TOut>(double tried, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged
    {
        if (L.IsChecked ? ScalarFallback.IsCertain(tried, x) : double.IsFinite(tried) && double.IsFinite(x))
            return tried;
        return typeof(TOut) == typeof(float)
            ? ScalarFallback.OverDoubleDoubles<F, O>(x, dy, parameters)
            : ScalarFallback.OverDoubles<F, O>(x, dy, parameters);
    }

    public static bool SumsInFixedPoint => true;

    public static (double First, double Second) TopTwo(ReadOnlySpan<float> x) => Kernels.TopTwo.Of(x);
    public static int IndexOf(ReadOnlySpan<float> x, double value) => MemoryMarshal.Cast<float, int>(x).IndexOf(BitConverter.SingleToInt32Bits((float)value));
    [MethodImpl(Inline)] public static L AtMost(double bound, L x) => L.AtMost(bound, x);
    [MethodImpl(Inline)] public static L LoadDouble(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static L Decay(L x) => DoubleElementary.Decay(x);
    [MethodImpl(Inline)] public static L AddFixedPoint(L units, L terms) => L.AddBits(units, terms + FixedPointSum.Shift);
    public static Int128 TotalFixedPoint(L units, int terms) => PlainDoubleFormat<L>.TotalFixedPoint(units, terms);

    public static L Broadcast(DoubleDouble<Lane> value) => PlainDoubleFormat<L>.Broadcast(value);

    public static L Join(ReadOnlySpan<L> strands) => PlainDoubleFormat<L>.Join(strands);
}

/// <summary>Doubles that hold numbers of 16 bits on their way through, computed with as they are.</summary>
internal readonly struct PlainDoubleFormat<L> : IElementFormat<double, L>, IVectorFormat<double, L>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static L Load(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static void Store(L value, ref double target, nuint index) => L.Store(value, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(L value, ref double target, nuint index) => L.Store(value, ref target, index);

    [MethodImpl(Inline)] public static L Apply<F, O>(L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation => O.ApplyInDoubles<F, L>(x, p);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(L value, ref double x, ref TOut target, nuint index)
        where TOut : unmanaged => L.TryStore(value, L.Load(ref x, index), ref Unsafe.As<TOut, double>(ref target), index);

    public static double Recompute<F, O, TOut>(double tried, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged => double.IsFinite(tried) && double.IsFinite(x) ? tried : ScalarFallback.OverDoubles<F, O>(x, dy, parameters);

    public static bool SumsInFixedPoint => true;

    public static (double First, double Second) TopTwo(ReadOnlySpan<double> x) => Kernels.TopTwo.Of(x);
    public static int IndexOf(ReadOnlySpan<double> x, double value) => MemoryMarshal.Cast<double, long>(x).IndexOf(BitConverter.DoubleToInt64Bits(value));
    [MethodImpl(Inline)] public static L AtMost(double bound, L x) => L.AtMost(bound, x);
    [MethodImpl(Inline)] public static L LoadDouble(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static L Decay(L x) => DoubleElementary.Decay(x);
    [MethodImpl(Inline)] public static L AddFixedPoint(L units, L terms) => L.AddBits(units, terms + FixedPointSum.Shift);

    public static Int128 TotalFixedPoint(L units, int terms)
    {
        Buffer8<double> lanes = default;
        L.Store(units, ref lanes[0], 0);
        Int128 total = 0;
        for (int i = 0; i < L.Count; i++)
            total += FixedPointSum.Of(lanes[i], terms);
        return total;
    }

    public static L Broadcast(DoubleDouble<Lane> value) => value.High.Value;

    public static L Join(ReadOnlySpan<L> strands) => CompensatedSum.Join(strands, default).High.Value;
}

/// <summary>Doubles, computed with as pairs of doubles.</summary>
internal readonly struct DoubleDoubleFormat<L> : IElementFormat<double, DoubleDouble<L>>, IVectorFormat<double, DoubleDouble<L>>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static DoubleDouble<L> Load(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static void Store(DoubleDouble<L> value, ref double target, nuint index) => L.Store(value.High, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(DoubleDouble<L> value, ref double target, nuint index) => Store(value, ref target, index);

    [MethodImpl(Inline)] public static DoubleDouble<L> Apply<F, O>(DoubleDouble<L> x, in Parameters<DoubleDouble<L>> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation => O.Apply<F, DoubleDouble<L>>(x, p);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(DoubleDouble<L> value, ref double x, ref TOut target, nuint index)
        where TOut : unmanaged =>
        L.All(L.Abs(value.High) > ScalarFallback.LeastExact)
        && L.TryStore(value.High, L.Load(ref x, index), ref Unsafe.As<TOut, double>(ref target), index);

    public static double Recompute<F, O, TOut>(double tried, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged
    {
        if (Math.Abs(tried) > ScalarFallback.LeastExact && double.IsFinite(tried) && double.IsFinite(x))
            return tried;
        return tried == 0 && double.IsFinite(x) ? ScalarFallback.SignedZero<F, O>(x, dy, parameters) : ScalarFallback.OverExtendedExponent<F, O>(x, dy, parameters);
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

    [MethodImpl(Inline)] public static DoubleDouble<L> MendOutput<F>(DoubleDouble<L> result, DoubleDouble<L> shifted, in Normalizer<DoubleDouble<L>> normalizer)
        where F : struct, IAlongAxis<F> =>
        L.All(L.Abs(result.High) > ScalarFallback.LeastExact) ? result : Replace(result, RecomputeOutput<F>(result.High, shifted, normalizer));

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
                results[i] = Math.Abs(limit) < ScalarFallback.LeastExact ? 0 : limit;
            }
            else if (Math.Abs(results[i]) <= ScalarFallback.LeastExact)
            {
                ExtendedExponent exact = (ExtendedExponent)highs[i] + lows[i];
                results[i] = F.Forward(exact, ExtendedExponent.Exp(exact), F.Normalizer(normalizer.ExtendedExponentRest())).Round();
            }
        }
        return L.Load(ref results[0], 0);
    }

    [MethodImpl(Inline)] public static void Accumulate(DoubleDouble<L> term, ReproducibleSum quanta, ref DoubleDouble<L> coarse, ref DoubleDouble<L> fine)
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
