using System.Xml.Linq;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Measure;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>
/// The properties by which activation functions are told apart, each with those functions of the tour that have it as measured.
/// </summary>
internal sealed class PropertyTour(Edition edition)
{
    private readonly (ActivationInfo Info, FunctionProperties Properties, Cost Cost)[] _functions =
    [
        .. edition.Measurements.Functions
            .Where(function => function.Properties is FunctionProperties && function.Info.Family == ActivationFamily.Tutorial)
            .Select(function => (function.Info, (FunctionProperties)function.Properties, function.Cost)),
    ];

    /// <summary>The parts of the section, from nonlinearity to normalisation.</summary>
    public IEnumerable<XElement> Write() =>
    [
        Property(
            Phrases.Nonlinearity,
            Phrases.NonlinearityBody,
            Group(Phrases.WithoutKink, p => p.Smoothness > 0),
            Group(Phrases.PiecewiseLinear, p => p.Smoothness == 0)),
        Property(
            Phrases.Differentiability,
            Phrases.DifferentiabilityBody,
            Group(Phrases.Smooth, p => p.Smoothness == int.MaxValue),
            Group(Phrases.OnceDifferentiable, p => p.Smoothness == 1),
            Group(Phrases.Kinked, p => p.Kinks.Count > 0, p => $"{N(p.Kinks[0].LeftSlope)} | {N(p.Kinks[0].RightSlope)}")),
        Property(
            Phrases.Monotonicity,
            Phrases.MonotonicityBody,
            Group(Phrases.Monotone, p => p.IsMonotone),
            Group(Phrases.Turning, p => !p.IsMonotone, p => string.Join(", ", p.Extrema.Select(extremum => N(extremum.X))))),
        Property(
            Phrases.OutputRange,
            Phrases.OutputRangeBody,
            Group(
                Phrases.Bounded,
                p => IsBounded(p.Range.Lower) && IsBounded(p.Range.Upper),
                p => $"{N(p.Range.Lower)} … {N(p.Range.Upper)}"),
            Group(Phrases.BoundedBelow, p => IsBounded(p.Range.Lower) && !IsBounded(p.Range.Upper), p => N(p.Range.Lower)),
            Group(Phrases.Unbounded, p => !IsBounded(p.Range.Lower) && !IsBounded(p.Range.Upper))),
        Property(
            Phrases.Saturation,
            Phrases.SaturationBody,
            Group(Phrases.SaturatesOnBothSides, p => p.Saturation.Count > 1, Places),
            Group(Phrases.SaturatesOnOneSide, p => p.Saturation.Count == 1, Places),
            Group(Phrases.SaturatesNowhere, p => p.Saturation.Count == 0)),
        Property(
            Phrases.Cost,
            Phrases.CostBody,
            Ranked(function => function.Cost.RelativeToRelu, function => $"{Numbers.Write(function.Cost.RelativeToRelu, 2)} ×")),
        Property(
            Phrases.Sparsity,
            Phrases.SparsityBody,
            Group(Phrases.Sparse, p => p.Sparsity > 0, p => Numbers.WriteShare(p.Sparsity)),
            Group(Phrases.Dense, p => p.Sparsity == 0)),
        Property(
            Phrases.Normalisation,
            Phrases.NormalisationBody,
            Group(
                Phrases.AttractingFixedPoint,
                p => p.FixedPoint is { Attracts: true },
                p => $"({N(p.FixedPoint!.Value.Moments.Mean)}, {N(p.FixedPoint!.Value.Moments.Variance)})"),
            Group(Phrases.NoFixedPoint, p => p.FixedPoint is not { Attracts: true })),
    ];

    private XElement Property(Text title, Text body, params XElement?[] groups) => Classed(
        "div",
        "property",
        Element("h3", edition[title]),
        Element("p", edition[body]),
        Classed("dl", "groups", groups));

    // The functions that a property holds for, each with the figure that shows it; null if there is none.
    private XElement? Group(Text label, Func<FunctionProperties, bool> holds, Func<FunctionProperties, string>? figure = null)
    {
        XElement[] members =
            [.. _functions.Where(function => holds(function.Properties))
                .Select(function => Member(function.Info, figure?.Invoke(function.Properties)))];
        return members.Length == 0 ? null : Element("div", Element("dt", edition[label]), members);
    }

    private XElement Ranked(
        Func<(ActivationInfo Info, FunctionProperties Properties, Cost Cost), double> by,
        Func<(ActivationInfo Info, FunctionProperties Properties, Cost Cost), string> figure) =>
        Element(
            "div",
            Element("dt", edition[Phrases.CheapestFirst]),
            _functions.OrderBy(by).Select(function => Member(function.Info, figure(function))));

    private static XElement Member(ActivationInfo info, string? figure) =>
        Element("dd", Link(FunctionPage.File(info), info.Title), figure is null ? null : Classed("span", "quiet", " " + figure));

    private static string Places(FunctionProperties p) => string.Join(", ", p.Saturation.Select(stretch =>
        double.IsInfinity(stretch.From) ? $"x < {N(stretch.To)}" : $"x > {N(stretch.From)}"));

    private static bool IsBounded(double bound) => double.IsFinite(bound);

    // Rounding hides what quadrature leaves of a 0 or a 1.
    private static string N(double value) => Numbers.Write(Math.Round(value, 9) + 0.0, 3);
}
