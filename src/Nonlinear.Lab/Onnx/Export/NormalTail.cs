using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>
/// e^(t²/2) Φ(-t), for t ≥ 0, as a polynomial in s, to which u = c / (t + c) is stretched: what GELU is below 0, and what ONNX has no
/// operator for, since 1 + erf cancels there.
/// </summary>
/// <remarks>
/// The polynomial is interpolated at Chebyshev's points, from values of 28 digits: Laplace's continued fraction from 5 on, and below it the
/// series of the integral, whose constant √(π/2) follows from the fraction at 5.
/// </remarks>
internal sealed class NormalTail
{
    private const decimal Join = 5;

    private static readonly Lazy<NormalTail> Floats = new(() => new(end: 15, middle: 4, degree: 11));
    private static readonly Lazy<NormalTail> Doubles = new(() => new(end: 40, middle: 6, degree: 30));

    private readonly double _middle, _scale, _shift;
    private readonly double[] _coefficients;

    private NormalTail(int end, int middle, int degree)
    {
        (End, _middle) = (end, middle);
        decimal least = (decimal)middle / (end + middle), scale = 2 / (1 - least), shift = scale - 1;
        (_scale, _shift) = ((double)scale, (double)shift);
        decimal[] nodes = [.. Enumerable.Range(0, degree + 1).Select(k => (decimal)Math.Cos(Math.PI * (k + 0.5) / (degree + 1)))];
        _coefficients = Interpolate(nodes, [.. nodes.Select(s => Factor((s + shift) / scale, middle))]);
    }

    /// <summary>From here on the tail is less than any number of the type.</summary>
    public double End { get; }

    /// <summary>The tail for a type.</summary>
    public static NormalTail Of(NumberType type) => (type == NumberType.Double ? Doubles : Floats).Value;

    /// <summary>e^(t²/2) Φ(-t) for t from 0 to <see cref="End"/>.</summary>
    public V Ratio<V>(V t)
        where V : struct, IReal<V>
    {
        V u = _middle / (t + _middle), s = _scale * u - _shift, sum = _coefficients[^1];
        for (int i = _coefficients.Length - 2; i >= 0; i--)
            sum = V.MultiplyAdd(sum, s, _coefficients[i]);
        return u * sum;
    }

    // e^(t²/2) Φ(-t) / u
    private static decimal Factor(decimal u, decimal middle) => Ratio(middle / u - middle) / u;

    private static decimal Ratio(decimal t) => (t < Join ? HalfCircle * Growth(t) - Series(t) : Fraction(t)) / (2 * HalfCircle);

    // √(π/2)
    private static decimal HalfCircle { get; } = (Fraction(Join) + Series(Join)) / Growth(Join);

    // √(2π) e^(t²/2) Φ(-t) = 1 / (t + 1 / (t + 2 / (t + 3 / …)))
    private static decimal Fraction(decimal t)
    {
        decimal rest = t;
        for (int k = 400; k > 0; k--)
            rest = t + k / rest;
        return 1 / rest;
    }

    // t + t³/3 + t⁵/(3·5) + …, which is e^(t²/2) times the integral of e^(-t²/2) from 0 to t
    private static decimal Series(decimal t)
    {
        decimal term = t, sum = 0;
        for (int k = 1; k < 200; k++)
        {
            sum += term;
            term *= t * t / (2 * k + 1);
        }
        return sum;
    }

    // e^(t²/2)
    private static decimal Growth(decimal t)
    {
        decimal term = 1, sum = 0;
        for (int k = 1; k < 200; k++)
        {
            sum += term;
            term *= t * t / (2 * k);
        }
        return sum;
    }

    // Newton's divided differences, multiplied out.
    private static double[] Interpolate(decimal[] at, decimal[] values)
    {
        decimal[] differences = [.. values];
        for (int order = 1; order < at.Length; order++)
        {
            for (int i = at.Length - 1; i >= order; i--)
                differences[i] = (differences[i] - differences[i - 1]) / (at[i] - at[i - order]);
        }
        decimal[] polynomial = new decimal[at.Length];
        for (int k = at.Length - 1; k >= 0; k--)
        {
            for (int i = at.Length - 1; i > 0; i--)
                polynomial[i] = polynomial[i - 1] - at[k] * polynomial[i];
            polynomial[0] = differences[k] - at[k] * polynomial[0];
        }
        return [.. polynomial.Select(coefficient => (double)coefficient)];
    }
}
