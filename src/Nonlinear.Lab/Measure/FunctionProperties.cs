namespace Nonlinear.Lab.Measure;

/// <summary>A stretch of the x axis; its ends may be ±∞, and a single point is a stretch of no length.</summary>
public readonly record struct Stretch(double From, double To);

/// <summary>The values that a function takes.</summary>
/// <param name="Lower">The greatest lower bound.</param>
/// <param name="Upper">The least upper bound.</param>
/// <param name="LowerAttained">Whether the lower bound is itself a value.</param>
/// <param name="UpperAttained">Whether the upper bound is itself a value.</param>
public readonly record struct ValueRange(double Lower, double Upper, bool LowerAttained, bool UpperAttained);

/// <summary>A local minimum or maximum.</summary>
public readonly record struct Extremum(double X, double Y, bool IsMinimum);

/// <summary>A point where the derivative jumps.</summary>
/// <param name="X">The point.</param>
/// <param name="LeftSlope">The derivative's limit from the left, which is also its value there by convention.</param>
/// <param name="RightSlope">Its limit from the right.</param>
public readonly record struct Kink(double X, double LeftSlope, double RightSlope);

/// <summary>A point where the function itself jumps.</summary>
/// <param name="X">The point.</param>
/// <param name="LeftValue">The function's limit from the left.</param>
/// <param name="RightValue">Its limit from the right.</param>
public readonly record struct Discontinuity(double X, double LeftValue, double RightValue);

/// <summary>Mean and variance of a distribution.</summary>
public readonly record struct Moments(double Mean, double Variance);

/// <summary>A mean and variance that a normalised layer reproduces (each unit's weights sum to 0, their squares to 1).</summary>
/// <param name="Moments">The two moments.</param>
/// <param name="SpectralRadius">By how much a small deviation is multiplied from layer to layer: below 1, the fixed point attracts.</param>
public readonly record struct MomentFixedPoint(Moments Moments, double SpectralRadius)
{
    // The factor is a quotient of small differences.
    private const double Margin = 1e-6;

    /// <summary>Whether moments near by come nearer from layer to layer.</summary>
    public bool Attracts => SpectralRadius < 1 - Margin;

    /// <summary>Whether moments near by go away from layer to layer.</summary>
    public bool Repels => SpectralRadius > 1 + Margin;
}

/// <summary>How a function treats the sign of its argument.</summary>
public enum Parity
{
    /// <summary>Neither even nor odd.</summary>
    Neither,

    /// <summary>f(-x) = f(x)</summary>
    Even,

    /// <summary>f(-x) = -f(x)</summary>
    Odd,

    /// <summary>f(-x) - f(0) = -(f(x) - f(0)), as a sigmoid is about (0, ½).</summary>
    AboutPoint,
}

/// <summary>
/// What is measured of an elementwise function: computed from its kernels on doubles, never taken from what is declared about it.
/// </summary>
public sealed record FunctionProperties
{
    /// <summary>The function's canonical spelling.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the function never decreases, or never increases.</summary>
    public required bool IsMonotone { get; init; }

    /// <summary>Its local minima and maxima.</summary>
    public required IReadOnlyList<Extremum> Extrema { get; init; }

    /// <summary>The values it takes.</summary>
    public required ValueRange Range { get; init; }

    /// <summary>The limit at -∞.</summary>
    public required double AtMinusInfinity { get; init; }

    /// <summary>The limit at +∞.</summary>
    public required double AtPlusInfinity { get; init; }

    /// <summary>Where it is 0.</summary>
    public required IReadOnlyList<Stretch> Zeros { get; init; }

    /// <summary>Where it saturates: the tails on which |f′| stays below 1 % of its maximum.</summary>
    public required IReadOnlyList<Stretch> Saturation { get; init; }

    /// <summary>Where the derivative jumps.</summary>
    public required IReadOnlyList<Kink> Kinks { get; init; }

    /// <summary>Where the function itself jumps.</summary>
    public required IReadOnlyList<Discontinuity> Discontinuities { get; init; }

    /// <summary>The Lipschitz constant, the maximum of |f′|; ∞ for a function that jumps.</summary>
    public required double Lipschitz { get; init; }

    /// <summary>
    /// How many continuous derivatives it has, as far as the second tells: 0, 1, or <see cref="int.MaxValue"/> for a smooth function; -1
    /// for one that jumps.
    /// </summary>
    public required int Smoothness { get; init; }

    /// <summary>Whether it is even or odd.</summary>
    public required Parity Parity { get; init; }

    /// <summary>f(0)</summary>
    public required double AtZero { get; init; }

    /// <summary>Mean and variance of the output for standard normal input.</summary>
    public required Moments NormalInput { get; init; }

    /// <summary>The share of standard normal inputs whose output is exactly 0.</summary>
    public required double Sparsity { get; init; }

    /// <summary>The fixed point of mean and variance reached from (0, 1), unless the signal dies out or grows without end.</summary>
    public required MomentFixedPoint? FixedPoint { get; init; }

    /// <summary>Measures a function.</summary>
    public static FunctionProperties Of(ElementwiseActivation activation)
    {
        Samples samples = new(activation);
        IReadOnlyList<Kink> kinks =
            Jumps.Of(samples.X[samples.Fine], samples.Derivative[samples.Fine], activation.Derivative, activation.Kinks);
        IReadOnlyList<Discontinuity> breaks = FunctionShape.Discontinuities(samples, activation);
        IReadOnlyList<Extremum> extrema = FunctionShape.Extrema(samples, activation);
        IReadOnlyList<Stretch> zeros = FunctionShape.Zeros(samples, activation);
        GaussianInput gaussian = new(activation, [.. kinks.Select(kink => kink.X).Union(breaks.Select(jump => jump.X))]);
        return new()
        {
            Name = activation.ToString(),
            IsMonotone = FunctionShape.IsMonotone(samples, breaks),
            Extrema = extrema,
            Range = FunctionShape.Range(samples, extrema, breaks, activation),
            AtMinusInfinity = activation.Forward(double.NegativeInfinity),
            AtPlusInfinity = activation.Forward(double.PositiveInfinity),
            Zeros = zeros,
            Saturation = FunctionShape.Saturation(samples, activation),
            Kinks = kinks,
            Discontinuities = breaks,
            Lipschitz = breaks.Count > 0 ? double.PositiveInfinity : FunctionShape.LargestSlope(samples, activation, kinks),
            Smoothness = breaks.Count > 0 ? -1 : FunctionShape.Smoothness(samples, activation, kinks),
            Parity = FunctionShape.Parity(samples),
            AtZero = activation.Forward(0.0),
            NormalInput = gaussian.Moments(new(0, 1)),
            Sparsity = GaussianInput.Share(zeros),
            FixedPoint = gaussian.FixedPoint(),
        };
    }
}
