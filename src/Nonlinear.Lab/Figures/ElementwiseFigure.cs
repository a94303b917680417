using ScottPlot;

namespace Nonlinear.Lab.Figures;

/// <summary>Figures of elementwise functions.</summary>
internal static class ElementwiseFigure
{
    private const int Width = 760, Height = 460;

    public static Figure Of(ElementwiseActivation activation, (double From, double To)? range)
    {
        Plot plot = FigureStyle.NewPlot(Family.Title(activation), "x", "f(x), f′(x)");
        FigureStyle.AddOrigin(plot);
        (double from, double to) = range ?? activation.Info.FigureRange;
        IReadOnlyList<Member> family = Family.Of(activation);
        for (int i = 0; i < family.Count; i++)
        {
            ElementwiseActivation member = (ElementwiseActivation)family[i].Activation;
            string setting = family.Count == 1 ? "" : $",  {family[i].Setting}";
            // Alone, a function and its derivative differ in colour; in a family, a colour is a member.
            Color ofFunction = FigureStyle.ColorOf(i), ofDerivative = FigureStyle.ColorOf(family.Count == 1 ? 1 : i);
            Drawing.AddCurve(plot, new(member, derivative: false, from, to), $"f(x){setting}", ofFunction, LinePattern.Solid);
            Drawing.AddCurve(plot, new(member, derivative: true, from, to), $"f′(x){setting}", ofDerivative, LinePattern.Dashed);
        }
        plot.ShowLegend(Alignment.UpperLeft);
        FigureStyle.Frame(plot, from, to);
        return new($"{activation.Info.Title}: the function and its derivative", [plot], 1, Width, Height);
    }

    public static Figure Compare(IReadOnlyList<Activation> activations, bool derivative, (double From, double To)? range)
    {
        ElementwiseActivation[] functions = [.. activations.Select(Elementwise)];
        (double from, double to) = range ?? (functions.Min(f => f.Info.FigureRange.From), functions.Max(f => f.Info.FigureRange.To));
        string names = string.Join(", ", functions.Select(f => f.ToString()));
        Plot plot = FigureStyle.NewPlot(derivative ? $"Derivatives of {names}" : names, "x", derivative ? "f′(x)" : "f(x)");
        FigureStyle.AddOrigin(plot);
        LinePattern[] patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted];
        for (int i = 0; i < functions.Length; i++)
        {
            LinePattern pattern = patterns[i / FigureStyle.Palette.Count % patterns.Length];
            Drawing.AddCurve(plot, new(functions[i], derivative, from, to), functions[i].ToString(), FigureStyle.ColorOf(i), pattern);
        }
        plot.ShowLegend(Alignment.UpperLeft);
        FigureStyle.Frame(plot, from, to);
        return new(names, [plot], 1, Width, Height);
    }

    public static Figure Sheet(bool derivative)
    {
        const int Columns = 4, PanelWidth = 300, PanelHeight = 240;
        ElementwiseActivation[] functions = [.. Catalog.Tutorial.OfType<ElementwiseActivation>()];
        List<Plot> panels = [];
        for (int i = 0; i < functions.Length; i++)
        {
            Plot plot = FigureStyle.NewPlot(functions[i].Info.Title, "", "", 12);
            FigureStyle.AddOrigin(plot);
            Drawing.AddCurve(plot, new(functions[i], derivative, -5, 5), "", FigureStyle.Palette[derivative ? 1 : 0], LinePattern.Solid);
            // The same scales everywhere, so that the panels can be compared.
            plot.Axes.SetLimits(-5, 5, derivative ? -0.4 : -2.2, derivative ? 2 : 5);
            panels.Add(plot);
        }
        int rows = (panels.Count + Columns - 1) / Columns;
        string title = derivative ? "The derivatives of the tour's functions" : "The tour's functions";
        return new(title, panels, Columns, Columns * PanelWidth, rows * PanelHeight);
    }

    private static ElementwiseActivation Elementwise(Activation activation) => activation as ElementwiseActivation
        ?? throw new NotSupportedException($"{activation.Info.Name} is not a function of one number and has no curve; draw it alone.");
}
