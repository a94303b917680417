using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nonlinear.Lab;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Data.Tables;
using Nonlinear.Lab.Diagnosis;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies;
using Nonlinear.Lab.Studies.Choosing;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>The lab's pages in Chinese: nothing English is left on them, and they say what the English ones say.</summary>
public sealed partial class LabLanguageTests : IDisposable
{
    // Names of people, methods, data and places, which Chinese texts leave as they are; those of the catalogue come with it.
    private static readonly HashSet<string> Names =
    [
        .. "Nonlinear NET PNG Adam Holm Nadeau Bengio LeCun Glorot dropout alpha beta digits noise table UCI CC BY MB kB Fashion MNIST MIT"
            .Split(' '),
        .. "Alpaydin Kaynak Xiao Rasul Vollgraf Hendrycks Gimpel Misra Goodfellow Srivastava arXiv Latin pandas ONNX NaN ulp nonlinear"
            .Split(' '),
        .. "He choose rates bias epochs early stopping seeds missing task regression csv learned pieces onnx"
            .Split(' '),
        .. "Relu Gemm Div Softmax LSTM GRU If".Split(' '),
        .. Catalog.All.SelectMany(info => (string[])[info.Title, info.Name, .. info.Parameters.Select(parameter => parameter.Name)])
            .SelectMany(LatinWords),
    ];

    // As many and as large as a quick study of the cost takes.
    private static readonly Dataset Pictures = Blank(rows: 6000, pixels: 784);

    private readonly string _folder = Directory.CreateTempSubdirectory("nonlinear").FullName;

