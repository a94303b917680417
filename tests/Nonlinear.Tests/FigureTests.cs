using System.Globalization;
using System.Xml.Linq;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Figures.Pdf;
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
    public void The_value_at_a_jump_is_that_of_the_side_which_has_it_or_stands_alone()
    {
        Curve shrunk = new(Activation.HardShrink(), derivative: false, -4, 4), sign = new(Activation.Abs(), derivative: true, -4, 4);
        Assert.Equal(
            [(-4, Math.BitDecrement(-0.5), false), (-0.5, 0.5, true), (Math.BitIncrement(0.5), 4, false)],
            shrunk.Segments.Select(segment => (segment.X[0], segment.X[^1], segment.OwnsJump)));
        Assert.Equal(
            [(-1, false), (0, true), (1, false)], sign.Segments.Select(segment => (segment.Y.Distinct().Single(), segment.OwnsJump)));
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
        using Figure figure = Figure.Of(Activation.Tanh(), new FigureSettings { Range = (from, to) });
        using Figure pair = Figure.Compare(
            [Activation.Tanh(), Activation.Sigmoid()], settings: new FigureSettings { Range = (from, to) });
        using Figure difference = Figure.Difference(Activation.Tanh(), Activation.Sigmoid(), new() { Range = (from, to) });
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
        FigureSettings settings = new() { Range = (-3, 3) };
        using Figure figure = Figure.Compare([Activation.Relu(), Activation.Gelu()], derivative: true, settings);
        Assert.NotEmpty(figure.ToPng());
        Assert.Throws<NotSupportedException>(() => Figure.Compare([Activation.Relu(), Activation.Softmax()]));
    }

    [Theory]
    [InlineData("84x60mm", 317, 227, "84mm")]
    [InlineData("3.3x2.5in", 317, 240, "3.3in")]
    [InlineData("800x500", 800, 500, "800")]
    public void A_figure_has_the_size_that_was_asked_for_in_each_format(string size, int width, int height, string written)
    {
        using Figure figure = Figure.Of(Activation.Gelu(), new FigureSettings { Size = FigureSize.Parse(size) });
        Assert.Equal((width, height), (figure.Width, figure.Height));
        Assert.Equal(written, XElement.Parse(figure.ToSvg()).Attribute("width")!.Value);
        using SKBitmap bitmap = SKBitmap.Decode(figure.ToPng());
        Assert.Equal((width, height), (bitmap.Width, bitmap.Height));
        string pdf = System.Text.Encoding.Latin1.GetString(figure.ToPdf());
        // In whole points.
        Assert.Contains($"/MediaBox [0 0 {Math.Round(width * 0.75)} {Math.Round(height * 0.75)}]", pdf, StringComparison.Ordinal);
        Assert.Equal(figure.ToPdf(), figure.ToPdf());
        // Never too small to be read: the axes' titles have 7 points at least.
        Assert.True(FigureStyle.FontSize * figure.Width / figure.LayoutWidth * 0.75 > 6.9);
    }

    [Theory]
    [InlineData("84x")]
    [InlineData("84x60km")]
    [InlineData("-3x4in")]
    [InlineData("0.2x4in")]
    [InlineData("90000x4in")]
    public void A_size_that_no_figure_can_have_is_refused(string size) => Assert.Throws<FormatException>(() => FigureSize.Parse(size));

    [Fact]
    public void Titles_letters_paper_and_the_range_of_y_are_as_they_were_asked_for()
    {
        FigureSettings settings = new()
        {
            Title = "A title", Across = "input", Up = "output", Rise = (-1, 2), IsDark = true, Legend = LegendPlace.Curves, FontSize = 10,
        };
        using Figure figure = Figure.Compare([Activation.Relu(), Activation.Tanh()], derivative: false, settings);
        string[] texts = Texts(figure);
        Assert.Superset(new HashSet<string> { "A title", "input", "output", "ReLU", "Tanh" }, texts.ToHashSet());
        Assert.Equal((-1, 2), (figure.Panels[0].Axes.GetLimits().Bottom, figure.Panels[0].Axes.GetLimits().Top));
        using SKBitmap bitmap = SKBitmap.Decode(figure.ToPng());
        Assert.Equal(new SKColor(0x14, 0x17, 0x1C), bitmap.GetPixel(1, 1));
        using Figure plain = Figure.Of(Activation.Relu(), settings with { Title = "", Legend = LegendPlace.None });
        Assert.DoesNotContain("ReLU", Texts(plain));
        // What has no such axes says so, and what is not installed is named.
        Assert.Contains(
            "softmax", Assert.Throws<ArgumentException>(() => Figure.Of(Activation.Softmax(), settings)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "No such font",
            Assert.Throws<ArgumentException>(() => Figure.Of(Activation.Relu(), new FigureSettings { Font = "No such font" })).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maxout")]
    [InlineData("crelu")]
    [InlineData("swiglu")]
    public void A_range_is_that_of_the_figure_s_x_axis(string name)
    {
        using Figure figure = Figure.Of(Activation.Parse(name), new FigureSettings { Range = (-1, 3) });
        Assert.Equal((-1, 3), (figure.Panels[0].Axes.GetLimits().Left, figure.Panels[0].Axes.GetLimits().Right));
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => Figure.Of(Activation.Parse(name), new FigureSettings { Range = (-1e307, 1e307) }));
        Assert.Contains("choose another range", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_x_axis_refuses_a_range() => Assert.Contains(
        "leave the range out",
        Assert.Throws<ArgumentException>(() => Figure.Of(Activation.Softmax(), new FigureSettings { Range = (-1, 3) })).Message,
        StringComparison.Ordinal);

    // ReLU, GELU and ELU are one line from about 3 on.
    [Fact]
    public void Of_curves_that_run_upon_each_other_the_later_is_dashed()
    {
        NamedCurve[] curves =
        [
            .. new ElementwiseActivation[] { Activation.Relu(), Activation.Gelu(), Activation.Elu(), Activation.Softsign() }
                .Select(function => new NamedCurve(
                    function.Info.Name, new(function, derivative: false, -6, 6), FigureStyle.ColorOf(0), ScottPlot.LinePattern.Solid)),
        ];
        Assert.Equal(
            ["Solid", "Dashed", "Dotted", "Solid"],
            Coincidence.Dashed(curves, -6, 6).Select(curve => curve.Pattern.Name));

        // ReLU is under both, GELU under ELU alone; where none lies on it a curve is as narrow as any.
        IReadOnlyList<Covering>[] covered = [.. Coincidence.Widened(curves, -6, 6).Select(curve => curve.Covered)];
        Assert.Equal(2, covered[0][^1].Count);
        Assert.Equal(1, covered[1][^1].Count);
        Assert.Equal([0, 0], covered[2..].Select(all => all.Count));
        Assert.InRange(covered[0][^1].From, 2, 3);
        Assert.All(covered[..2], all => Assert.Equal(6, all[^1].To, 0.1));
        Assert.DoesNotContain(covered[0], covering => covering.From < -0.75 && covering.To > -0.75);
    }

    [Fact]
    public void Nothing_is_drawn_twice()
    {
        using Figure figure = Figure.Of(Activation.Elu(1));
        string[] texts = Texts(figure);
        Assert.Equal(texts.Distinct().Order(), texts.Where(text => !IsNumber(text)).Concat(texts.Where(IsNumber).Distinct()).Order());
        XElement svg = XElement.Parse(figure.ToSvg());
        string[] paths = [.. svg.Descendants().Where(element => element.Name.LocalName == "path").Select(path => $"{path}")];
        Assert.Equal(paths.Distinct().Count(), paths.Length);

        // The same number stands at both axes.
        static bool IsNumber(string text) => double.TryParse(text.Replace('−', '-'), CultureInfo.InvariantCulture, out _);
    }

    [Theory]
    [InlineData(88, 40, 2)]
    [InlineData(88, 90, 1)]
    [InlineData(180, 80, 2)]
    public void Panels_stand_as_suits_the_size_and_their_numbers_have_room(int width, int height, int columns)
    {
        using Figure figure = Figure.Of(
            Activation.Softmax(), new FigureSettings { Size = FigureSize.Parse($"{width}x{height}mm") });
        Assert.Equal(figure.LayoutWidth / (double)columns, figure.PanelSize.Width);
        figure.ToSvg();
        ScottPlot.Plot heat = figure.Panels[1];
        float cell = heat.LastRender.DataRect.Width / 5;
        using SKTypeface typeface = SKTypeface.FromFamilyName(FigureStyle.Font);
        Assert.All(heat.GetPlottables<ScottPlot.Plottables.Text>(), number =>
        {
            using SKFont font = new(typeface, number.LabelFontSize);
            Assert.InRange(font.MeasureText(number.LabelText), 10, cell);
        });
    }

    [Theory]
    [InlineData("elu", 1)]
    [InlineData("softmax", 2)]
    [InlineData("swiglu", 2)]
    public void On_a_telephone_panels_stand_below_each_other_and_letters_can_be_read(string name, int rows)
    {
        using Figure wide = Figure.Of(Activation.Parse(name));
        string[] words = [.. Words(wide)];
        Figure narrow = wide.Narrow();
        XElement svg = XElement.Parse(narrow.ToSvg());
        Assert.Equal(narrow.LayoutWidth, narrow.PanelSize.Width);
        Assert.Equal((narrow.LayoutHeight - (narrow.Legend?.Height ?? 0)) / (double)rows, narrow.PanelSize.Height);
        // As large as in a text: a page of 375 pixels leaves 343 to a figure.
        double scale = 343.0 / narrow.LayoutWidth;
        Assert.All(
            svg.Descendants().Select(element => (string?)element.Attribute("font-size")).OfType<string>(),
            size => Assert.InRange(double.Parse(size, CultureInfo.InvariantCulture) * scale, 10, 16));
        Assert.Equal(words, Words(narrow));

        static IEnumerable<string> Words(Figure figure) =>
            Texts(figure).Where(text => text.Any(char.IsLetter)).Select(text => text.Replace("  ", " ")).Order().Distinct();
    }

    [Fact]
    public void On_paper_the_caption_says_what_is_drawn()
    {
        FigureSettings paper = new() { Size = FigureSize.Parse("88x60mm") };
        using Figure bare = Figure.Of(Activation.Gelu(), paper), titled = Figure.Of(Activation.Gelu(), paper with { Title = "GELU" });
        Assert.DoesNotContain("GELU", Texts(bare));
        Assert.Contains("GELU", Texts(titled));
    }

    [Fact]
    public void A_legend_covers_no_curve()
    {
        // Of ReLU the upper left is free, of its mirror image the upper right; of a full figure nothing is.
        Activation[] many = [.. Catalog.Tutorial.OfType<ElementwiseActivation>()];
        using Figure rising = Figure.Of(Activation.Relu()),
            narrow = Figure.Compare(many, derivative: false, new FigureSettings { Size = FigureSize.Parse("400x200") });
        Assert.Equal(ScottPlot.Alignment.UpperLeft, rising.Panels[0].Legend.Alignment);
        Assert.True(rising.Panels[0].Legend.IsVisible);
        Assert.NotNull(narrow.Legend);
        Assert.False(narrow.Panels[0].Legend.IsVisible);
    }

    [Theory]
    [InlineData(new double[] { 10, 50 }, new double[] { 10, 50 })]
    [InlineData(new double[] { 50, 50, 50 }, new double[] { 40, 50, 60 })]
    [InlineData(new double[] { 0, 0, 0, 30 }, new double[] { 0, 10, 20, 30 })]
    [InlineData(new double[] { 100, 100 }, new double[] { 90, 100 })]
    public void Names_beside_curves_stand_apart_as_near_to_them_as_may_be(double[] wanted, double[] places) =>
        Assert.Equal(places, CurveLabels.Spread(wanted, 10, 0, 100));

    [Fact]
    public void A_Chinese_figure_has_Chinese_words()
    {
        Assert.SkipUnless(
            SKFontManager.Default.FontFamilies.Any(family => family.Contains("WenQuanYi", StringComparison.Ordinal)
                || family.Contains("CJK SC", StringComparison.Ordinal)),
            "No Chinese font is installed: apt-get install fonts-wqy-microhei.");
        foreach ((string name, string words) in ((string, string)[])
            [("softmax", "向量的 Softmax"), ("swiglu", "SwiGLU 随门的变化"), ("maxout", "2 段的 Maxout"), ("crelu", "单个输入的 CReLU")])
        {
            using Figure figure = Figure.Of(Activation.Parse(name), new FigureSettings { IsChinese = true });
            Assert.Contains(words, Texts(figure));
        }
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
        figure.Save(Path.Combine(folder, "e.pdf"));
        Assert.StartsWith("%PDF-1", File.ReadAllText(Path.Combine(folder, "e.pdf")), StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(folder).Length);
        Directory.Delete(folder, recursive: true);
    }

    private static string[] Texts(Figure figure) =>
        [.. XElement.Parse(figure.ToSvg()).Descendants().Where(part => part.Name.LocalName == "text").Select(part => part.Value.Trim())];

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
