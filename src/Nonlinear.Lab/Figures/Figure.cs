using System.Net;
using System.Text.RegularExpressions;
using Nonlinear.Lab.Figures.Pdf;
using ScottPlot;
using SkiaSharp;

namespace Nonlinear.Lab.Figures;

/// <summary>
/// A figure: one plot or several beside and below each other, as SVG, PDF or PNG. The same figure always gives the same bytes.
/// </summary>
public sealed partial class Figure : IDisposable
{
    private const double PixelsPerInch = 96, PointsPerInch = 72, LeastPoints = 7, DotsPerInch = 300;

    private readonly string _title;
    private readonly IReadOnlyList<Plot> _panels;
    private readonly int _columns, _width, _height;

    private FigureSettings _settings = new();

    internal Figure(string title, IReadOnlyList<Plot> panels, int columns, int width, int height)
    {
        (_title, _panels, _columns) = (title, panels, columns);
        (_width, _height) = (width, height);
    }

    /// <summary>The width in pixels of 1/96 inch.</summary>
    public int Width => _settings.Size is { } size ? (int)Math.Round(size.Width * size.PixelsPerUnit) : _width;

    /// <summary>The height in pixels of 1/96 inch.</summary>
    public int Height =>
        _settings.Size is { } size ? (int)Math.Round(size.Height * size.PixelsPerUnit) : _height + (Legend?.Height ?? 0);

    /// <summary>The plots, row by row.</summary>
    internal IReadOnlyList<Plot> Panels => _panels;

    /// <summary>A legend below the panels, if they share one.</summary>
    internal FigureLegend? Legend { get; set; }

    /// <summary>The legend of the figure where it is narrow, if it has another than where it is wide.</summary>
    internal FigureLegend? NarrowLegend { get; set; }

    /// <summary>The width of the figure where it is narrow: that of a telephone, or what its cells need.</summary>
    internal int NarrowWidth { get; set; } = 400;

    /// <summary>The height of a panel where the figure is narrow, if it is another than where it is wide.</summary>
    internal int? NarrowPanelHeight { get; set; }

    /// <summary>The names of the curves beside the only panel, if they have some.</summary>
    internal CurveLabels? Labels { get; set; }

    /// <summary>Its paper, ink and letters.</summary>
    internal FigureLook Look { get; private set; } = FigureLook.Usual;

    /// <summary>The width that it is laid out in, with letters and lines of one size in all figures, and then scaled.</summary>
    internal int LayoutWidth => (int)Math.Round(Width / Scale);

    /// <summary>The height that it is laid out in.</summary>
    internal int LayoutHeight => (int)Math.Round(Height / Scale);

    /// <summary>The size of a panel in the layout.</summary>
    internal (double Width, double Height) PanelSize
    {
        get
        {
            int height = LayoutHeight - (Legend?.Height ?? 0), columns = Columns(LayoutWidth, height);
            return ((double)LayoutWidth / columns, (double)height / Rows(columns));
        }
    }

    private double Scale => _settings switch
    {
        { FontSize: { } points } => points / PointsPerInch * PixelsPerInch / FigureStyle.FontSize,
        { Size: not null } => Math.Max(LeastPoints / PointsPerInch * PixelsPerInch / FigureStyle.FontSize, (double)Width / _width),
        _ => 1,
    };

    /// <summary>
    /// The figure that suits an activation: an elementwise function with its derivative, one curve for each example of its parameter; a
    /// function along an axis by the outputs of a vector and their Jacobian; a pooled one by its pieces and their upper envelope; a widened
    /// one by its outputs for one input; a gated one by slices and its surface.
    /// </summary>
    /// <param name="activation">The activation.</param>
    /// <param name="settings">How the figure is to look; by default as suits the activation.</param>
    /// <exception cref="ArgumentException">It cannot look so: a font is not installed, or it is not drawn as curves over x.</exception>
    public static Figure Of(Activation activation, FigureSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(activation);
        settings ??= new();
        if (activation is ElementwiseActivation elementwise)
            return ElementwiseFigure.Of(elementwise, settings);
        settings.MustNotAskForOneAxis(activation.Info.Name);
        Figure figure = activation switch
        {
            AxisActivation axis => AxisFigure.Of(axis, settings),
            PooledActivation pooled => PooledFigure.Of(pooled, settings),
            WidenedActivation widened => WidenedFigure.Of(widened, settings),
            GatedActivation gated => GatedFigure.Of(gated, settings),
            _ => throw new ArgumentOutOfRangeException(nameof(activation)),
        };
        return figure.Dressed(settings);
    }

