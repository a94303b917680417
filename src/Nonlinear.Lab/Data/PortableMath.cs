using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Data;

/// <summary>
/// Elementary functions of doubles whose bits are the same on every machine, which those of the system's mathematics library are not: that
/// of the same system computes with other instructions on another processor. They come from the library, so a hundred times as slow.
/// </summary>
internal static class PortableMath
{
    private static readonly ElementwiseActivation Logarithm = ElementwiseActivation.Create<NaturalLogarithm>(),
        Exponential = Activation.Exponential();

    /// <summary>The natural logarithm.</summary>
    public static double Log(double x) => Logarithm.Forward(x);

    /// <summary>The exponential function.</summary>
    public static double Exp(double x) => Exponential.Forward(x);

    /// <summary>A power with a whole exponent, by repeated squaring.</summary>
    public static double Power(double x, int exponent)
    {
        double power = 1;
        for (; exponent > 0; exponent >>= 1, x *= x)
        {
            if ((exponent & 1) != 0)
                power *= x;
        }
        return power;
    }

    private readonly struct NaturalLogarithm : IElementwise<NaturalLogarithm>
    {
        public static ActivationInfo Info { get; } = new("log", "Log") { Source = "the natural logarithm" };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Forward<V>(V x, in Parameters<V> p)
            where V : struct, IReal<V> => V.Log(x);
    }
}
