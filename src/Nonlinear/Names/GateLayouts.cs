namespace Nonlinear.Names;

/// <summary>How layouts of gates and values are written: <c>layout=gate_first</c>.</summary>
internal static class GateLayouts
{
    /// <summary>The name of the argument.</summary>
    public const string Argument = "layout";

    /// <summary>A layout as text.</summary>
    public static string Write(GateLayout layout) => layout switch
    {
        GateLayout.GateFirst => "gate_first",
        GateLayout.GateLast => "gate_last",
        _ => "interleaved",
    };

    /// <summary>Reads a layout, in any case; null if it is none.</summary>
    public static GateLayout? Read(string text)
    {
        foreach (GateLayout layout in Enum.GetValues<GateLayout>())
        {
            if (NameIndex.Bare(text) == NameIndex.Bare(Write(layout)))
                return layout;
        }
        return null;
    }
}
