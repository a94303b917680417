namespace Nonlinear.Kernels;

/// <summary>The kernels of one activation, a type each.</summary>
internal sealed record KernelsByType(Kernel<float> Float, Kernel<double> Double, Kernel<Half> Half, Kernel<BFloat16> BFloat16)
{
    /// <summary>The same kernels with long calls divided among at most so many threads.</summary>
    public KernelsByType OnThreads(int threads) =>
        new(Float.OnThreads(threads), Double.OnThreads(threads), Half.OnThreads(threads), BFloat16.OnThreads(threads));

    /// <summary>The kernel of a type, for code that is generic over it.</summary>
    public Kernel<T> Of<T>()
        where T : unmanaged => new object[] { Float, Double, Half, BFloat16 }.OfType<Kernel<T>>().Single();
}
