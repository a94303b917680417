using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Guide;
using Nonlinear.Lab.Guide.Claims;
using Nonlinear.Lab.Guide.Pages;
using Nonlinear.Lab.Guide.Texts;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Measure;
using Nonlinear.Lab.Names;

namespace Nonlinear.Tests;

/// <summary>The guide, written once for all tests.</summary>
public sealed class WrittenGuide : IDisposable
{
    public WrittenGuide()
    {
        Folder = Path.Combine(Path.GetTempPath(), $"guide-{Guid.NewGuid():N}");
        GuideWriter.Write(Folder, GuideLanguages.Both, Progress);
        Pages = Directory.EnumerateFiles(Folder, "*.html", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'), XDocument.Load);
    }

    public string Folder { get; }

    /// <summary>Every page by its path; reading them as XML is a test that they are well-formed.</summary>
    public IReadOnlyDictionary<string, XDocument> Pages { get; }

    public Reports Progress { get; } = new();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public sealed class Reports : IProgress<GuideProgress>
    {
        private readonly List<GuideProgress> _all = [];

        public IReadOnlyList<GuideProgress> All => _all;

        public void Report(GuideProgress value)
        {
            lock (_all)
                _all.Add(value);
        }
    }
}

[Trait("Speed", "slow")]
public partial class GuideTests(WrittenGuide guide) : IClassFixture<WrittenGuide>
{
    private static readonly string[] Loading = ["src", "srcset", "data", "poster", "background", "action"];

