using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>Every class of constants of the library.</summary>
internal static class Library
{
    /// <summary>Where the files stand, below the root of the sources.</summary>
    public static string Folder { get; } = Path.Combine("src", "Nonlinear", "Numerics", "Constants");

    private static readonly Func<ConstantClass>[] Classes =
    [
        .. Formulas.Classes, .. DoubleSeries.Classes, .. DoubleDoubleSeries.Classes,
        .. FloatSeries.Classes, .. FloatZeros.Classes, .. PowerSeries.Classes, .. Roots.Classes,
    ];

    /// <summary>
    /// The names of the files and their texts. What only Sollya finds is taken from the library itself, if told
    /// to, and judged all the same.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Files(bool withSollya)
    {
        Found.WithSollya = withSollya;
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (Func<ConstantClass> generate in Classes)
        {
            BigFloat.Reset();
            ConstantClass constants = generate();
            files.Add(constants.Name + ".g.cs", Writer.FileOf(constants));
        }
        return files;
    }
}
