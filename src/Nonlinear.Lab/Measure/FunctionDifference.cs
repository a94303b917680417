using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Nonlinear.Lab.Measure;

/// <summary>Whether two functions are the same, and how that is known.</summary>
public enum Sameness
{
    /// <summary>They are one function with one set of parameters.</summary>
    SameFunction,

    /// <summary>They are two functions, and no result was found that differs.</summary>
    SameResults,

    /// <summary>No result differs but for the signs of zeros.</summary>
    ButForZeroSigns,

    /// <summary>They differ by no more than rounding does.</summary>
    ButForRounding,

    /// <summary>They differ.</summary>
    Different,
}

/// <summary>What two functions are at a place.</summary>
/// <param name="X">The place.</param>
/// <param name="First">The first function's value.</param>
/// <param name="Second">The second's.</param>
/// <param name="FirstSlope">The first function's derivative.</param>
/// <param name="SecondSlope">The second's.</param>
/// <param name="Differs">Whether values or derivatives differ by more than rounding; signs of zeros count.</param>
public readonly record struct PlaceDifference(
    double X, double First, double Second, double FirstSlope, double SecondSlope, bool Differs);

/// <summary>Where two functions differ by more than a tolerance.</summary>
/// <param name="Tolerance">The tolerance.</param>
/// <param name="Stretches">The stretches; an end beyond the floats is ±∞.</param>
public sealed record DifferingStretches(double Tolerance, IReadOnlyList<Stretch> Stretches);

/// <summary>
/// Where and by how much two functions of one number differ, in value and in slope: computed from their kernels on doubles, never taken
/// from what is declared about them.
/// </summary>
public sealed record FunctionDifference
{
    // Doubles are at most 1 ulp off each, and slopes of one's own forms a little more: what is nearer together is not told apart.
    private static readonly double Rounding = 4 * (Math.BitIncrement(1.0) - 1);

    private const double LeastNormal = 2.2251e-308;

    private const int Tolerances = 3;

    private static readonly JsonSerializerOptions Style = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The first function's spelling.</summary>
    public required string First { get; init; }

    /// <summary>The second function's spelling.</summary>
    public required string Second { get; init; }

    /// <summary>Whether they are the same, and how that is known.</summary>
    public required Sameness Sameness { get; init; }

    /// <summary>The results that differ as bits, by type.</summary>
    public required IReadOnlyList<BitComparison> Bits { get; init; }

    /// <summary>The largest difference of the values.</summary>
    public required LargestGap Value { get; init; }

    /// <summary>The largest difference of the derivatives.</summary>
    public required LargestGap Slope { get; init; }

    /// <summary>The largest difference of the values as a share of the larger of them; 2 is opposite in sign.</summary>
    public required LargestGap Relative { get; init; }

    /// <summary>The stretches on which exactly one of them is a number, and the other NaN.</summary>
    public required IReadOnlyList<Stretch> OnlyOneIsNumber { get; init; }

    /// <summary>Where the values differ by more than a few tolerances.</summary>
    public required IReadOnlyList<DifferingStretches> Stretches { get; init; }

    /// <summary>Both functions where the largest difference of values is, at both infinities, at ±0, about kinks, and for NaN.</summary>
    public required IReadOnlyList<PlaceDifference> Places { get; init; }

    /// <summary>Where the formula of either changes its piece.</summary>
    public required IReadOnlyList<double> Kinks { get; init; }

    /// <summary>Whether there is no difference at all.</summary>
    public bool AreSame => Sameness is Sameness.SameFunction or Sameness.SameResults;

