using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>The kernels of one activation, a type each.</summary>
internal sealed record KernelsByType(Kernel<float> Float, Kernel<double> Double, Kernel<Half> Half, Kernel<BFloat16> BFloat16)
{
    /// <summary>The same kernels with long calls divided among at most so many threads.</summary>
    public KernelsByType OnThreads(int threads) =>
        new(Float.OnThreads(threads), Double.OnThreads(threads), Half.OnThreads(threads), BFloat16.OnThreads(threads));

    /// <summary>The kernel of a type; which one is known when the code is compiled.</summary>
    /// <exception cref="NotSupportedException">The library does not compute on that type.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Kernel<T> Of<T>()
        where T : unmanaged => Unsafe.As<Kernel<T>>(Choose<T>(Float, Double, Half, BFloat16));

    /// <summary>What there is for a type.</summary>
    /// <exception cref="NotSupportedException">The library does not compute on that type.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object Choose<T>(object ofFloats, object ofDoubles, object ofHalves, object ofBFloats)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? ofFloats
        : typeof(T) == typeof(double) ? ofDoubles
        : typeof(T) == typeof(Half) ? ofHalves
        : typeof(T) == typeof(BFloat16) ? ofBFloats
        : throw Unknown(typeof(T));

    private static NotSupportedException Unknown(Type type) =>
        new($"{type.Name} is no type that activations are computed on; there are float, double, Half and BFloat16.");
}
