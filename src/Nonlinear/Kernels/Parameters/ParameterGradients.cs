namespace Nonlinear.Kernels;

/// <summary>Sums gradients by parameters over the positions that share them.</summary>
/// <remarks>
/// Each position's contribution is rounded to double once; the contributions are added in the order of the positions with their
/// rounding errors kept, so that the sum has the same bits however the work is divided.
/// </remarks>
internal static class ParameterGradients
{
    private const int BlockLength = 512;

    /// <summary>gradient[k] = Σᵢ dy[i] · ∂f/∂θₖ(x[i])</summary>
    public static void Sum<T>(ElementwiseKernel<T> kernel, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<double> gradient)
        where T : unmanaged
    {
        Guard.Length(x.Length, dy.Length, nameof(dy));
        Guard.Apart(x, gradient, nameof(gradient));
        Guard.Apart(dy, gradient, nameof(gradient));

        Span<double> derivatives = stackalloc double[BlockLength];
        for (int parameter = 0; parameter < gradient.Length; parameter++)
        {
            CompensatedSum sum = new();
            for (int start = 0; start < x.Length; start += BlockLength)
            {
                int count = Math.Min(BlockLength, x.Length - start);
                kernel.ParameterDerivatives(parameter, x.Slice(start, count), dy.Slice(start, count), default, derivatives[..count]);
                sum.Add(derivatives[..count]);
            }
            gradient[parameter] = sum.Value;
        }
    }

    /// <summary>gradient[k] = Σᵢ dy[i] · ∂y/∂θₖ(gate[i], value[i])</summary>
    public static void Sum<T>(
        GatedKernel<T> kernel, ReadOnlySpan<T> gate, ReadOnlySpan<T> value, ReadOnlySpan<T> dy, Span<double> gradient)
        where T : unmanaged
    {
        Guard.Length(gate.Length, value.Length, nameof(value));
        Guard.Length(gate.Length, dy.Length, nameof(dy));
        Guard.Apart(gate, gradient, nameof(gradient));
        Guard.Apart(value, gradient, nameof(gradient));
        Guard.Apart(dy, gradient, nameof(gradient));

        Span<double> derivatives = stackalloc double[BlockLength];
        for (int parameter = 0; parameter < gradient.Length; parameter++)
        {
            CompensatedSum sum = new();
            for (int start = 0; start < gate.Length; start += BlockLength)
            {
                int count = Math.Min(BlockLength, gate.Length - start);
                kernel.ParameterDerivatives(
                    parameter, gate.Slice(start, count), value.Slice(start, count), dy.Slice(start, count), derivatives[..count]);
                sum.Add(derivatives[..count]);
            }
            gradient[parameter] = sum.Value;
        }
    }
}
