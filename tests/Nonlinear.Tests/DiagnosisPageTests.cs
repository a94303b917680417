using System.Globalization;
using System.Xml.Linq;
using Nonlinear.Lab.Diagnosis;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Tests;

public sealed class DiagnosisPageTests : IDisposable
{
    private static readonly DiagnosisOptions Options = new("models/my net.onnx", ["ids=ids.npy", "h=zeros"], 8, ["name=1"]);

    private readonly string _folder = Directory.CreateTempSubdirectory("diagnosis-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_page_is_one_file_that_refers_to_nothing_outside()
    {
        string path = Path.Combine(_folder, "report.html");
        LabPage page = Diagnostician.Write(path, Options, Model());
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
        Assert.Equal(path, page.Path);
        XDocument html = Read(path);
        string[] addresses =
        [
            .. html.Descendants().Attributes()
                .Where(attribute => attribute.Name.LocalName is "src" or "href" or "srcset" or "data")
                .Select(attribute => attribute.Value),
        ];
        Assert.All(addresses, address => Assert.True(address is "data:," || address.StartsWith('#'), address));
        Assert.Empty(Named(html, "script"));
        string style = Assert.Single(Named(html, "style")).Value;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        // Browsers read a style sheet as it is: nothing in it may be escaped.
        Assert.Contains(".activation > summary", File.ReadAllText(path), StringComparison.Ordinal);
        // Each link leads to a place on the page.
        HashSet<string> places = [.. html.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>()];
        Assert.All(addresses.Where(address => address.StartsWith('#')), address => Assert.Contains(address[1..], places));
    }

    [Fact]
    public void In_the_folder_of_the_lab_it_is_a_page_like_others()
    {
        LabPage page = Diagnostician.Write(_folder, Options, Model());
        Assert.Equal(Path.Combine(_folder, "diagnose", "index.html"), page.Path);
        // The other file is the mark by which the folder may be replaced.
        Assert.Equal(2, Directory.GetFileSystemEntries(Path.Combine(_folder, "diagnose")).Length);
        Diagnostician.Write(_folder, Options, Model());
        File.WriteAllText(Path.Combine(_folder, "note.txt"), "");
        Assert.Throws<IOException>(() => Diagnostician.CheckOutput(Path.Combine(_folder, "note.txt")));
        Assert.Throws<DirectoryNotFoundException>(() => Diagnostician.CheckOutput(Path.Combine(_folder, "none/report.html")));
        Diagnostician.CheckOutput(_folder);
    }

    [Fact]
    public void Each_activation_has_a_row_a_figure_under_its_function_a_map_and_quantiles()
    {
        ModelDiagnosis model = Model();
        XDocument html = Write(model);
        XElement[] sections = [.. Named(html, "details")];
        Assert.Equal(model.Activations.Count, sections.Length);
        Assert.Equal(model.Activations.Count, Classed(html, "activations").Single().Descendants().Count(IsNamed("tr")) - 1);
        for (int i = 0; i < sections.Length; i++)
        {
            ActivationDiagnosis activation = model.Activations[i];
            Assert.Equal(activation.Name, Classed(sections[i], "name").Single().Value);
            Assert.Equal(activation.VerdictSoFar.English, Classed(sections[i], "verdict").Single().Value);
            Assert.Equal(2, Classed(sections[i], "columns").Count());
            Assert.Single(Classed(sections[i], "curve-0"));
            Assert.Single(Classed(sections[i], "curve-1"));
            Assert.Equal(activation.Units, Classed(sections[i], "units").Single().Elements().Count());
            Assert.Equal(3, Named(sections[i], "tr").Count());
        }
        Assert.Contains("nonlinear diagnose 'models/my net.onnx' --input ids=ids.npy --input h=zeros --batch 8 --axis name=1",
            Named(html, "pre").Single().Value, StringComparison.Ordinal);
        Assert.Contains("its branches did not run", html.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_map_marks_units_by_class_and_says_their_numbers()
    {
        XElement map = Assert.IsType<XElement>(UnitMap.Of(Model().Activations[0], 2048, Language.English));
        XElement[] cells = [.. Classed(map, "units").Single().Elements()];
        Assert.Equal(["d", "r"], cells.Select(cell => cell.Attribute("class")!.Value).Where(mark => mark.Length == 1));
        Assert.Equal("d", cells[1].Attribute("class")!.Value);
        Assert.Equal("r", cells[3].Attribute("class")!.Value);
        Assert.Equal("1: dead, active 0.0%, mean 0, gradient 0.0%", cells[1].Attribute("title")!.Value);
        Assert.Equal(["d", "r"], Classed(map, "key").Select(key => key.Elements().Single().Attribute("class")!.Value));
    }

    [Fact]
    public void Of_many_units_a_cell_stands_for_several_with_the_gravest_mark()
    {
        ActivationDiagnosis wide = WatchedUnits.Of("wide", "relu", 20, new float[1000]) with
        {
            DeadUnits = [13], SaturatedUnits = [12, 999], NonFiniteUnits = [500], RareUnits = [],
        };
        XElement map = UnitMap.Of(wide, 64, Language.English)!;
        XElement[] cells = [.. Classed(map, "units").Single().Elements()];
        Assert.Equal(63, cells.Length);
        Assert.Equal((0, "d"), (0, cells[0].Attribute("class")!.Value));
        Assert.Equal("n", cells[500 / 16].Attribute("class")!.Value);
        Assert.Equal("s", cells[^1].Attribute("class")!.Value);
        Assert.StartsWith("992 to 999: saturated", cells[^1].Attribute("title")!.Value, StringComparison.Ordinal);
        Assert.Contains("stands for 16 of the 1,000 units", map.Value, StringComparison.Ordinal);
        float[] levels = [.. wide.UnitActivity.Skip(16).Take(16)];
        Assert.Equal(
            "u" + Math.Round(10 * levels.Average(level => (double)level)).ToString(CultureInfo.InvariantCulture),
            cells[1].Attribute("class")!.Value);
    }

    [Fact]
    public void A_curve_is_drawn_where_the_function_lies_and_straight_pieces_need_their_ends_only()
    {
        XElement figure = InputFigure.Of(WatchedUnits.Of("relu", "relu", 4000, [0]), Language.English)!;
        string[] points = Classed(figure, "curve-0").Single().Attribute("d")!.Value.TrimStart('M').Split('L');
        (double X, double Y)[] curve =
        [
            .. points.Select(point => point.Split(' '))
                .Select(pair => (double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture))),
        ];
        Assert.InRange(curve.Length, 3, 5);
        Assert.Equal(curve[0].Y, curve[1].Y, 0.2);
        // The bend is near the middle of a symmetric sample; from there it rises (an SVG counts down).
        double middle = (curve[0].X + curve[^1].X) / 2;
        Assert.InRange(curve[1].X, middle - 20, middle + 20);
        Assert.True(curve[^1].Y < curve[1].Y - 100);
    }

    [Fact]
    public void Of_learned_slopes_the_one_in_the_middle_is_drawn()
    {
        ObservedFunction prelu = ObservedFunction.OfSlopes([0.4f, 0.1f, 0.2f]);
        float[] x = [-1, 2], y = new float[2], typical = new float[2], slopes = new float[2];
        prelu.Values(x, y);
        prelu.Typical.Values(x, typical);
        prelu.Typical.Slopes(x, [2, 1], slopes);
        Assert.Equal([-0.2f, 2], y);
        Assert.Equal(y, typical);
        Assert.Equal([0.2f, 1], slopes);
    }

    [Fact]
    public void A_mass_of_equal_inputs_does_not_hide_the_others()
    {
        StreamedHistogram histogram = new();
        float[] numbers = [.. Enumerable.Range(0, 4000).Select(i => i < 3000 ? 0f : (i - 3500) / 100f)];
        histogram.Add(numbers);
        XElement figure = InputFigure.Of(WatchedUnits.Of("relu", "relu", 20, [0]) with { InputHistogram = histogram }, Language.English)!;
        Assert.Contains(Named(figure, "text"), text => text.Value.StartsWith("↑ 75.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hundred_wide_activations_stay_light()
    {
        ActivationDiagnosis one = WatchedUnits.Of("layer/gelu", "gelu", 30, new float[3072]);
        string path = Path.Combine(_folder, "long.html");
        Diagnostician.Write(path, Options, Model() with { Activations = [.. Enumerable.Repeat(one, 100)] });
        Assert.InRange(new FileInfo(path).Length, 300_000, 3_000_000);
    }

    [Fact]
    public void A_model_without_activations_has_a_page_that_says_so()
    {
        XDocument html = Write(Model() with { Activations = [] });
        Assert.Contains("0 activations seen, 1 node not understood", html.Root!.Value, StringComparison.Ordinal);
        Assert.Empty(Named(html, "details"));
    }

    [Fact]
    public void What_is_not_known_is_left_out_and_not_drawn_as_nothing()
    {
        ActivationDiagnosis bare = new()
        {
            Name = "<b> & \"maxout\"", Function = "maxout", Units = 3, Rows = 5, Samples = 5, Mean = 1, Variance = 0, Sparsity = 0,
            Nonlinearity = double.NaN,
        };
        XDocument html = Write(Model() with { Activations = [bare] });
        Assert.Equal(bare.Name, Classed(html, "name").Single().Value);
        Assert.Empty(Named(html, "figure"));
        Assert.DoesNotContain("NaN%", html.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_no_page_can_hold_is_written_as_far_as_it_can()
    {
        ActivationDiagnosis odd = Model().Activations[0] with { Name = "a\u001b[2Jb\ud83d\ude00\uffff" };
        Assert.Equal("a\ufffd[2Jb\ud83d\ude00\ufffd", Classed(Write(Model() with { Activations = [odd] }), "name").Single().Value);
    }

    [Fact]
    public void A_comparison_stands_on_the_page_and_briefly_in_the_terminal()
    {
        ModelDiagnosis after = Model();
        ModelDiagnosis before = after with
        {
            Model = "old.onnx",
            Activations = [after.Activations[0] with { DeadUnits = [] }, after.Activations[1] with { Name = "other", Units = 77 }],
        };
        string path = Path.Combine(_folder, "compared.html");
        LabPage page = Diagnostician.Write(path, Options, after, DiagnosisComparison.Of(before, after));
        Assert.Contains(page.Findings, finding => finding.StartsWith(
            "Against old.onnx: of 1 activation that both have, 1 has another verdict; 1 unit died, 0 came to life.",
            StringComparison.Ordinal));
        IReadOnlyList<string> row = Assert.Single(page.Tables.First().Rows);
        Assert.Equal(["first", "rarely active units → many dead units", "0 → 1 (+1, −0)"], row.Take(3));
        XElement table = Classed(Read(path), "comparison").Single();
        Assert.Equal(2, table.Descendants().Count(IsNamed("tr")));
        Assert.Contains("--against old.onnx", Named(Read(path), "pre").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_the_terminal_fits_80_columns()
    {
        ModelDiagnosis model = Model();
        model = model with
        {
            Activations =
            [
                .. model.Activations,
                model.Activations[0] with
                {
                    Name = "/model/layers.23/self_attn/very/long/name/of/a/tensor/Mul_output_0",
                    Function = "prelu(alpha=0.0123…0.456)",
                    Units = 16384,
                    DeadUnits = [.. Enumerable.Range(0, 16000)],
                },
            ],
        };
        (_, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows) =
            Diagnostician.Write(Path.Combine(_folder, "t.html"), Options, model).Tables.Single();
        Assert.InRange(columns.Select((column, i) => rows.Max(row => Math.Max(row[i].Length, column.Length)) + 2).Sum() + 2, 40, 88);
        Assert.EndsWith("Mul_output_0", rows[^1][0], StringComparison.Ordinal);
    }

    private static ModelDiagnosis Model() => new(
        "models/my net.onnx",
        400,
        8,
        [
            WatchedUnits.Of("first", "relu", 400, [0, -40, 1, -2.9f, 0.3f]),
            WatchedUnits.Of("second", "tanh", 400, [0, 30, 1]),
            WatchedUnits.Of("gate", "sigmoid", 400, [0, 30], ActivationRole.Gate),
        ],
        [new("If_1", "If", new("its branches did not run", "其分支没有运行"))],
        null);

    private XDocument Write(ModelDiagnosis model)
    {
        string path = Path.Combine(_folder, "page.html");
        Diagnostician.Write(path, Options, model);
        return Read(path);
    }

    // Pages are XML but for their first line.
    private static XDocument Read(string path)
    {
        string page = File.ReadAllText(path);
        return XDocument.Parse(page[page.IndexOf('\n', StringComparison.Ordinal)..]);
    }

    private static IEnumerable<XElement> Named(XContainer of, string name) => of.Descendants().Where(IsNamed(name));

    private static Func<XElement, bool> IsNamed(string name) => element => element.Name.LocalName == name;

    private static IEnumerable<XElement> Classed(XContainer of, string cssClass) => of.Descendants().Where(
        element => element.Attribute("class")?.Value.Split(' ').Contains(cssClass) == true);
}
