using ScottPlot;
using ScottPlot.Plottables;

namespace Nonlinear.Lab.Figures;

/// <summary>Figures of pooled functions: affine pieces of one variable, and the upper envelope that is kept of them.</summary>
internal static class PooledFigure
{
    private const int Points = 241, MostPieces = 8;

    // In a narrower panel the formulas of the pieces would cover them: the wide line is the envelope, the dashed ones are the pieces.
    private const double LeastForLegend = 380;

    public static Figure Of(PooledActivation activation, FigureSettings settings)
    {
        IReadOnlyList<Member> family = Family.Of(activation);
        PooledActivation[] members = family.Count == 1
            ? [activation]
            : [(PooledActivation)family[0].Activation, (PooledActivation)family[^1].Activation];
        Plot[] panels = [.. members.Select(member => FigureStyle.NewPlot(
            settings.Say($"{activation.Info.Title} of {member.Pieces} pieces", $"{member.Pieces} 段的 {activation.Info.Title}"), "x", "y"))];
        Figure figure = new Figure(
            settings.Say(
                $"{activation.Info.Title}: its pieces and their upper envelope", $"{activation.Info.Title}：各段及其上包络"),
            panels,
            members.Length,
            members.Length * 480,
            440).Sized(settings);
        for (int i = 0; i < members.Length; i++)
            Fill(panels[i], members[i], figure.PanelSize.Width >= LeastForLegend, settings);
        return figure;
    }

    private static void Fill(Plot plot, PooledActivation activation, bool hasLegend, FigureSettings settings)
    {
        // Tangents of the parabola x²/4, from the left to the right: each is the largest somewhere.
        int pieces = Math.Min(activation.Pieces, MostPieces);
        (double from, double to) = settings.Range ?? activation.Info.FigureRange;
        double[] touch = [.. Enumerable.Range(0, pieces).Select(k => from + ((to - from) * (k + 0.5) / pieces))];
        double[] x = [.. Enumerable.Range(0, Points).Select(i => from + ((to - from) * i / (Points - 1)))];
        double[] groups = [.. x.SelectMany(at => touch.Select(t => Tangent(t, at)))];
        double[] envelope = new double[Points];
        Activation.Maxout(pieces).Forward(groups, envelope);
        Curve.MustBeDrawable(x.Concat(groups));

        FigureStyle.AddOrigin(plot);
        Scatter kept = plot.Add.ScatterLine(x, envelope, FigureStyle.Palette[0].WithAlpha(0.35));
        kept.LineWidth = 9;
        kept.LegendText = settings.Say("y, the largest piece", "y，最大的一段");
        for (int k = 0; k < pieces; k++)
        {
            double[] ends = [from, to], heights = [Tangent(touch[k], from), Tangent(touch[k], to)];
            Scatter piece = plot.Add.ScatterLine(ends, heights, FigureStyle.ColorOf(k + 1));
            piece.LineWidth = FigureStyle.CurveWidth - 0.5f;
            piece.LinePattern = LinePattern.Dashed;
            piece.LegendText = touch[k] == 0
                ? "0"
                : FormattableString.Invariant($"{touch[k] / 2:0.##} x − {touch[k] * touch[k] / 4:0.##}").Replace('-', '−');
        }
        if (hasLegend)
            plot.ShowLegend(Alignment.UpperCenter);
        else
            plot.HideLegend();
        FigureStyle.Frame(plot, from, to);
        plot.Axes.SetLimitsY(envelope.Min() - 1.5, envelope.Max() + 2);
    }

    private static double Tangent(double touch, double x) => (touch * x / 2) - (touch * touch / 4);
}
