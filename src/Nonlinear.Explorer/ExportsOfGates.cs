using System.Runtime.InteropServices.JavaScript;
using System.Text.Json;

namespace Nonlinear.Explorer;

/// <summary>
/// What the page calls to show gated units, functions of two numbers: their output, and its slopes by the gate and by the value, as
/// <see cref="GateSlice"/> numbers them.
/// </summary>
internal static partial class Exports
{
    /// <summary>Where slopes jump over the gate, or over the value: the same on every line along it.</summary>
    [JSExport]
    internal static double[] GateKinks(string spelling, bool isOverGate) => [.. new GateSlice(Gated(spelling), isOverGate, 1).Kinks()];

    /// <summary>A quantity over the gate at a value, or over the value at a gate, on the grid; NaN where the curve is to break.</summary>
    [JSExport]
    internal static double[] GateValues(
        string spelling, int quantity, bool isOverGate, double other, double from, double to, int count, double[] kinks)
    {
        Grid grid = Grid.Over(from, to, count, kinks);
        return grid.WithGaps(new GateSlice(Gated(spelling), isOverGate, other).Values<float>(quantity, grid.Floats), kinks);
    }

    /// <summary>Where the curve of <see cref="GateValues"/> jumps, as <see cref="Jumps"/> tells it.</summary>
    [JSExport]
    internal static double[] GateJumps(
        string spelling, int quantity, bool isOverGate, double other, double[] values, double from, double to, int count, double[] kinks)
    {
        GateSlice slice = new(Gated(spelling), isOverGate, other);
        return Grid.Over(from, to, count, kinks).Jumps(values, x => slice.Values<double>(quantity, [x])[0]);
    }

    /// <summary>
    /// A quantity over a square of gates and values from end to end, from the highest value down; along a row the gates go up.
    /// </summary>
    [JSExport]
    internal static double[] GateSurface(string spelling, int quantity, double from, double to, int side)
    {
        float[] gates = new float[side * side], values = new float[side * side];
        for (int i = 0; i < gates.Length; i++)
            (gates[i], values[i]) = (Along(i % side), Along(side - 1 - (i / side)));
        return [.. GateSlice.Of<float>(Gated(spelling), quantity, gates, values).Select(y => (double)y)];

        float Along(int place) => (float)(from + ((to - from) * place / (side - 1)));
    }

    /// <summary>Output and slopes for the floats nearest to a gate and a value, as the tool prints them.</summary>
    [JSExport]
    internal static string[] GateAt(string spelling, double gate, double value) =>
    [
        .. ((int[])[GateSlice.Output, GateSlice.ByGate, GateSlice.ByValue])
            .Select(quantity => FloatText.Of(GateSlice.Of<float>(Gated(spelling), quantity, [(float)gate], [(float)value])[0])),
    ];

    /// <summary>Who holds gates and values in which layout, as JSON.</summary>
    [JSExport]
    internal static string GateLayouts(string spelling) =>
        JsonSerializer.Serialize(GateLayoutTable.Of(Gated(spelling)), PageJson.Default.GateLayoutTable);

    private static GatedActivation Gated(string spelling) => (GatedActivation)Find(spelling);
}
