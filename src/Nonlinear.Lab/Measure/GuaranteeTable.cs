using System.Globalization;

namespace Nonlinear.Lab.Measure;

/// <summary>The guarantees of an activation as rows of a table: the one place where they are worded.</summary>
public static class GuaranteeTable
{
    /// <summary>What is promised, types of equal guarantee together, the fast tier where there is one.</summary>
    public static IReadOnlyList<PropertyRow> Of(Activation activation) =>
    [
        .. Guarantee.Of(activation.Exact).Concat(Guarantee.Of(activation.Fast)).Distinct()
            // In the fast tier other types than float are as in the exact one.
            .Where(guarantee => guarantee.Tier == Tier.Exact || guarantee.Type == NumberType.Float)
            .GroupBy(guarantee => (guarantee.Tier, guarantee.Ulps))
            .Select(group => new PropertyRow(
                Label(group.Key.Tier, string.Join(", ", group.Select(guarantee => TypeName(guarantee.Type)))),
                Words(group.First()))),
    ];

    /// <summary>A guarantee in words.</summary>
    public static Text Words(Guarantee guarantee)
    {
        string ulps = guarantee.Ulps.ToString("0.###", CultureInfo.InvariantCulture);
        return guarantee.CorrectlyRounded
            ? new("the nearest number, always (correctly rounded)", "总是最接近的数(正确舍入)")
            : new($"at most {ulps} ulp off", $"误差至多 {ulps} ulp");
    }

    private static Text Label(Tier tier, string types) => tier == Tier.Fast ? new($"{types}, fast", $"{types}(快速)") : new(types, types);

    // As C# writes them.
    private static string TypeName(NumberType type) => type switch
    {
        NumberType.Float => "float",
        NumberType.Double => "double",
        _ => type.ToString(),
    };
}
