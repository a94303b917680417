using Nonlinear.Lab.Markup;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Nonlinear.Lab.Figures;

/// <summary>Paper, ink and letters of a figure.</summary>
/// <param name="Font">The family of the letters.</param>
/// <param name="ChineseFont">The family of texts with Chinese letters: few families have those, and fewer of these have indices.</param>
/// <param name="Paper">What it is drawn on.</param>
/// <param name="Ink">Letters.</param>
/// <param name="Axis">The frame, and the lines through the origin.</param>
/// <param name="Grid">The grid.</param>
internal sealed record FigureLook(string Font, string ChineseFont, Color Paper, Color Ink, Color Axis, Color Grid)
{
    // The first that is installed has Latin and Greek letters as well.
    private static readonly string[] ChineseFonts =
    [
        "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
        "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei",
    ];

    /// <summary>As figures look by default.</summary>
    public static FigureLook Usual { get; } =
        new(FigureStyle.Font, FigureStyle.Font, Colors.White, FigureStyle.Ink, FigureStyle.Axis, FigureStyle.Grid);

    /// <summary>
    /// The language of figures on a page: where nothing can draw Chinese letters a figure in English says more than none.
    /// </summary>
    public static Language LanguageFor(Language page) => page == Language.Chinese && Chinese() is null ? Language.English : page;

    // Radicals, then punctuation and letters.
    private const char FirstChineseLetter = '\u2E80';

    private bool IsDark => Paper != Colors.White;

    /// <summary>As somebody wants it.</summary>
    /// <exception cref="ArgumentException">The font is not installed.</exception>
    public static FigureLook Of(FigureSettings settings)
    {
        FigureLook look = settings switch
        {
            { Font: { } asked } => Usual with { Font = Installed(asked), ChineseFont = Installed(asked) },
            { IsChinese: true } => Usual with { ChineseFont = FirstChinese() },
            _ => Usual,
        };
        return settings.IsDark
            ? look with
            {
                Paper = Color.FromHex("#14171C"), Ink = Color.FromHex("#E9EBEF"), Axis = Color.FromHex("#7A8494"),
                Grid = Color.FromHex("#2A3039"),
            }
            : look;
    }

    /// <summary>A curve's colour on this paper: black is white in the dark.</summary>
    public Color Of(Color colour) => IsDark && colour == Colors.Black ? Colors.White : colour;

    /// <summary>The family of a text.</summary>
    public string FontOf(string text) => text.Any(letter => letter >= FirstChineseLetter) ? ChineseFont : Font;

    /// <summary>Gives a plot this look.</summary>
    public void Dress(Plot plot)
    {
        plot.Font.Set(Font);
        DressLegend(plot);
        SetFont(plot.Axes.Title.Label);
        foreach (IAxis axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            SetFont(axis.Label);
            axis.TickLabelStyle.Font = Fonts.GetTypeface(FontOf(WordsBeside(axis)), bold: false, italic: false);
        }
        foreach (ScottPlot.Plottables.Text text in plot.GetPlottables<ScottPlot.Plottables.Text>())
            text.LabelFontName = Font;
        foreach (BarPlot bars in plot.GetPlottables<BarPlot>())
            (bars.ValueLabelStyle.FontName, bars.ValueLabelStyle.ForeColor) = (Font, Ink);
        if (!IsDark)
            return;
        plot.FigureBackground.Color = Paper;
        plot.DataBackground.Color = Paper;
        plot.Axes.Color(Ink);
        plot.Axes.FrameColor(Axis);
        plot.Axes.Title.Label.ForeColor = Ink;
        plot.Grid.MajorLineColor = Grid;
        plot.Legend.BackgroundColor = Paper;
        plot.Legend.FontColor = Ink;
        plot.Legend.OutlineColor = Grid;
        foreach (AxisLine line in plot.GetPlottables<AxisLine>())
            line.Color = Axis;
        foreach (Scatter curve in plot.GetPlottables<Scatter>())
            curve.LineColor = Of(curve.LineColor);
        foreach (Marker dot in plot.GetPlottables<Marker>())
            dot.Color = Of(dot.Color);
    }

    // A legend has one family for all entries, unless these are made by hand.
    private void DressLegend(Plot plot)
    {
        LegendItem[] items = [.. plot.Legend.GetItems()];
        if (items.All(item => FontOf(item.LabelText) == Font))
            return;
        foreach (LegendItem item in items)
            SetFont(item.LabelStyle, item.LabelText);
        foreach (Scatter curve in plot.GetPlottables<Scatter>())
            curve.LegendText = "";
        plot.Legend.ManualItems.AddRange(items);
    }

    // Where ticks are words: they are there once they have been asked for.
    private static string WordsBeside(IAxis axis)
    {
        if (axis.TickGenerator is not NumericManual words)
            return "";
        using Paint paint = Paint.NewDisposablePaint();
        words.Regenerate(new(double.MinValue, double.MaxValue), axis.Edge, default, paint, axis.TickLabelStyle);
        return string.Concat(words.Ticks.Select(tick => tick.Label));
    }

    private void SetFont(LabelStyle label, string? text = null) =>
        label.Font = Fonts.GetTypeface(FontOf(text ?? label.Text), bold: false, italic: false);

    private static string Installed(string asked)
    {
        string[] families = [.. SKFontManager.Default.FontFamilies];
        return families.FirstOrDefault(family => family.Equals(asked, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"No font '{asked}' is installed here; there are: {string.Join(", ", families.Order(StringComparer.Ordinal).Take(12))}"
                + (families.Length > 12 ? " …" : "."));
    }

    private static string? Chinese() => ChineseFonts.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains);

    private static string FirstChinese() => Chinese() ?? throw new ArgumentException(
        $"No Chinese font is installed here: install one, such as {ChineseFonts[0]}, or name one that has Chinese letters.");
}
