using ScottPlot;

namespace Nonlinear.Lab.Figures;

/// <summary>Figures of elementwise functions.</summary>
internal static class ElementwiseFigure
{
    private const int Width = 760, Height = 460;

    public static Figure Of(ElementwiseActivation activation, FigureSettings settings)
    {
        (double from, double to) = settings.Range ?? activation.Info.FigureRange;
        IReadOnlyList<Member> family = Family.Of(activation);
        List<NamedCurve> curves = [];
        for (int i = 0; i < family.Count; i++)
        {
            ElementwiseActivation member = (ElementwiseActivation)family[i].Activation;
            string setting = family.Count == 1 ? "" : $",  {family[i].Setting}";
            // Alone, a function and its derivative differ in colour; in a family, a colour is a member.
            Color ofFunction = FigureStyle.ColorOf(i), ofDerivative = FigureStyle.ColorOf(family.Count == 1 ? 1 : i);
            curves.Add(new($"f(x){setting}", new(member, derivative: false, from, to), ofFunction, LinePattern.Solid));
            curves.Add(new($"f′(x){setting}", new(member, derivative: true, from, to), ofDerivative, LinePattern.Dashed));
        }
        string title = activation.Info.Title;
        return CurveFigure.Of(
            settings.Say($"{title}: the function and its derivative", $"{title}：函数及其导数"),
            Family.Title(activation),
            "f(x), f′(x)",
            Coincidence.Widened(curves, from, to),
            (from, to),
            (Width, Height),
            settings);
    }

    public static Figure Compare(IReadOnlyList<Activation> activations, bool derivative, FigureSettings settings)
    {
        ElementwiseActivation[] functions = [.. activations.Select(Elementwise)];
        (double from, double to) = settings.Range
            ?? (functions.Min(f => f.Info.FigureRange.From), functions.Max(f => f.Info.FigureRange.To));
        string names = string.Join(", ", functions.Select(Family.Name));
        return CurveFigure.Of(
            names,
            derivative ? settings.Say($"Derivatives of {names}", $"{names} 的导数") : names,
            derivative ? "f′(x)" : "f(x)",
            Coincidence.Dashed(
                [.. functions.Select((function, i) => new NamedCurve(
                    Family.Name(function), new(function, derivative, from, to), FigureStyle.ColorOf(i), LinePattern.Solid))],
                from,
                to),
            (from, to),
            (Width, Height),
            settings);
    }

    public static Figure Sheet(bool derivative, FigureSettings settings)
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
        string title = derivative
            ? settings.Say("The derivatives of the tour's functions", "导览中各函数的导数")
            : settings.Say("The tour's functions", "导览中的函数");
        return new(title, panels, Columns, Columns * PanelWidth, rows * PanelHeight);
    }

    private static ElementwiseActivation Elementwise(Activation activation) => activation as ElementwiseActivation
        ?? throw new NotSupportedException($"{activation.Info.Name} is not a function of one number and has no curve; draw it alone.");
}
