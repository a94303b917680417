using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>CReLU on one type, by ReLU's own kernel, which rounds nothing and divides long spans among threads if it is told to.</summary>
internal sealed class CreluKernel<T, TConversion>(string name, Kernel<T> relu) : WidenedKernel<T>(name)
    where T : unmanaged
    where TConversion : struct, IConversion<T>
{
    public override Kernel<T> OnThreads(int threads) => new CreluKernel<T, TConversion>(Name, relu.OnThreads(threads));

    protected override void ForwardBlock(ReadOnlySpan<T> x, Span<T> first, Span<T> second)
    {
        relu.Forward(x, first);
        SignFlip.Run(x, second);
        relu.Forward(second, second);
        NaNs.Settle(first);
        NaNs.Settle(second);
    }

    // At 0, where both have a kink, both have a derivative of 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void BackwardBlock(ReadOnlySpan<T> x, ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> dx)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double input = TConversion.ToDouble(x[i]);
            dx[i] = TConversion.FromDouble(
                input > 0 ? TConversion.ToDouble(first[i])
                : input < 0 ? -TConversion.ToDouble(second[i])
                : input == 0 ? 0
                : double.NaN);
        }
        NaNs.Settle(dx);
    }
}
