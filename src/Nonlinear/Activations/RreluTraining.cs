using System.Runtime.CompilerServices;
using Nonlinear.Kernels;

namespace Nonlinear;

/// <summary>
/// Randomised leaky ReLU in training: x above 0, and below it x times a slope that is drawn for each element. After training there is
/// <see cref="Activation.Rrelu"/>, whose slope is the mean.
/// </summary>
/// <remarks>
/// <para>The slope of an element depends on nothing but the seed and the element's place. So forward and backward agree without keeping
/// the slopes, and a batch may be cut into several calls, in any order and on any threads, with the same bits on every processor. Take
/// another seed, or go on counting the places, for each step of the training.</para>
/// <para>Slopes are floats, spread evenly from the lower to the upper bound, so that each product is rounded once. At 0 the derivative is
/// the slope, as in PyTorch.</para>
/// <para>Source: B. Xu, N. Wang, T. Chen, M. Li, Empirical Evaluation of Rectified Activations in Convolutional Network, 2015,
/// arXiv:1505.00853. The numbers are SplitMix64's (G. Steele, D. Lea, C. Flood, 2014).</para>
/// </remarks>
public sealed class RreluTraining
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private readonly ulong _seed;

    /// <summary>The function for a seed.</summary>
    /// <param name="seed">What the slopes are drawn with.</param>
    /// <param name="lower">l, the smallest slope.</param>
    /// <param name="upper">u, the largest.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or the upper is below the lower.</exception>
    public RreluTraining(ulong seed, double lower = 1.0 / 8, double upper = 1.0 / 3)
    {
        Rrelu.Info.Check([lower, upper]);
        ArgumentOutOfRangeException.ThrowIfLessThan(upper, lower);
        (_seed, Lower, Upper) = (Mix(seed), lower, upper);
    }

    /// <summary>The smallest slope.</summary>
    public double Lower { get; }

    /// <summary>The largest slope.</summary>
    public double Upper { get; }

    /// <summary>The slope of the element at a place.</summary>
    public float Slope(long place)
    {
        double uniform = (Mix(_seed + ((ulong)place * Golden)) >> 40) * PowerOfTwoMinus24;
        return (float)Math.FusedMultiplyAdd(Upper - Lower, uniform, Lower);
    }

    /// <summary>Computes y = x above 0, and x times the slope of its place elsewhere.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <param name="place">The place of the first input among all that share the seed.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, or the spans overlap without being the same; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(ReadOnlySpan<T> x, Span<T> y, long place = 0)
        where T : unmanaged
    {
        Guard.Length(x.Length, y.Length, nameof(y));
        Guard.Overlap(x, y, nameof(y));
        using Denormals kept = Denormals.Keep();
        for (int i = 0; i < x.Length; i++)
        {
            double input = ToDouble(x[i]);
            if (input > 0)
                y[i] = x[i];
            else
                y[i] = FromDouble<T>(Slope(place + i) * input);
        }
    }

    /// <summary>Carries a gradient back: dx = dy where x is above 0, and dy times the slope elsewhere.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.</param>
    /// <param name="place">The place that the forward pass was given.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, or two spans overlap without being the same; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Backward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, long place = 0)
        where T : unmanaged
    {
        Guard.Length(x.Length, dy.Length, nameof(dy));
        Guard.Length(x.Length, dx.Length, nameof(dx));
        Guard.Overlap(x, dx, nameof(dx));
        Guard.Overlap(dy, dx, nameof(dx));
        using Denormals kept = Denormals.Keep();
        for (int i = 0; i < x.Length; i++)
        {
            double input = ToDouble(x[i]);
            dx[i] = input > 0 ? dy[i] : FromDouble<T>(double.IsNaN(input) ? input : Slope(place + i) * ToDouble(dy[i]));
        }
    }

    private const double PowerOfTwoMinus24 = 1.0 / (1 << 24);

    private static ulong Mix(ulong x)
    {
        x += Golden;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    private static double ToDouble<T>(T value)
        where T : unmanaged =>
        typeof(T) == typeof(float) || typeof(T) == typeof(double) ? FloatOrDouble.ToDouble(value)
        : typeof(T) == typeof(Half) ? (double)Unsafe.BitCast<T, Half>(value)
        : typeof(T) == typeof(BFloat16) ? Unsafe.BitCast<T, BFloat16>(value)
        : throw Unknown(typeof(T));

    private static T FromDouble<T>(double value)
        where T : unmanaged =>
        typeof(T) == typeof(float) || typeof(T) == typeof(double) ? FloatOrDouble.FromDouble<T>(value)
        : typeof(T) == typeof(Half) ? Unsafe.BitCast<Half, T>((Half)value)
        : typeof(T) == typeof(BFloat16) ? Unsafe.BitCast<BFloat16, T>((BFloat16)value)
        : throw Unknown(typeof(T));

    private static NotSupportedException Unknown(Type type) =>
        new($"{type.Name} is no type that activations are computed on; there are float, double, Half and BFloat16.");
}