    /// <summary>Several elementwise functions, or their derivatives, on the same axes.</summary>
    /// <param name="activations">The functions, at least one.</param>
    /// <param name="derivative">Whether to draw the derivatives.</param>
    /// <param name="settings">How the figure is to look; by default as suits the functions.</param>
    /// <exception cref="NotSupportedException">One of the functions is not elementwise.</exception>
    /// <exception cref="ArgumentException">It cannot look so: a font is not installed.</exception>
    public static Figure Compare(IReadOnlyList<Activation> activations, bool derivative = false, FigureSettings? settings = null) =>
        ElementwiseFigure.Compare(activations, derivative, settings ?? new());

    /// <summary>Two functions of one number: both curves, their slopes, and the difference, side by side.</summary>
    /// <param name="first">The first function.</param>
    /// <param name="second">The second.</param>
    /// <param name="settings">How the figure is to look; by default over a stretch of x that suits both.</param>
    /// <exception cref="ArgumentException">It cannot look so: a font is not installed, or three panels have no such place.</exception>
    public static Figure Difference(ElementwiseActivation first, ElementwiseActivation second, FigureSettings? settings = null)
    {
        settings ??= new();
        settings.MustNotAskForOneAxis("a difference");
        return DifferenceFigure.Of(first, second, settings).Dressed(settings);
    }

    /// <summary>
    /// All elementwise functions of the catalogue, or all their derivatives, each in a panel of its own on the same scales.
    /// </summary>
    /// <param name="derivative">Whether to draw the derivatives.</param>
    /// <param name="settings">How the figure is to look.</param>
    /// <exception cref="ArgumentException">It cannot look so: a font is not installed.</exception>
    public static Figure Sheet(bool derivative, FigureSettings? settings = null)
    {
        settings ??= new();
        settings.MustNotAskForOneAxis("a sheet");
        return ElementwiseFigure.Sheet(derivative, settings).Dressed(settings);
    }

