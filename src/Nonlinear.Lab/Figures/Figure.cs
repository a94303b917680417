using System.Net;
using System.Text.RegularExpressions;
using ScottPlot;
using SkiaSharp;

namespace Nonlinear.Lab.Figures;

/// <summary>
/// A figure: one plot or several beside and below each other, as SVG or PNG. The same figure always gives the same bytes.
/// </summary>
public sealed partial class Figure : IDisposable
{
    private readonly string _title;
    private readonly IReadOnlyList<Plot> _panels;
    private readonly int _columns;

    private readonly int _panelHeight;

    internal Figure(string title, IReadOnlyList<Plot> panels, int columns, int width, int height)
    {
        (_title, _panels, _columns) = (title, panels, columns);
        (Width, _panelHeight) = (width, height);
    }

    /// <summary>The width in pixels.</summary>
    public int Width { get; }

    /// <summary>The height in pixels.</summary>
    public int Height => _panelHeight + (Legend?.Height ?? 0);

    /// <summary>The plots, row by row.</summary>
    internal IReadOnlyList<Plot> Panels => _panels;

    /// <summary>A legend below the panels, if they share one.</summary>
    internal FigureLegend? Legend { get; init; }

    /// <summary>
    /// The figure that suits an activation: an elementwise function with its derivative, one curve for each example of its parameter; a
    /// function along an axis by the outputs of a vector and their Jacobian; a pooled one by its pieces and their upper envelope; a widened
    /// one by its outputs for one input; a gated one by slices and its surface.
    /// </summary>
    /// <param name="activation">The activation.</param>
    /// <param name="range">The stretch of the x axis for an elementwise function; by default one that suits it.</param>
    public static Figure Of(Activation activation, (double From, double To)? range = null) => activation switch
    {
        ElementwiseActivation elementwise => ElementwiseFigure.Of(elementwise, range),
        AxisActivation axis => AxisFigure.Of(axis),
        PooledActivation pooled => PooledFigure.Of(pooled),
        WidenedActivation widened => WidenedFigure.Of(widened),
        GatedActivation gated => GatedFigure.Of(gated, range),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    /// <summary>Several elementwise functions, or their derivatives, on the same axes.</summary>
    /// <param name="activations">The functions, at least one.</param>
    /// <param name="derivative">Whether to draw the derivatives.</param>
    /// <param name="range">The stretch of the x axis; by default one that suits all of them.</param>
    /// <exception cref="NotSupportedException">One of the functions is not elementwise.</exception>
    public static Figure Compare(IReadOnlyList<Activation> activations, bool derivative = false, (double From, double To)? range = null) =>
        ElementwiseFigure.Compare(activations, derivative, range);

    /// <summary>Two functions of one number: both curves, their slopes, and the difference, side by side.</summary>
    /// <param name="first">The first function.</param>
    /// <param name="second">The second.</param>
    /// <param name="range">The stretch of the x axis; by default one that suits both.</param>
    public static Figure Difference(
        ElementwiseActivation first, ElementwiseActivation second, (double From, double To)? range = null) =>
        DifferenceFigure.Of(first, second, range);

    /// <summary>
    /// All elementwise functions of the catalogue, or all their derivatives, each in a panel of its own on the same scales.
    /// </summary>
    public static Figure Sheet(bool derivative) => ElementwiseFigure.Sheet(derivative);

    /// <summary>The figure as an SVG document without references to anything outside.</summary>
    public string ToSvg()
    {
        using MemoryStream stream = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), stream))
            Render(canvas);
        string svg = WithOwnNames(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        int end = svg.IndexOf('>', svg.IndexOf("<svg", StringComparison.Ordinal)) + 1;
        string opened = svg[..(end - 1)];
        string box = opened.Contains("viewBox", StringComparison.Ordinal) ? "" : $" viewBox=\"0 0 {Width} {Height}\"";
        return $"{opened}{box} role=\"img\"><title>{WebUtility.HtmlEncode(_title)}</title>{svg[end..]}";
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

    /// <summary>The figure as a PNG file.</summary>
    /// <param name="scale">Pixels of the file for each pixel of the figure.</param>
    public byte[] ToPng(float scale = 1)
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo((int)(Width * scale), (int)(Height * scale)));
        surface.Canvas.Scale(scale);
        Render(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Writes the figure to a file, as its name says; the file appears whole or not at all.</summary>
    /// <exception cref="ArgumentException">The name ends neither in .svg nor in .png.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        byte[] content = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".SVG" => System.Text.Encoding.UTF8.GetBytes(ToSvg()),
            ".PNG" => ToPng(2),
            _ => throw new ArgumentException($"'{path}' must end in .svg or .png.", nameof(path)),
        };
        WholeFile.Write(path, content);
    }

    /// <summary>Frees what the drawing library holds.</summary>
    public void Dispose()
    {
        foreach (Plot panel in _panels)
            panel.Dispose();
    }

    private void Render(SKCanvas canvas)
    {
        canvas.Clear(SKColors.White);
        int rows = (_panels.Count + _columns - 1) / _columns;
        for (int i = 0; i < _panels.Count; i++)
        {
            (int row, int column) = (i / _columns, i % _columns);
            float left = Width * column / _columns, right = Width * (column + 1) / _columns;
            float top = _panelHeight * row / rows, bottom = _panelHeight * (row + 1) / rows;
            _panels[i].Render(canvas, new PixelRect(left, right, bottom, top));
        }
        Legend?.Render(canvas, Width, _panelHeight);
    }
}
