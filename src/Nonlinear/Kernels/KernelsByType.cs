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
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.As<Kernel<T>>(Float)
        : typeof(T) == typeof(double) ? Unsafe.As<Kernel<T>>(Double)
        : typeof(T) == typeof(Half) ? Unsafe.As<Kernel<T>>(Half)
        : typeof(T) == typeof(BFloat16) ? Unsafe.As<Kernel<T>>(BFloat16)
        : throw Unknown(typeof(T));

    /// <summary>What is said of a type that nothing is computed on.</summary>
    public static NotSupportedException Unknown(Type type) =>
        new($"{type.Name} is no type that activations are computed on; there are float, double, Half and BFloat16.");
}
