using Nonlinear.Oracle;

namespace Nonlinear.Tests;

/// <summary>What the theories run over: the catalogue, asked once.</summary>
public static class TestCatalog
{
    public static IEnumerable<ElementwiseActivation> Elementwise { get; } = [.. Catalog.Defaults.OfType<ElementwiseActivation>()];

    public static TheoryData<string> All { get; } = [.. Catalog.All.Select(info => info.Name)];

    public static TheoryData<string> ElementwiseNames { get; } = [.. Elementwise.Select(activation => activation.Info.Name)];

    public static TheoryData<string> AxisNames { get; } = [.. Catalog.Defaults.OfType<AxisActivation>().Select(activation => activation.Info.Name)];

    public static TheoryData<string, string, bool> ElementwiseFormatsAndDirections
    {
        get
        {
            TheoryData<string, string, bool> rows = [];
            foreach (ElementwiseActivation activation in Elementwise)
            {
                foreach (NumberFormat format in NumberFormat.All)
                {
                    rows.Add(activation.Info.Name, format.Name, false);
                    rows.Add(activation.Info.Name, format.Name, true);
                }
            }
            return rows;
        }
    }

    public static ElementwiseActivation Get(string name) => (ElementwiseActivation)Activation.Parse(name);

    /// <summary>The floor: at most this many ulps off.</summary>
    public static double Floor(NumberFormat format) => format.Name == "double" ? 2 : 1;
}