    public static TheoryData<string> Functions => [.. Catalog.All.Select(info => info.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Every_function_has_a_page_in_both_languages(string name)
    {
        ActivationInfo info = Catalog.All.Single(info => info.Name == name);
        Assert.Contains(
            FunctionTexts.Of(info).Summary.English.Split(':', ';', ',', '-', '\'')[0],
            Text(guide.Pages[$"en/{name}.html"]),
            StringComparison.Ordinal);
        Assert.Equal(info.Title, Elements(guide.Pages[$"zh/{name}.html"], "h1").Single().Value);
        Assert.Equal("en", guide.Pages[$"en/{name}.html"].Root!.Attribute("lang")!.Value);
        Assert.Equal("zh-Hans", guide.Pages[$"zh/{name}.html"].Root!.Attribute("lang")!.Value);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_page_shows_the_claims_about_its_function_and_no_others(string name)
    {
        string[] expected = [.. AllClaims.List.Where(claim => claim.About.Contains(name)).Select(claim => claim.Id)];
        Assert.Equal(expected, ClaimsOn($"en/{name}.html"));
        Assert.Equal(expected, ClaimsOn($"zh/{name}.html"));
    }

    [Fact]
    public void The_overview_shows_the_general_claims() =>
        Assert.Equal(AllClaims.List.Where(claim => claim.About.Count == 0).Select(claim => claim.Id), ClaimsOn("en/index.html"));

    [Fact]
    public void Nothing_is_loaded_from_a_network()
    {
        Assert.All(guide.Pages.Values.SelectMany(page => page.Descendants()), element =>
        {
            Assert.DoesNotContain(element.Name.LocalName, (string[])["script", "iframe", "object", "embed", "base"]);
            Assert.All(Loading.Select(name => element.Attribute(name)?.Value).OfType<string>(), Local);
            if (element.Name.LocalName != "a" && element.Attribute("href") is { } address)
                Local(address.Value);
        });
        IEnumerable<string> drawings = Directory.EnumerateFiles(guide.Folder, "*.svg", SearchOption.AllDirectories);
        foreach (string file in Directory.EnumerateFiles(guide.Folder, "*.css").Concat(drawings))
        {
            string text = File.ReadAllText(file);
            Assert.DoesNotContain("url(http", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("@import", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("href=\"http", text, StringComparison.OrdinalIgnoreCase);
        }

        static void Local(string address) => Assert.False(address.Contains("//", StringComparison.Ordinal), address);
    }

    [Fact]
    public void Remarks_about_frameworks_are_Chinese_on_the_Chinese_page()
    {
        XElement[] remarks =
        [
            .. guide.Pages["zh/traps.html"].Descendants()
                .Where(element => element.Name.LocalName == "span" && (string?)element.Attribute("class") == "quiet"),
        ];
        Assert.True(remarks.Length > 20);
        Assert.All(remarks, remark => Assert.Contains(remark.Value, letter => letter is >= '\u4E00' and <= '\u9FFF'));
    }

    [Fact]
    public void Figures_of_the_Chinese_pages_have_Chinese_words()
    {
        Assert.SkipUnless(
            FigureLook.LanguageFor(Language.Chinese) == Language.Chinese,
            "No Chinese font is installed: apt-get install fonts-wqy-microhei.");
        HashSet<string> names =
        [
            "Jacobi",
            .. Catalog.All.SelectMany(info => (string[])[info.Title, info.Name, .. info.Parameters.Select(parameter => parameter.Name)])
                .SelectMany(LatinWords),
            .. Traps.All.Select(trap => trap.Drawn).OfType<(ElementwiseActivation, ElementwiseActivation)>()
                .SelectMany(drawn => LatinWords($"{drawn.Item1} {drawn.Item2}")),
        ];
        string[] files = Directory.GetFiles(Path.Combine(guide.Folder, "zh", "figures"), "*.svg");
        Assert.Equal(Directory.GetFiles(Path.Combine(guide.Folder, "en", "figures"), "*.svg").Length, files.Length);
        Assert.All(files, file =>
        {
            string[] texts = [.. XDocument.Load(file).Descendants().Where(part => !part.HasElements).Select(part => part.Value)];
            Assert.Contains(texts, text => text.Any(letter => letter >= '\u2E80'));
            Assert.Empty(texts.SelectMany(LatinWords).Except(names));
        });

        static IEnumerable<string> LatinWords(string text) =>
            LatinWord().Matches(text).Select(found => found.Value);
    }

    [Fact]
    public void Every_link_inside_the_guide_leads_somewhere()
    {
        foreach ((string path, XDocument page) in guide.Pages)
        {
            foreach (string address in page.Descendants().SelectMany(element => element.Attributes())
                .Where(attribute => attribute.Name.LocalName is "href" or "src").Select(attribute => attribute.Value)
                .Where(address => !address.StartsWith("https://", StringComparison.Ordinal))
                .Where(address => !address.StartsWith("data:", StringComparison.Ordinal)))
            {
                string[] parts = address.Split('#');
                string target = parts[0].Length == 0
                    ? path
                    : Path.GetRelativePath(guide.Folder, Path.Combine(guide.Folder, Path.GetDirectoryName(path)!, parts[0]));
                Assert.True(File.Exists(Path.Combine(guide.Folder, target)), $"{path} leads to {address}, which is missing.");
                if (parts.Length > 1)
                    Assert.True(
                        guide.Pages[target].Descendants().Any(element => element.Attribute("id")?.Value == parts[1]),
                        $"{path} leads to {address}, which has no such place.");
            }
        }
    }

    [Fact]
    public void Pages_are_accessible()
    {
        foreach ((string path, XDocument page) in guide.Pages)
        {
            Assert.Single(Elements(page, "h1"));
            Assert.Distinct(page.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>());
            Assert.All(Elements(page, "img"), image => Assert.False(string.IsNullOrWhiteSpace(image.Attribute("alt")?.Value), path));
            Assert.All(
                Elements(page, "svg"),
                drawing => Assert.True(drawing.Attribute("aria-label") is not null || drawing.Attribute("aria-hidden") is not null, path));
            IEnumerable<string> names = page.Descendants().Select(element => element.Name.LocalName);
            int[] levels = [.. names.Where(name => name is ['h', >= '1' and <= '6']).Select(name => name[1] - '0')];
            Assert.All(
                levels.Zip(levels.Skip(1)),
                pair => Assert.True(pair.Second <= pair.First + 1, $"{path}: h{pair.First} is followed by h{pair.Second}"));
        }
    }

    [Fact]
    public void Chinese_pages_have_full_width_punctuation() =>
        Assert.All(guide.Pages.Where(page => page.Key.StartsWith("zh/", StringComparison.Ordinal)), page =>
            Assert.DoesNotMatch(@"[\p{IsCJKUnifiedIdeographs}][,:;?!]|[,:;?!][\p{IsCJKUnifiedIdeographs}]", Text(page.Value)));

    [Fact]
    public void Progress_counts_up_to_the_last_step()
    {
        Assert.All(guide.Progress.All, report => Assert.Equal(guide.Progress.All.Count, report.Total));
        Assert.Equal(Enumerable.Range(1, guide.Progress.All.Count), guide.Progress.All.Select(report => report.Done).Order());
    }

    [Fact]
    public void Writing_again_replaces_the_guide_and_leaves_nothing_behind()
    {
        string parent = Directory.CreateTempSubdirectory("guide-").FullName, place = Path.Combine(parent, "guide");
        // What is written has no part in it: of two functions it is written sooner.
        Measurements measurements =
            new([.. ((Activation[])[Activation.Relu(), Activation.Softmax()]).Select(MeasuredActivation.Of)], []);
        GuideWriter.Write(place, GuideLanguages.Both, measurements);
        GuideWriter.Write(place, GuideLanguages.English, measurements);
        Assert.False(Directory.Exists(Path.Combine(place, "zh")));
        Assert.Equal([place], Directory.EnumerateFileSystemEntries(parent));
        Directory.Delete(parent, recursive: true);
    }

    [Fact]
    public void Pages_lead_to_an_explorer_that_is_beside_the_guide_and_to_none_otherwise()
    {
        Assert.All(guide.Pages.Values, page => Assert.DoesNotContain(
            Elements(page, "a"), link => link.Attribute("href")!.Value.Contains("lang=", StringComparison.Ordinal)));
        string parent = Directory.CreateTempSubdirectory("guide-").FullName, place = Path.Combine(parent, "guide");
        Measurements measurements =
            new([.. ((Activation[])[Activation.Relu(), Activation.Softmax(), Activation.Maxout(), Activation.Swiglu()])
                .Select(MeasuredActivation.Of)], []);
        GuideWriter.Write(place, GuideLanguages.Both, measurements, "../index.html");
        string[] LinksOn(string path) =>
        [
            .. Elements(XDocument.Load(Path.Combine(place, path)), "a").Select(link => link.Attribute("href")!.Value)
                .Where(address => address.StartsWith("../../", StringComparison.Ordinal)),
        ];
        const string Page = "../../index.html#";
        Assert.Equal([Page + "lang=en", Page + "f=relu&lang=en"], LinksOn("en/relu.html"));
        Assert.Equal([Page + "lang=zh", Page + "tab=softmax&vector=softmax&lang=zh"], LinksOn("zh/softmax.html"));
        Assert.Equal([Page + "lang=en", Page + "tab=maxout&lang=en"], LinksOn("en/maxout.html"));
        Assert.Equal([Page + "lang=en", Page + "tab=gates&unit=swiglu&lang=en"], LinksOn("en/swiglu.html"));
        Directory.Delete(parent, recursive: true);
    }

    [Fact]
    public void A_folder_that_holds_something_else_is_left_alone()
    {
        string place = Directory.CreateTempSubdirectory("not-a-guide-").FullName, file = Path.Combine(place, "letters.txt");
        File.WriteAllText(file, "keep");
        IOException refusal = Assert.Throws<IOException>(
            () => GuideWriter.Write(place, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains(place, refusal.Message, StringComparison.Ordinal);
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(place));
        Assert.Throws<IOException>(() => GuideWriter.Write(file, cancellation: TestContext.Current.CancellationToken));
        Directory.Delete(place, recursive: true);
    }

    [Fact]
    public void No_language_is_refused() =>
        Assert.Throws<ArgumentException>(
            () => GuideWriter.Write("nowhere", GuideLanguages.None, cancellation: TestContext.Current.CancellationToken));

    private string[] ClaimsOn(string path) =>
    [
        .. Elements(guide.Pages[path], "article")
            .Where(article => article.Attribute("class")?.Value == "claim")
            .Select(article => article.Attribute("id")!.Value),
    ];

    private static IEnumerable<XElement> Elements(XDocument page, string name) =>
        page.Descendants().Where(element => element.Name.LocalName == name);

    private static string Text(XDocument page) => string.Join('\n', page.DescendantNodes().OfType<XText>().Select(text => text.Value));

    [GeneratedRegex("[A-Za-z]{3,}")]
    private static partial Regex LatinWord();
}
