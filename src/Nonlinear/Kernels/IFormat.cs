using Nonlinear.Numerics;

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

    /// <summary>Computes again, with more care, what was out of the ordinary: an input that is ±∞ or NaN, a result beyond the range of V.</summary>
    static abstract V Mend<F, O>(V result, V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation;

    /// <summary>x - max, where x may be -∞.</summary>
    static virtual V Shift(V x, V max) => x - max;

    /// <summary>Computes again what a function along an axis has not the range for.</summary>
    static virtual V MendOutput<F>(V result, V shifted, V rest)
        where F : struct, IAlongAxis<F> => result;

    /// <summary>The sum of eight strands, lane by lane and pairwise, in every lane.</summary>
    static abstract V Join(ReadOnlySpan<V> strands);
}
