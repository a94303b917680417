using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using Nonlinear.Lab.Data;

namespace Nonlinear.Lab.Training;

/// <summary>
/// The factor by which an activation wants its weights larger than LeCun's, so that the size of the signal is kept: 1 / √E[f(X)²] for
/// standard normal X. It is He's √2 for ReLU and 1 for SELU, and gives every other function as good a start.
/// </summary>
internal static class SignalGain
{
    private const double Reach = 13;
    private const int Order = 1024;

    /// <summary>The factor of an activation.</summary>
    public static double Of(Activation activation)
    {
        GaussLegendreRule rule = new(-Reach, Reach, Order);
        double power = 0;
        for (int i = 0; i < Order; i++)
        {
            double x = rule.GetAbscissa(i), density = Normal.PDF(0, 1, x);
            double squared = activation switch
            {
                ElementwiseActivation function => PortableMath.Power(function.Forward(x), 2),
                // The largest of K normal numbers has the density K φ Φᴷ⁻¹.
                PooledActivation maxout => x * x * maxout.Pieces * PortableMath.Power(Normal.CDF(0, 1, x), maxout.Pieces - 1),
                _ => throw new NotSupportedException($"{activation.Info.Name} cannot stand between two layers."),
            };
            power += rule.GetWeight(i) * density * squared;
        }
        // To a float: the last digits of the sum are those of the system's mathematics library, and differ between systems.
        return (float)(1 / Math.Sqrt(power));
    }
}
