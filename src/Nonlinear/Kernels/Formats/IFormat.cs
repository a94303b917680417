using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>How numbers of type <typeparamref name="T"/> in memory become numbers to compute with, wider ones, and are rounded back once.</summary>
internal interface IFormat<T, V>
    where T : unmanaged
    where V : struct, IReal<V>
{
    /// <summary>The number of elements that are taken at a time.</summary>
    static abstract int Count { get; }

    static abstract V Load(ref T source, nuint index);

    /// <summary>Rounds to <typeparamref name="T"/> and stores.</summary>
    static abstract void Store(V value, ref T target, nuint index);

    /// <summary>Rounds to double and stores.</summary>
    static abstract void StoreDouble(V value, ref double target, nuint index);
}

/// <summary>What the loop of elementwise functions needs besides.</summary>
internal interface IElementFormat<T, V> : IFormat<T, V>
    where T : unmanaged
    where V : struct, IReal<V>
{
    /// <summary>Whether the check is next to nothing, so that a result is stored as soon as it is there.</summary>
    static virtual bool StoresAtOnce => false;

    /// <summary>O(x) in the form that suits V.</summary>
    static abstract V Apply<F, O>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation;

    /// <summary>
    /// Rounds to <typeparamref name="TOut"/>, <typeparamref name="T"/> or double, and stores; or stores nothing where V does not suffice for some
    /// element: an input that is ±∞ or NaN, a result beyond the range of V, a rounding in doubt.
    /// </summary>
    static abstract bool TryStore<TOut>(V value, ref T x, ref TOut target, nuint index)
        where TOut : unmanaged;

    /// <summary>dy · O(x) for one element, with all the care that V could not take; rounding it to <typeparamref name="TOut"/> gives the result.</summary>
    /// <param name="tried">What V gave.</param>
    /// <param name="x">The input.</param>
    /// <param name="dy">The gradient by the output, or 1.</param>
    /// <param name="parameters">The parameters.</param>
    static abstract double Recompute<F, O, TOut>(double tried, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged;
}

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
    static virtual void Accumulate(V term, ReproducibleSum quanta, ref V coarse, ref V fine) => throw new NotSupportedException("Lanes are summed in units.");

    /// <summary>The sum of the lanes of an exact sum.</summary>
    static virtual double Total(V sum) => throw new NotSupportedException("Lanes are summed in units.");

    /// <summary>A number in every lane, to the precision of V.</summary>
    static abstract V Broadcast(DoubleDouble<Lane> value);

    /// <summary>The sum of eight strands, lane by lane and pairwise, in every lane.</summary>
    static abstract V Join(ReadOnlySpan<V> strands);
}
