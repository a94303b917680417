using Nonlinear.Lab.Measure;

namespace Nonlinear.Explorer;

/// <summary>A gated unit along a line: over the gate with one value, or over the value with one gate.</summary>
/// <param name="activation">The unit.</param>
/// <param name="isOverGate">Whether the gate runs and the value stays.</param>
/// <param name="other">The number that stays.</param>
internal sealed class GateSlice(GatedActivation activation, bool isOverGate, double other)
{
    /// <summary>What is drawn of a unit.</summary>
    public const int Output = 0, ByGate = 1, ByValue = 2;

    // As far as sliders and axes go, and fine enough that a kink falls between two samples.
    private const double Reach = 32;
    private const int Samples = 257;

    /// <summary>
    /// Where slopes jump along the line, wherever it lies. Of the gate the catalogue tells some; others follow from bounds that only the
    /// formula knows, so both are looked for.
    /// </summary>
    public IReadOnlyList<double> Kinks()
    {
        if (activation.Info.Smoothness == int.MaxValue)
            return [];
        GateSlice unit = new(activation, isOverGate, other: 1);
        double[] x = [.. Enumerable.Range(0, Samples).Select(i => (2 * Reach * i / (Samples - 1)) - Reach)];
        double Slope(double at) => unit.Values<double>(isOverGate ? ByGate : ByValue, [at])[0];
        // Found between two doubles; curves are of floats, and a bound that is one has its value there.
        return
        [
            .. Jumps.Of(x, [.. x.Select(Slope)], Slope, isOverGate ? activation.Kinks : []).Select(jump => (double)(float)jump.X),
        ];
    }

    /// <summary>The values of a quantity along the line.</summary>
    public T[] Values<T>(int quantity, ReadOnlySpan<T> x)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        T[] still = new T[x.Length];
        Array.Fill(still, T.CreateChecked(other));
        return isOverGate ? Of(activation, quantity, x, still) : Of(activation, quantity, still, x);
    }

    /// <summary>The values of a quantity for pairs.</summary>
    public static T[] Of<T>(GatedActivation activation, int quantity, ReadOnlySpan<T> gate, ReadOnlySpan<T> value)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        T[] y = new T[gate.Length];
        if (quantity == Output)
        {
            activation.Forward<T>(gate, value, y);
            return y;
        }
        T[] one = new T[gate.Length], further = new T[gate.Length];
        Array.Fill(one, T.One);
        if (quantity == ByGate)
            activation.Backward<T>(gate, value, one, y, further);
        else
            activation.Backward<T>(gate, value, one, further, y);
        return y;
    }
}
