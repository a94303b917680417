using ScottPlot;
using SkiaSharp;

namespace Nonlinear.Lab.Figures;

/// <summary>A legend below the panels of a figure, for lines that mean the same in all of them.</summary>
/// <param name="Height">The height it takes.</param>
/// <param name="Columns">How many entries stand beside each other.</param>
/// <param name="Entries">The lines.</param>
internal sealed record FigureLegend(int Height, int Columns, IReadOnlyList<(string Label, Color Colour, LinePattern Pattern)> Entries)
{
    private const float LineLength = 30, Gap = 8, TextSize = 13, Margin = 24, RowHeight = 24, Apart = 38;

    /// <summary>A legend with as many entries beside each other as a width has room for.</summary>
    public static FigureLegend Of(IReadOnlyList<(string Label, Color Colour, LinePattern Pattern)> entries, int width, FigureLook look)
    {
        float widest = entries.Max(entry => WidthOf(entry.Label, look));
        int columns = Math.Clamp((int)((width - (2 * Margin)) / (LineLength + Gap + widest + Apart)), 1, entries.Count);
        return new(((entries.Count + columns - 1) / columns * (int)RowHeight) + 12, columns, entries);
    }

    /// <summary>Draws it.</summary>
    public void Render(SKCanvas canvas, int width, int top, FigureLook look)
    {
        float column = (width - (2 * Margin)) / Columns;
        using SKPaint text = new() { Color = look.Ink.ToSKColor(), IsAntialias = true };
        for (int i = 0; i < Entries.Count; i++)
        {
            (string label, Color colour, LinePattern pattern) = Entries[i];
            using SKTypeface typeface = SKTypeface.FromFamilyName(look.FontOf(label));
            using SKFont font = new(typeface, TextSize);
            float x = Margin + (i % Columns * column), y = top + (RowHeight / 2) + (i / Columns * RowHeight);
            using SKPaint line = new() { Color = look.Of(colour).ToSKColor(), StrokeWidth = 2.5f, IsStroke = true, IsAntialias = true };
            float[] dashes = pattern.Name == LinePattern.Dotted.Name ? [2, 4] : pattern.Name == LinePattern.Dashed.Name ? [8, 5] : [5, 2];
            using SKPathEffect? effect = pattern.Name == LinePattern.Solid.Name ? null : SKPathEffect.CreateDash(dashes, 0);
            line.PathEffect = effect;
            canvas.DrawLine(x, y, x + LineLength, y, line);
            canvas.DrawText(label, x + LineLength + Gap, y + (TextSize / 3), SKTextAlign.Left, font, text);
        }
    }

    private static float WidthOf(string label, FigureLook look)
    {
        using SKTypeface typeface = SKTypeface.FromFamilyName(look.FontOf(label));
        using SKFont font = new(typeface, TextSize);
        return font.MeasureText(label);
    }
}