    /// <summary>Compares two functions.</summary>
    public static FunctionDifference Of(ElementwiseActivation first, ElementwiseActivation second)
    {
        double[] kinks = [.. first.Kinks.Concat(second.Kinks).Distinct().Order()], grid = GapGrid.Of(kinks);
        GapSearch values = Search(first.Forward, second.Forward);
        GapSearch slopes = Search(first.Derivative, second.Derivative);
        GapSearch shares = new(
            grid,
            x => Share(first.Forward(x), second.Forward(x)),
            x => Math.Max(Math.Abs(first.Forward(x)), Math.Abs(second.Forward(x))) < LeastNormal ? double.MaxValue : 0);
        GapSearch alone = new(grid, x => double.IsNaN(first.Forward(x)) != double.IsNaN(second.Forward(x)) ? 1 : 0);
        LargestGap value = values.Find(), slope = slopes.Find();
        IReadOnlyList<BitComparison> bits = BitComparison.Of(first, second);
        PlaceDifference[] places = [.. PlacesOf(kinks, value).Select(x => At(first, second, x))];
        IReadOnlyList<Stretch> onlyOne = alone.Beyond(0.5);
        bool isApart = value.Size > 0 || slope.Size > 0 || onlyOne.Count > 0
            || places.Any(place => place.Differs && Gap(place.First, place.Second) + Gap(place.FirstSlope, place.SecondSlope) != 0);
        return new()
        {
            First = first.ToString(),
            Second = second.ToString(),
            Sameness = first.OnThreads(1).Equals(second.OnThreads(1)) ? Sameness.SameFunction
                : isApart ? Sameness.Different
                : bits.All(comparison => comparison.AreSame) && !places.Any(place => place.Differs) ? Sameness.SameResults
                : bits.All(comparison => comparison.AreSame || comparison.OnlySigns) ? Sameness.ButForZeroSigns
                : Sameness.ButForRounding,
            Bits = bits,
            Value = value,
            Slope = slope,
            Relative = shares.Find(),
            OnlyOneIsNumber = onlyOne,
            Stretches = value.Size == 0 ? [] : [.. TolerancesBelow(value.Size)
                .Select(tolerance => new DifferingStretches(tolerance, values.Beyond(tolerance)))],
            Places = places,
            Kinks = kinks,
        };

        GapSearch Search(Func<double, double> one, Func<double, double> other) =>
            new(grid, x => Gap(one(x), other(x)), x => Rounding * Math.Max(Math.Abs(one(x)), Math.Abs(other(x))));
    }

    /// <summary>What was found, as JSON; infinities and NaN are strings.</summary>
    public JsonNode ToJson() => Json(this);

    /// <summary>Anything measured of two functions, as JSON.</summary>
    internal static JsonNode Json(object difference) => JsonSerializer.SerializeToNode(difference, difference.GetType(), Style)!;

    // The largest powers of ten below the difference; from 1 on downwards where it has no bound.
    private static IEnumerable<double> TolerancesBelow(double size)
    {
        int most = double.IsInfinity(size) ? 0 : Math.Min(0, (int)Math.Ceiling(Math.Log10(size)) - 1);
        return Enumerable.Range(0, Tolerances).Select(k => 1 / Math.Pow(10, k - most));
    }

    private static IEnumerable<double> PlacesOf(double[] kinks, LargestGap value) =>
        new[] { double.NegativeInfinity, -0.0, 0.0, double.PositiveInfinity }
            .Concat(value.Places.Select(place => double.IsInfinity(place.From) ? place.To : place.From))
            .Concat(kinks.SelectMany(kink => new[] { Math.BitDecrement(kink), kink, Math.BitIncrement(kink) }))
            .DistinctBy(BitConverter.DoubleToInt64Bits)
            .OrderBy(x => x).ThenBy(x => double.IsNegative(x) ? 0 : 1)
            .Append(double.NaN);

    private static PlaceDifference At(ElementwiseActivation first, ElementwiseActivation second, double x)
    {
        (double y, double z) = (first.Forward(x), second.Forward(x));
        (double slope, double otherSlope) = (first.Derivative(x), second.Derivative(x));
        return new(x, y, z, slope, otherSlope, Differ(y, z) || Differ(slope, otherSlope));
    }

    private static bool Differ(double a, double b) =>
        Gap(a, b) is > 0 || double.IsNaN(a) != double.IsNaN(b) || (a == 0 && b == 0 && double.IsNegative(a) != double.IsNegative(b));

    // NaN unless both are numbers.
    private static double Gap(double a, double b)
    {
        if (a == b)
            return 0;
        double gap = Math.Abs(a - b);
        return double.IsFinite(gap) && gap <= Rounding * Math.Max(Math.Abs(a), Math.Abs(b)) ? 0 : gap;
    }

    // Where both are too small for a normal double, there is nothing to have a share of.
    private static double Share(double a, double b)
    {
        double larger = Math.Max(Math.Abs(a), Math.Abs(b));
        return double.IsInfinity(larger) ? (a == b ? 0 : 1) : larger < LeastNormal ? 0 : Gap(a, b) / larger;
    }
}
