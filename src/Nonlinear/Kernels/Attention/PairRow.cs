using System.Runtime.CompilerServices;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>Pairs of doubles as the elements of a vector: for what is no double any more, such as a scaled one.</summary>
internal readonly struct PairRow : IVectorFormat<Pair, Pair>, IConversion<Pair>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => 1;

    public static double ToDouble(Pair value) => value.High.Value;
    public static Pair FromDouble(double value) => value;

    [MethodImpl(Inline)] public static Pair Load(ref Pair source, nuint index) => Unsafe.Add(ref source, index);
    [MethodImpl(Inline)] public static void Store(Pair value, ref Pair target, nuint index) => Unsafe.Add(ref target, index) = value;
    [MethodImpl(Inline)] public static void StoreDouble(Pair value, ref double target, nuint index) =>
        Unsafe.Add(ref target, index) = value.High.Value;
    [MethodImpl(Inline)] public static Pair LoadDouble(ref double source, nuint index) => Unsafe.Add(ref source, index);

    public static (double First, double Second) TopTwo(ReadOnlySpan<Pair> x)
    {
        double first = double.NegativeInfinity, second = double.NegativeInfinity;
        foreach (Pair pair in x)
        {
            double value = pair.High.Value;
            if (double.IsNaN(value))
                return (double.NaN, double.NaN);
            second = Math.Max(second, Math.Min(value, first));
            first = Math.Max(first, value);
        }
        return (first, second);
    }

    public static int IndexOf(ReadOnlySpan<Pair> x, double value)
    {
        int index = 0;
        while (x[index].High.Value != value)
            index++;
        return index;
    }

    // Nothing is left of the low part of an infinity.
    [MethodImpl(Inline)] public static Pair Shift(Pair x, Pair max)
    {
        double high = x.High.Value - max.High.Value;
        return double.IsFinite(high) ? x - max : high;
    }

    [MethodImpl(Inline)] public static Pair AtMost(double bound, Pair x) => x.High.Value > bound ? bound : x;

    [MethodImpl(Inline)] public static Pair MendOutput<F>(Pair result, Pair shifted, in Normalizer<Pair> normalizer)
        where F : struct, IAlongAxis<F> => DoubleDoubleFormat<Lane>.MendOutput<F>(result, shifted, normalizer);

    [MethodImpl(Inline)] public static void Accumulate(Pair term, ReproducibleSum quanta, ref Pair coarse, ref Pair fine) =>
        DoubleDoubleFormat<Lane>.Accumulate(term, quanta, ref coarse, ref fine);

    public static double Total(Pair sum) => sum.High.Value;
    public static Pair Broadcast(Pair value) => value;
    public static Pair Join(ReadOnlySpan<Pair> strands) => DoubleDoubleFormat<Lane>.Join(strands);
}
