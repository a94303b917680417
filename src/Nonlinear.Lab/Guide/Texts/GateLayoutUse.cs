namespace Nonlinear.Lab.Guide.Texts;

/// <summary>A layout of gates and values in one tensor, and which frameworks have it, as the tables of names say.</summary>
/// <param name="Layout">Where the gates are, in words.</param>
/// <param name="Name">The function with this layout, as text; without one where gates and values are tensors of their own.</param>
/// <param name="Calls">How frameworks call the function so.</param>
internal sealed record GateLayoutUse(Text Layout, string Name, IReadOnlyList<Spelling> Calls)
{
    /// <summary>What the layouts answer.</summary>
    public static Text Question { get; } = new("Which half is the gate?", "哪一半是门？");

    /// <summary>Why it matters.</summary>
    public static Text Warning { get; } = new(
        "One tensor often holds both. The gate is what is activated, whatever a library calls it; whoever takes the wrong half gets "
        + "other numbers and no error.",
        "两者常放在同一张量中。经过激活的一半是门，无论库如何称呼；取错一半，结果不同却不报错。");

    /// <summary>The head of the column of layouts.</summary>
    public static Text LayoutHead { get; } = new("Layout", "布局");

    /// <summary>The head of the column of frameworks.</summary>
    public static Text CallsHead { get; } = new("Who has it", "谁采用");

    private static readonly Text Apart = new("Two tensors", "两个张量");

    /// <summary>The layouts of a unit, those that nobody has too, and last who takes gates and values apart, if anybody does.</summary>
    public static IReadOnlyList<GateLayoutUse> Of(GatedActivation activation)
    {
        IReadOnlyList<Spelling> apart = CallsOf(activation);
        IEnumerable<GateLayoutUse> together = Enum.GetValues<GateLayout>()
            .Select(layout => (Layout: layout, Unit: activation.WithLayout(layout)))
            .Select(laid => new GateLayoutUse(Words(laid.Layout), laid.Unit.ToString(), [.. CallsOf(laid.Unit).Except(apart)]));
        return apart.Count > 0 ? [.. together, new(Apart, activation.ToString(), apart)] : [.. together];
    }

    // What a framework cannot say has no code.
    private static IReadOnlyList<Spelling> CallsOf(GatedActivation activation) =>
        [.. activation.Spellings.Where(spelling => spelling.Code.Length > 0)];

    private static Text Words(GateLayout layout) => layout switch
    {
        GateLayout.GateFirst => new("The first half gates, the second is the value", "前一半为门，后一半为值"),
        GateLayout.GateLast => new("The first half is the value, the second gates", "前一半为值，后一半为门"),
        GateLayout.Interleaved => new("In pairs, the gate before its value", "成对排列，门在值之前"),
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "No words are known for this layout."),
    };
}