    /// <summary>The figure as an SVG document without references to anything outside.</summary>
    public string ToSvg()
    {
        using MemoryStream stream = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(LayoutWidth, LayoutHeight), stream))
            Render(canvas);
        string svg = WithOwnNames(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        int end = svg.IndexOf('>', svg.IndexOf("<svg", StringComparison.Ordinal)) + 1;
        string opened = Measures().Replace(svg[..(end - 1)], "");
        string size = _settings.Size is { IsOnPaper: true } paper
            ? FormattableString.Invariant($"width=\"{paper.Width}{paper.Unit}\" height=\"{paper.Height}{paper.Unit}\"")
            : $"width=\"{Width}\" height=\"{Height}\"";
        return $"{opened} {size} viewBox=\"0 0 {LayoutWidth} {LayoutHeight}\" role=\"img\">"
            + $"<title>{WebUtility.HtmlEncode(_title)}</title>{svg[end..]}";
    }

    // Skia names clip paths by a counter of the process; numbered anew, they do not depend on what was drawn before.
    private static string WithOwnNames(string svg)
    {
        Dictionary<string, string> names = [];
        return ClipName().Replace(svg, found =>
        {
            if (!names.TryGetValue(found.Value, out string? name))
                names.Add(found.Value, name = FormattableString.Invariant($"clip-{names.Count}"));
            return name;
        });
    }

    [GeneratedRegex(@"\bcl_[0-9a-f]+\b")]
    private static partial Regex ClipName();

    [GeneratedRegex(@"\s(?:width|height|viewBox)=""[^""]*""")]
    private static partial Regex Measures();

    /// <summary>The figure as a PDF file of one page of its size, with letters that can be searched and enlarged.</summary>
    public byte[] ToPdf()
    {
        using MemoryStream stream = new();
        using (SKDocument document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = _title, Creator = "Nonlinear" }))
        {
            float points = (float)(PointsPerInch / PixelsPerInch);
            using SKCanvas canvas = document.BeginPage(Width * points, Height * points);
            canvas.Scale((float)Scale * points);
            Render(canvas);
            document.EndPage();
            document.Close();
        }
        return PdfFonts.Reduce(stream.ToArray());
    }

    /// <summary>The figure as a PNG file.</summary>
    /// <param name="scale">Pixels of the file for each pixel of the figure.</param>
    public byte[] ToPng(float scale = 1)
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo((int)Math.Round(Width * scale), (int)Math.Round(Height * scale)));
        surface.Canvas.Scale(scale * (float)Scale);
        Render(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>
    /// Writes the figure to a file, as its name says; the file appears whole or not at all. A PNG has two pixels for each of the figure, or
    /// 300 an inch if its size was given in units of length.
    /// </summary>
    /// <exception cref="ArgumentException">The name ends neither in .svg nor in .pdf nor in .png.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        byte[] content = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".SVG" => System.Text.Encoding.UTF8.GetBytes(ToSvg()),
            ".PDF" => ToPdf(),
            ".PNG" => ToPng(_settings.Size is { IsOnPaper: true } ? (float)(DotsPerInch / PixelsPerInch) : 2),
            _ => throw new ArgumentException($"'{path}' must end in .svg, .pdf or .png.", nameof(path)),
        };
        WholeFile.Write(path, content);
    }

    /// <summary>Frees what the drawing library holds.</summary>
    public void Dispose()
    {
        foreach (Plot panel in _panels)
            panel.Dispose();
    }

    /// <summary>
    /// The figure for a screen as narrow as a telephone's: its panels below each other, its letters as large as ever. It shares the panels
    /// with this one, which is not drawn again.
    /// </summary>
    internal Figure Narrow()
    {
        // A panel may lose a third of its width, and a telephone shows letters a little smaller.
        const double Least = 0.66, Shown = 0.85;
        int columns = Math.Max(1, (int)(NarrowWidth / ((double)_width / _columns * Least)));
        int height = (NarrowPanelHeight ?? (_height / Rows(_columns))) * Rows(columns);
        if (NarrowLegend is not null)
            _panels[0].HideLegend();
        FigureLegend? legend = NarrowLegend ?? Legend;
        legend = legend is null ? null : FigureLegend.Of(legend.Entries, NarrowWidth, Look);
        return new(_title, _panels, columns, NarrowWidth, height)
        {
            Look = Look,
            Legend = legend,
            _settings = new()
            {
                Size = new(Shown * NarrowWidth, Shown * (height + (legend?.Height ?? 0)), "px"),
                FontSize = Shown * FigureStyle.FontSize * PointsPerInch / PixelsPerInch,
            },
        };
    }

    /// <summary>The figure as large as somebody wants it, for those whose panels depend on their size.</summary>
    internal Figure Sized(FigureSettings settings)
    {
        _settings = settings;
        return this;
    }

    /// <summary>The figure as somebody wants it to look.</summary>
    /// <exception cref="ArgumentException">A font is not installed.</exception>
    internal Figure Dressed(FigureSettings settings)
    {
        Sized(settings);
        Look = FigureLook.Of(settings);
        // On paper a caption says what a figure is; of several panels each needs its name.
        string? title = settings is { Title: null, Size.IsOnPaper: true } && _panels.Count == 1 ? "" : settings.Title;
        if (title is not null)
            _panels[0].Title(title, FigureStyle.FontSize + 3);
        foreach (Plot panel in _panels)
            Look.Dress(panel);
        return this;
    }

    // Beside and below each other as the figure was designed; at a size that somebody chose, so that each panel is nearest in its shape to
    // what it was designed for.
    private int Columns(int width, int height)
    {
        if (_settings.Size is null)
            return _columns;
        double designed = (double)_width / _columns / (_height / Rows(_columns));
        return Enumerable.Range(1, _panels.Count).MinBy(columns =>
            Math.Abs(Math.Log((double)width / columns / ((double)height / Rows(columns)) / designed)));
    }

    private int Rows(int columns) => (_panels.Count + columns - 1) / columns;

    private void Render(SKCanvas canvas)
    {
        canvas.Clear(Look.Paper.ToSKColor());
        int width = LayoutWidth, height = LayoutHeight - (Legend?.Height ?? 0);
        int columns = Columns(width, height), rows = Rows(columns);
        using SKNoDrawCanvas unseen = new(width, height);
        for (int i = 0; i < _panels.Count; i++)
        {
            (int row, int column) = (i / columns, i % columns);
            float left = width * column / columns, right = width * (column + 1) / columns;
            float top = height * row / rows, bottom = height * (row + 1) / rows;
            PixelRect place = new(left, right, bottom, top);
            // A plot finds its layout when it is first drawn, and then is drawn anew upon itself: every letter would be there twice.
            _panels[i].Render(unseen, place);
            _panels[i].Render(canvas, place);
        }
        Labels?.Render(canvas, _panels[0], Look);
        Legend?.Render(canvas, width, height, Look);
    }
}
