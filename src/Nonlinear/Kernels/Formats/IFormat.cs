using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// How numbers of type <typeparamref name="T"/> in memory become numbers to compute with, wider ones, and are rounded back once.
/// </summary>
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
