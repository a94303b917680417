using Nonlinear.Kernels;

namespace Nonlinear;

// Gradients by parameters, such as β of SwiGLU.
public sealed partial class GatedActivation
{
    /// <summary>The gradient by each parameter, summed over the pairs: gradient[k] = Σᵢ dy[i] · ∂y/∂θₖ(gate[i], value[i]).</summary>
    /// <remarks>
    /// <para>Summed in a fixed order with the rounding errors kept: the same bits on every processor.</para>
    /// <para>β of SwiGLU has value · gate² · σ′(β · gate). The parameters of a function that was given, as in <c>glu(mish)</c>, are not the
    /// unit's own.</para>
    /// </remarks>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="gate">The gates of the forward pass.</param>
    /// <param name="value">The values of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="gradient">Receives a number for each of <see cref="ActivationInfo.Parameters"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or gradient overlaps an input; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void ParameterGradient<T>(ReadOnlySpan<T> gate, ReadOnlySpan<T> value, ReadOnlySpan<T> dy, Span<double> gradient)
        where T : unmanaged
    {
        if (gradient.Length != Info.Parameters.Count)
            throw new ArgumentException($"{Info.CountedParameters}; gradient has {gradient.Length} elements.", nameof(gradient));
        using Denormals kept = Denormals.Keep();
        ParameterGradients.Sum(Gated<T>(), gate, value, dy, gradient);
    }
}