    public static TheoryData<string> Reports =>
        [.. AllStudies.List.Select(study => study.Name), "choose", "choose a number", "choose skewed", "diagnose", "diagnose nothing"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Reports))]
    public void A_Chinese_page_has_no_English_words(string name)
    {
        StudyReport report = Report(name, seed: 1);
        LabPage page = LabPage.Write(_folder, report, Language.Chinese);
        XElement html = Read(page.Path);
        Assert.Equal("zh-Hans", html.Attribute("lang")!.Value);
        Assert.Contains("--language zh", html.Descendants().First(part => part.Name.LocalName == "pre").Value, StringComparison.Ordinal);
        Assert.Empty(Words(html).SelectMany(LatinWords).Except(Names));
        Assert.All(page.Findings.Append(page.Title), text => Assert.Contains(text, IsChinese));
        Assert.Empty(page.Tables.SelectMany(table => table.Columns.Concat(table.Rows.SelectMany(row => row)).Append(table.Caption))
            .SelectMany(LatinWords).Except(Names));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Figures_of_a_Chinese_page_have_no_English_words(string name)
    {
        Assert.SkipUnless(
            FigureLook.LanguageFor(Language.Chinese) == Language.Chinese,
            "No Chinese font is installed: apt-get install fonts-wqy-microhei.");
        foreach (ReportFigure part in Report(name, seed: 1).Parts.OfType<ReportFigure>())
        {
            using Figure figure = part.Draw(Language.Chinese);
            string[] texts = [.. XDocument.Parse(figure.ToSvg()).Descendants().Where(each => !each.HasElements).Select(each => each.Value)];
            Assert.Contains(texts, text => text.Any(IsChinese));
            Assert.Empty(texts.SelectMany(LatinWords).Except(Names));
        }
    }

    // A font without a letter draws none, and what is read of the file is silent about it.
    [Fact]
    public void Words_beside_rows_are_drawn_as_well()
    {
        Assert.SkipUnless(FigureLook.LanguageFor(Language.Chinese) == Language.Chinese, "No Chinese font is installed.");
        using Figure figure = Report("dead", seed: 1).Parts.OfType<ReportFigure>().First().Draw(Language.Chinese);
        string[] texts = [.. XDocument.Parse(figure.ToSvg()).Descendants().Where(each => !each.HasElements).Select(each => each.Value)];
        Assert.Equal(
            ["偏置 0", "偏置 −1", "偏置 −2", "偏置 −4"],
            texts.Select(text => text.Trim()).Where(text => text.StartsWith('偏')).Distinct());
    }

    // Other draws take other branches: of one seed alone some sentences are never said.
    [Theory]
    [MemberData(nameof(Reports))]
    public void Both_languages_say_the_same_numbers(string name)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            StudyReport report = Report(name, seed);
            foreach (Text text in Texts(report))
            {
                Assert.DoesNotContain(text.English, IsChinese);
                Assert.True(Numbers(text.English).SequenceEqual(Numbers(text.Chinese)), text.ToString());
            }
        }
    }

    [Fact]
    public void An_English_page_is_as_it_was()
    {
        LabPage page = LabPage.Write(_folder, Report("choose", seed: 1), Language.English);
        XElement html = Read(page.Path);
        Assert.Equal("en", html.Attribute("lang")!.Value);
        Assert.DoesNotContain(html.Value, IsChinese);
        Assert.DoesNotContain("--language", html.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_of_a_table_is_said_in_both_languages()
    {
        string table = "when,const,code,price,kind,gap,y\n" + string.Concat(Enumerable.Range(0, 80).Select(i =>
            $"2026-0{1 + (i % 9)}-1{i % 10} 0{i % 10}:00,same,0{10 + i},{i % 7}%,{(i % 3 == 0 ? "a" : "b")},{(i < 5 ? "" : $"{i}")},"
            + $"{(i < 3 ? "" : $"{i % 3}")}\n"));
        Dataset data = TableReader.Read(DelimitedTable.Read(table, "table.csv"), new("y"));
        Assert.InRange(data.Notes.Count, 7, 20);
        Assert.All(data.Notes.Append(data.InWords).Append(data.Description), note =>
        {
            Assert.DoesNotContain(note.English, IsChinese);
            Assert.Contains(note.Chinese, IsChinese);
            Assert.Equal(Numbers(note.English), Numbers(note.Chinese));
        });
        Assert.Empty(data.Notes.SelectMany(note => LatinWords(note.Chinese)).Except(
            [.. Names, "when", "const", "same", "code", "price", "kind", "gap"]));
    }

    private static StudyReport Report(string name, int seed)
    {
        Laboratory lab = new(new DrawnRuns(seed), null, TestContext.Current.CancellationToken);
        return name switch
        {
            "choose" => Choose(Noise(["0", "1"], every: 2), lab, new() { Normalised = true, Residual = true, Dropout = 0.2 }),
            "choose a number" => Choose(Noise([], every: 2), lab, new() { Patience = 3, IsPortable = true }),
            "choose skewed" => Choose(
                Noise(["0", "1"], every: 20) with { Notes = [] }, lab, new() { Filters = [4], Rates = [0.1], Hidden = [8] }),
            "diagnose" => Diagnosis(seed),
            "diagnose nothing" => DiagnosisReport.Of(
                new("table.onnx", ["table.csv"], null, []), new("table.onnx", 1, 1, [], [Hidden("If")], null), null),
            // Whether Fashion-MNIST is installed here makes no difference.
            "cost" => AllStudies.Named(name).Run(lab, new(Quick: true, "given") { Given = () => (Pictures, Pictures) }),
            _ => AllStudies.Named(name).Run(lab, new(Quick: true, null) { Given = () => (Noise(["0", "1"], 2), Noise(["0", "1"], 2)) }),
        };
    }

    private static StudyReport Choose(Dataset data, Laboratory lab, Options options)
    {
        ChoicePlan plan = new(data, ["relu", "gelu", "swish(beta=learned)", "maxout(pieces=2)"], Seeds: 7)
        {
            Normalised = options.Normalised,
            Residual = options.Residual,
            Dropout = options.Dropout,
            Patience = options.Patience,
            Filters = options.Filters,
            Hidden = options.Hidden,
            Rates = options.Rates,
            IsPortable = options.IsPortable,
            Ladder = options.Filters.Count > 0 ? [] : ChoicePlan.UsualLadder,
        };
        Competition competition = Competition.Run(plan, lab);
        return new ChoiceReport(plan, competition, "nonlinear choose table.csv").Write();
    }

    private static Dataset Noise(IReadOnlyList<string> classes, int every)
    {
        const int Rows = 200;
        float[] inputs = new float[Rows * 2];
        new RandomStream(1, "noise").Fill(inputs, 1);
        return new(
            "noise",
            new("Numbers that are drawn.", "随机抽取的数。"),
            ["a", "b"],
            inputs,
            [.. Enumerable.Range(0, Rows).Select(row => row % every == 0 ? 1f : 0f)],
            classes)
        {
            Notes = [new("A note.", "一条说明。")],
        };
    }

    private static Dataset Blank(int rows, int pixels) =>
        new(
            "pictures",
            new("Nothing is on them.", "上面空无一物。"),
            [.. Enumerable.Range(0, pixels).Select(pixel => $"{pixel}")],
            new float[rows * pixels],
            new float[rows],
            [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")])
        {
            CommonScale = true,
        };

    // All verdicts, and all roles with what may be the matter with each.
    private static StudyReport Diagnosis(int seed)
    {
        int rows = seed % 2 == 0 ? 200 : 2000;
        ActivationDiagnosis relu = WatchedUnits.Of("relu", "relu", rows, [0, -40, 1, -2.9f, 0.3f]),
            tanh = WatchedUnits.Of("tanh", "tanh", rows, [0, 30, 1]);
        ActivationDiagnosis[] all =
        [
            relu,
            tanh,
            WatchedUnits.Of("relu6", "relu6", rows, [40, 30, 1]),
            WatchedUnits.Of("leaky_relu", "leaky_relu", rows, [40, 30, 1]),
            WatchedUnits.Of("sigmoid", "sigmoid", rows, [0, 30], ActivationRole.Gate),
            WatchedUnits.Of("hard_sigmoid", "hard_sigmoid", rows, [-40, 0], ActivationRole.Gate),
            WatchedUnits.Of("elu", "elu", rows, [-40, -40, 0], ActivationRole.Output),
            relu with { Name = "relu", Role = ActivationRole.Output },
            relu with { DeadUnits = [], SaturatedUnits = [], RareUnits = [], Nonlinearity = 0.001 },
            relu with { DeadUnits = [], SaturatedUnits = [], RareUnits = [1], Nonlinearity = 0.5 },
            relu with { DeadUnits = [0, 1, 2], SaturatedUnits = [], RareUnits = [] },
            relu with { DeadUnits = [], SaturatedUnits = [0, 1, 2], RareUnits = [], GradientShare = 0.2 },
            tanh with { Softmax = new(seed * 0.02, 0.5, 0.25), Role = ActivationRole.Hidden },
            relu with { NonFiniteUnits = [1], NonFiniteRows = 3 },
        ];
        ModelDiagnosis model = new(
            "table.onnx",
            rows,
            8,
            all,
            [.. Enumerable.Range(0, seed).Select(i => Hidden(i % 2 == 0 ? "LSTM" : "GRU"))],
            new("Div", "Div", "relu", 12, seed % 2, 7))
        {
            Notes = [new("A guess.", "一个推测。")],
        };
        ModelDiagnosis other = model with
        {
            Model = "noise.onnx", Activations = [.. all[1..].Select(each => each with { DeadUnits = [0] }), relu with { Name = "gelu" }],
        };
        return DiagnosisReport.Of(
            new("table.onnx", ["table.csv"], null, []), model, seed == 3 ? null : DiagnosisComparison.Of(other, model));
    }

    private static LeftOut Hidden(string operation) => new("Div", operation, new($"its {operation} is hidden", $"其 {operation} 被隐藏"));

    private static IEnumerable<Text> Texts(StudyReport report) =>
    [
        report.Title,
        report.Lead,
        .. report.Findings,
        .. report.Parts.OfType<Heading>().Select(part => part.Text),
        .. report.Parts.OfType<Prose>().Select(part => part.Text),
        .. report.Parts.OfType<ReportFigure>().Select(part => part.Caption),
        .. report.Parts.OfType<ReportTable>().SelectMany(
            part => part.Columns.Concat(part.Rows.SelectMany(row => row)).Select(cell => cell.Words).OfType<Text>().Prepend(part.Caption)),
    ];

    // What a visitor reads or hears; commands are code.
    private static IEnumerable<string> Words(XElement html) =>
    [
        .. html.DescendantNodes().OfType<XText>()
            .Where(text => text.Ancestors().All(around => around.Name.LocalName is not ("pre" or "code" or "style")))
            .Select(text => text.Value),
        .. html.Descendants().Attributes()
            .Where(attribute => attribute.Name.LocalName is "aria-label" or "title" or "alt")
            .Select(attribute => attribute.Value),
    ];

    private static XElement Read(string path)
    {
        string page = File.ReadAllText(path);
        return XElement.Parse(page[(page.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    private static IEnumerable<string> LatinWords(string text) => LatinWord().Matches(text).Select(found => found.Value);

    private static string[] Numbers(string text) => [.. Number().Matches(text).Select(found => found.Value).Order(StringComparer.Ordinal)];

    private static bool IsChinese(char letter) => letter >= '\u2E80';

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex LatinWord();

    [GeneratedRegex(@"\d+(?:[.,]\d+)*")]
    private static partial Regex Number();

    private sealed record Options
    {
        public bool Normalised { get; init; }

        public bool Residual { get; init; }

        public double Dropout { get; init; }

        public int Patience { get; init; }

        public IReadOnlyList<int> Filters { get; init; } = [];

        public IReadOnlyList<int> Hidden { get; init; } = [8, 8];

        public IReadOnlyList<double> Rates { get; init; } = [0.01, 0.03];

        public bool IsPortable { get; init; }
    }
}
