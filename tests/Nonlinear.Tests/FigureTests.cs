using System.Xml.Linq;
using Nonlinear.Lab.Figures;
using SkiaSharp;

namespace Nonlinear.Tests;

public class FigureTests
{
    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Every_function_has_a_figure_in_both_formats(string name)
    {
        using Figure figure = Figure.Of(Activation.Parse(name));
        XElement svg = XElement.Parse(figure.ToSvg());
        Assert.Equal($"0 0 {figure.Width} {figure.Height}", svg.Attribute("viewBox")!.Value);
        Assert.Contains(
            Catalog.All.Single(info => info.Name == name).Title,
            svg.Descendants().First(element => element.Name.LocalName == "title").Value,
            StringComparison.Ordinal);
        Assert.True(svg.Descendants().Count(element => element.Name.LocalName == "path") > 2);
        Assert.DoesNotContain("href=\"http", figure.ToSvg(), StringComparison.Ordinal);

        using SKBitmap bitmap = SKBitmap.Decode(figure.ToPng());
        Assert.Equal((figure.Width, figure.Height), (bitmap.Width, bitmap.Height));
        // Axes, grid and at least one colour of a curve.
        Assert.True(bitmap.Pixels.Distinct().Count() > 20);
    }

    [Fact]
    public void The_same_figure_has_the_same_bytes()
    {
        using Figure one = Figure.Of(Activation.Gelu()), other = Figure.Of(Activation.Gelu());
        Assert.Equal(one.ToSvg(), other.ToSvg());
        Assert.Equal(one.ToPng(), other.ToPng());
    }

    [Theory]
    [InlineData("relu", false, 1)]
    [InlineData("relu", true, 2)]
    [InlineData("elu", true, 1)]
    [InlineData("elu(alpha=2)", true, 2)]
    [InlineData("selu", true, 2)]
    [InlineData("gelu", true, 1)]
    public void A_curve_breaks_where_it_jumps_and_nowhere_else(string name, bool derivative, int pieces)
    {
        Curve curve = new((ElementwiseActivation)Activation.Parse(name), derivative, -4, 4);
        Assert.Equal(pieces, curve.Segments.Count);
        Assert.Equal(-4, curve.Segments[0].X[0]);
        Assert.Equal(4, curve.Segments[^1].X[^1]);
        if (pieces == 2)
        {
            Assert.Equal(0, curve.Segments[0].X[^1]);
            Assert.Equal(double.Epsilon, curve.Segments[1].X[0]);
        }
    }

    [Fact]
    public void A_kink_is_a_point_of_its_curve() =>
        Assert.Contains(0, new Curve(Activation.Relu(), derivative: false, -3.7, 4.1).Segments[0].X);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_sheets_hold_every_elementwise_function_of_the_tour(bool derivative)
    {
        using Figure sheet = Figure.Sheet(derivative);
        // Each panel clips its curves to its own frame; the letters of titles are single pieces of text.
        string svg = sheet.ToSvg();
        Assert.All(
            Catalog.Tutorial.OfType<ElementwiseActivation>(),
            activation => Assert.Contains(activation.Info.Title.Split(' ')[0], svg, StringComparison.Ordinal));
    }

    // Far from 0, narrow, and so wide that labels need exponents.
    [Theory]
    [InlineData(-10, -5, "−10", "−5")]
    [InlineData(1, 1.0001, "1", "1.00002")]
    [InlineData(-1e9, 1e9, "−10⁹", "10⁹")]
    [InlineData(0.1, 0.4, "0.1", "0.3")]
    public void A_range_is_drawn_as_it_was_asked_for(double from, double to, string first, string later)
    {
        using Figure figure = Figure.Of(Activation.Tanh(), (from, to));
        using Figure pair = Figure.Compare([Activation.Tanh(), Activation.Sigmoid()], range: (from, to));
        using Figure difference = Figure.Difference(Activation.Tanh(), Activation.Sigmoid(), (from, to));
        foreach (Figure drawn in (Figure[])[figure, pair, difference])
        {
            foreach (ScottPlot.Plot panel in drawn.Panels)
                Assert.Equal((from, to), (panel.Axes.GetLimits().Left, panel.Axes.GetLimits().Right));
        }
        IEnumerable<string> texts = XElement.Parse(figure.ToSvg()).Descendants()
            .Where(part => part.Name.LocalName == "text").Select(text => text.Value.Trim()).ToArray();
        Assert.Contains(first, texts);
        Assert.Contains(later, texts);
        // A minus sign, not a hyphen.
        Assert.DoesNotContain(texts, text => text.StartsWith('-'));
    }

    [Fact]
    public void Functions_can_share_axes_unless_they_have_no_curve()
    {
        using Figure figure = Figure.Compare([Activation.Relu(), Activation.Gelu()], derivative: true, (-3, 3));
        Assert.NotEmpty(figure.ToPng());
        Assert.Throws<NotSupportedException>(() => Figure.Compare([Activation.Relu(), Activation.Softmax()]));
    }

    [Fact]
    public void A_file_is_written_as_its_name_says_or_not_at_all()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        using Figure figure = Figure.Of(Activation.Tanh());
        figure.Save(Path.Combine(folder, "a.svg"));
        figure.Save(Path.Combine(folder, "b.png"));
        Assert.StartsWith("<?xml", File.ReadAllText(Path.Combine(folder, "a.svg")), StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(folder, "b.png"))[..4]);
        Assert.Throws<ArgumentException>(() => figure.Save(Path.Combine(folder, "c.jpg")));
        Assert.Throws<DirectoryNotFoundException>(() => figure.Save(Path.Combine(folder, "no", "d.png")));
        Assert.Equal(2, Directory.GetFiles(folder).Length);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_plot_in_the_terminal_fits_and_touches_its_frame()
    {
        IReadOnlyList<TerminalCell>[] lines = [.. TerminalPlot.Of(Activation.Sigmoid(), 60, 15).Lines()];
        Assert.Equal(15, lines.Length);
        Assert.All(lines, line => Assert.True(line.Count <= 60));
        Assert.Contains(lines[0], cell => cell.Curve == 0);
        Assert.Contains(lines[^2], cell => cell.Curve == 0);
        Assert.Contains(lines.SelectMany(line => line), cell => cell.Curve == 1);
    }
}
