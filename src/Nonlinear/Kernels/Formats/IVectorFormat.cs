using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>What the loops of functions along an axis need besides.</summary>
internal interface IVectorFormat<T, V> : IFormat<T, V>
    where T : unmanaged
    where V : struct, IReal<V>
{
    /// <summary>The largest number and, counting it once, the next; NaN if any is.</summary>
    static abstract (double First, double Second) TopTwo(ReadOnlySpan<T> x);

    /// <summary>x - max, where x may be -∞.</summary>
    static virtual V Shift(V x, V max) => x - max;

    /// <summary>The smaller of a bound and x.</summary>
    static abstract V AtMost(double bound, V x);

    /// <summary>Where a number stands that is known to be there.</summary>
    static abstract int IndexOf(ReadOnlySpan<T> x, double value);

    /// <summary>e^x for x ≤ 0; what is below 10⁻³⁰⁰ may be anything as small.</summary>
    static virtual V Decay(V x) => V.Exp(x);

    /// <summary>Computes again what a function along an axis has not the range for.</summary>
    static virtual V MendOutput<F>(V result, V shifted, in Normalizer<V> normalizer)
        where F : struct, IAlongAxis<F> => result;

    /// <summary>Whether exponentials are summed in <see cref="FixedPointSum"/>; otherwise to <see cref="ReproducibleSum"/>.</summary>
    static virtual bool SumsInFixedPoint => false;

    /// <summary>Adds the units of numbers from 0 to 1.</summary>
    static virtual V AddFixedPoint(V units, V terms) => throw new NotSupportedException("Pairs are summed to quanta.");

    /// <summary>The units of all lanes, to which so many terms each were added.</summary>
    static virtual Int128 TotalFixedPoint(V units, int terms) => throw new NotSupportedException("Pairs are summed to quanta.");

    static abstract V LoadDouble(ref double source, nuint index);

    /// <summary>Adds numbers from 0 to 1 to two sums, of their multiples of a coarse and of a fine quantum.</summary>
    static virtual void Accumulate(V term, ReproducibleSum quanta, ref V coarse, ref V fine) =>
        throw new NotSupportedException("Lanes are summed in units.");

    /// <summary>The sum of the lanes of an exact sum.</summary>
    static virtual double Total(V sum) => throw new NotSupportedException("Lanes are summed in units.");

    /// <summary>A number in every lane, to the precision of V.</summary>
    static abstract V Broadcast(DoubleDouble<Lane> value);

    /// <summary>The sum of eight strands, lane by lane and pairwise, in every lane.</summary>
    static abstract V Join(ReadOnlySpan<V> strands);
}
