using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Nonlinear.BrowserTests;

public partial class ShareTests(Explorer explorer)
{
    private static readonly string[] Panels =
        ["explore", "understand", "numerics", "depth", "learn", "softmax", "attention", "maxout", "gates"];

    [Fact]
    public async Task A_link_brings_back_what_was_shown()
    {
        await using Sight sight = await explorer.OpenAsync("f=mish");
        await sight.Page.Locator("[data-function='swish']").CheckAsync();
        await sight.Page.Locator("[data-name='beta-field']").FillAsync("2.5");
        await sight.Page.Locator("[data-name='beta-field']").PressAsync("Enter");
        await sight.Page.Locator("[data-quantity='c']").ClickAsync();
        await sight.Page.Locator("#share").ClickAsync();
        await Assertions.Expect(sight.Page.Locator("#share")).ToHaveTextAsync("Copied");
        string link = await sight.AskAsync<string>("navigator.clipboard.readText()");

        await using Sight other = await explorer.BlankAsync(new() { Locale = "zh-CN" });
        await other.Page.GotoAsync(link);
        await other.Page.Locator(".panel").WaitForAsync();
        Assert.Equal("2.5", await other.Page.Locator("[data-name='beta-field']").InputValueAsync());
        Assert.Equal(2, await other.Page.Locator("[data-card]").CountAsync());
        Assert.Equal(3, await other.Page.Locator("[data-chart]:visible").CountAsync());
        // A link speaks its sender's language.
        Assert.Equal("en", await other.AskAsync<string>("document.documentElement.lang"));
    }

    [Fact]
    public async Task The_tours_in_the_readme_lead_where_it_says()
    {
        string readme = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "README.md"),
            TestContext.Current.CancellationToken);
        (string Words, string Address)[] links =
            [.. Tour().Matches(readme).Select(match => (match.Groups[1].Value.Replace('\n', ' '), match.Groups[2].Value))];
        Assert.Equal(3, links.Length);
        await using Sight sight = await explorer.OpenAsync();
        foreach ((string words, string address) in links)
        {
            await sight.ChangeAddressAsync(address);
            await Assertions.Expect(sight.Page.Locator("#tour-title")).ToHaveTextAsync(words);
        }
    }

    [Fact]
    public async Task A_changed_address_changes_the_page()
    {
        await using Sight sight = await explorer.OpenAsync();
        await sight.ChangeAddressAsync("tab=depth&stack=tanh");
        await sight.Page.Locator(".panel.depth:visible").WaitForAsync();
        Assert.Equal("tanh", await sight.Named("function").InputValueAsync());
        await sight.ChangeAddressAsync("f=SiLU;leaky-relu(alpha=0.2)");
        await Assertions.Expect(sight.Page.Locator("[data-card='swish'], [data-card='leaky_relu']")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_broken_link_shows_what_it_can()
    {
        await using Sight sight = await explorer.OpenAsync("tab=nowhere&show=zzz&f=nonsense(1;gelu");
        Assert.True(await sight.Page.Locator(".panel.explore:visible").IsVisibleAsync());
        foreach (string state in (string[])
            [
                "f=swish(beta=abc)&from=x&to=-3", "f=swish(beta=2;elu)&from=5&to=5",
                "tab=depth&stack=nothing&layers=-5&width=1e9&gain=NaN&seed=x",
                "tab=softmax&inputs=1,x,&temperature=0",
                "tab=maxout&pieces=1,2,3;x",
                "tab=numerics&rival=maxout&rivalFrom=5&rivalTo=5", "tab=understand&focus=%3Cimg%20src=x%3E",
            ])
        {
            await sight.ChangeAddressAsync(state);
            string panel = state.StartsWith("tab=", StringComparison.Ordinal)
                ? state[4..state.IndexOf('&', StringComparison.Ordinal)]
                : "explore";
            await sight.Page.Locator($".panel.{panel}:visible").WaitForAsync();
        }
    }

    [Fact]
    public async Task A_bad_name_in_a_link_is_named_and_the_rest_is_shown()
    {
        await using Sight sight = await explorer.OpenAsync("f=sigmoid;nonsense(1;gelu;swish(beta=x)&width=7&lang=en");
        await Assertions.Expect(sight.Page.Locator(".left-out")).ToHaveTextAsync(
            "The link asks for what is no function here: nonsense(1, swish(beta=x). "
            + "The link asks for what cannot be shown: width = 7. Shown instead is what is usual.");
        Assert.Equal(2, await sight.Page.Locator("[data-card]").CountAsync());
        await sight.GoAsync("depth");
        await Assertions.Expect(sight.Page.Locator(".left-out")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Tabs_and_picks_are_steps_that_Back_undoes_and_sliders_are_not()
    {
        await using Sight sight = await explorer.OpenAsync("f=elu");
        await sight.Page.Locator("[data-function='mish']").CheckAsync();
        await sight.Page.Locator("[data-name='alpha-field']").FillAsync("2");
        await sight.Page.Locator("[data-name='alpha-field']").PressAsync("Enter");
        await sight.GoAsync("depth");
        await sight.Named("function").SelectOptionAsync("tanh");
        await sight.Page.GoBackAsync();
        await Assertions.Expect(sight.Named("function")).ToHaveValueAsync("sigmoid");
        await sight.Page.GoBackAsync();
        await sight.Page.Locator(".panel.explore:visible").WaitForAsync();
        // As it was left, with what the slider had been moved to.
        Assert.Equal("2", await sight.Page.Locator("[data-name='alpha-field']").InputValueAsync());
        await Assertions.Expect(sight.Page.Locator("[data-card]")).ToHaveCountAsync(2);
        await sight.Page.GoBackAsync();
        await Assertions.Expect(sight.Page.Locator("[data-card]")).ToHaveCountAsync(1);
        await sight.Page.GoForwardAsync();
        await Assertions.Expect(sight.Page.Locator("[data-card]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_function_keeps_its_colour_through_removal_reload_and_link()
    {
        await using Sight sight = await explorer.OpenAsync("f=sigmoid;tanh;relu;gelu");
        string gelu = await KeyAsync(sight, "[data-legend='gelu']");
        await sight.Page.Locator("[data-card='tanh'] button[title='Remove']").ClickAsync();
        await Assertions.Expect(sight.Page.Locator("[data-legend]")).ToHaveCountAsync(3);
        await SameAsync(sight);
        Assert.Equal("0,2,3", await sight.StateAsync("slots"));
        await sight.Page.ReloadAsync();
        await sight.Page.Locator(".panel").WaitForAsync();
        await SameAsync(sight);
        await sight.Page.Locator("#share").ClickAsync();
        string link = await sight.AskAsync<string>("navigator.clipboard.readText()");
        await using Sight other = await explorer.BlankAsync();
        await other.Page.GotoAsync(link);
        await other.Page.Locator(".panel").WaitForAsync();
        await SameAsync(other);

        // In list, legend, table and card alike.
        async Task SameAsync(Sight page)
        {
            foreach (string place in (string[])
                ["[data-legend='gelu']", ".row:has([data-function='gelu'])", ".readings tr:has-text('GELU')", "[data-card='gelu']"])
                Assert.Equal(gelu, await KeyAsync(page, place));
        }

        static async Task<string> KeyAsync(Sight page, string place)
        {
            ILocator key = page.Page.Locator($"{place} svg.swatch").First;
            return $"{await key.GetAttributeAsync("data-colour")} {await key.GetAttributeAsync("data-dash")}";
        }
    }

    [Fact]
    public async Task Behind_the_seventh_curve_the_colours_come_again_with_dashes()
    {
        await using Sight sight = await explorer.OpenAsync("f=sigmoid;tanh;relu;gelu;elu;selu;mish;swish");
        ILocator keys = sight.Page.Locator("[data-legend] svg.swatch");
        Assert.Equal(await keys.Nth(0).GetAttributeAsync("data-colour"), await keys.Nth(7).GetAttributeAsync("data-colour"));
        Assert.Equal("", await keys.Nth(0).GetAttributeAsync("data-dash"));
        Assert.Equal("8 4", await keys.Nth(7).Locator("path").GetAttributeAsync("stroke-dasharray"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Forced_colours_keep_curves_and_show_what_is_chosen(ColorScheme colours)
    {
        await using Sight sight = await explorer.OpenAsync(
            "f=sigmoid;tanh",
            new() { ForcedColors = ForcedColors.Active, ColorScheme = colours });
        Assert.Equal(2, await Sight.CurvesAsync(sight.Chart("f")));
        Assert.Equal("rgb(0, 114, 178)", await LookAsync(".curve", "stroke"));
        // Axes are drawn in the reader's own ink, here and in what is saved.
        Assert.Equal(await sight.AskAsync<string>("getComputedStyle(document.body).color"), await LookAsync(".axis text", "fill"));
        Assert.Equal(
            "2px",
            await sight.Page.Locator("[data-quantity='f']").EvaluateAsync<string>("button => getComputedStyle(button).outlineWidth"));
        Assert.Equal(
            "none",
            await sight.Page.Locator(".legend svg.swatch").First.EvaluateAsync<string>("key => getComputedStyle(key).forcedColorAdjust"));

        Task<string> LookAsync(string part, string property) => sight.Chart("f").Locator(part).First.EvaluateAsync<string>(
            "(part, property) => getComputedStyle(part)[property]", property);
    }

    [Theory]
    [InlineData("explore&f=elu(alpha=2);relu&from=-3", "x,f elu", "ELU (α = 2), ReLU")]
    [InlineData("numerics", "x,naive", "GELU, Function f(x)")]
    [InlineData("depth&stack=elu(alpha=2)", "layer,mean", "ELU (α = 2): 12 layers of 64, LeCun normal, σ = 1/√n, gain 1")]
    [InlineData("softmax", "input,x,y", "Softmax of (2, 1, 0, −1), temperature 1")]
    [InlineData("maxout", "x,maxout", "max(−1.5x − 1, 0.2x, 1.2x − 0.5)")]
    [InlineData("gates&unit=swiglu(beta=2)&gate=-1", "gate,value,y", "SwiGLU (β = 2), through gate −1 and value 2")]
    [InlineData("learn&steps=20", "step,loss", "Circles, ReLU: 2 layers of 6, Adam, learning rate 0.03, after 20 steps")]
    public async Task Figures_and_data_are_saved_as_they_are_on_the_screen(string panel, string heading, string title)
    {
        await using Sight sight = await explorer.OpenAsync("lang=en&tab=" + panel);
        if (panel.StartsWith("learn", StringComparison.Ordinal))
            await Assertions.Expect(sight.Named("learn-steps")).ToHaveTextAsync("20");
        string svg = Encoding.UTF8.GetString(await SaveAsync("svg")), csv = Encoding.UTF8.GetString(await SaveAsync("csv"));
        byte[] png = await SaveAsync("png");
        XElement root = XDocument.Parse(svg).Root!;
        Assert.Equal(title, root.Elements().Single(element => element.Name.LocalName == "title").Value);
        // Every outline, number and title of the charts, and none that is not there; no style sheet is needed for them.
        foreach ((string what, string attribute) in ((string, string)[])[("path", "d"), ("text", "")])
        {
            string[] shown = await sight.AskAsync<string[]>(
                $"[...document.querySelectorAll('.panel:not([hidden]) .plot {what}')].filter(each => !each.closest('.passing')"
                + " && getComputedStyle(each).display !== 'none')"
                + $".map(each => '{attribute}' ? each.getAttribute('{attribute}') : each.textContent)");
            string[] saved = [.. root.Elements().Where(part => part.Name.LocalName == "svg" && part.Descendants().Count() > 3)
                .SelectMany(chart => chart.Descendants()).Where(part => part.Name.LocalName == what)
                .Select(part => attribute.Length == 0 ? part.Value : part.Attribute(attribute)?.Value ?? "")];
            Assert.Equal(shown.Order(StringComparer.Ordinal), saved.Order(StringComparer.Ordinal));
            Assert.True(saved.Length > 1);
        }
        Assert.DoesNotContain("class=", svg.Replace("class=\"swatch\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("var(", svg, StringComparison.Ordinal);
        Assert.StartsWith(heading, csv, StringComparison.Ordinal);
        Assert.True(csv.Split('\n').Length > 4);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.True(png.Length > 5000);

        async Task<byte[]> SaveAsync(string kind)
        {
            IDownload file = await sight.Page.RunAndWaitForDownloadAsync(
                () => sight.Page.Locator($"[data-save='{kind}']:visible").ClickAsync());
            Assert.EndsWith("." + kind, file.SuggestedFilename, StringComparison.Ordinal);
            return await File.ReadAllBytesAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task The_csv_holds_the_tool_s_numbers()
    {
        await using Sight sight = await explorer.OpenAsync("f=gelu&show=f,d");
        IDownload file = await sight.Page.RunAndWaitForDownloadAsync(() => sight.Page.Locator("[data-save='csv']:visible").ClickAsync());
        string[] row = (await File.ReadAllLinesAsync(await file.PathAsync(), TestContext.Current.CancellationToken))[100].Split(',');
        Assert.Equal((await Explorer.RunAsync("eval", "gelu", "--", row[0])).Trim(), row[1]);
        Assert.Equal((await Explorer.RunAsync("eval", "gelu", "--derivative", "--", row[0])).Trim(), row[2]);
    }

    [Fact]
    public async Task Language_and_theme_are_switched_and_remembered()
    {
        await using Sight sight = await explorer.OpenAsync();
        await sight.Page.Locator("#language").ClickAsync();
        await Assertions.Expect(sight.Page.Locator("#tabs [data-panel='depth']")).ToHaveTextAsync("深度");
        string light = await sight.AskAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
        await sight.Page.Locator("#theme").ClickAsync();
        Assert.NotEqual(light, await sight.AskAsync<string>("getComputedStyle(document.documentElement).backgroundColor"));
        await sight.Page.ReloadAsync();
        await sight.Page.Locator(".panel").WaitForAsync();
        Assert.Equal("深度", await sight.Page.Locator("#tabs [data-panel='depth']").InnerTextAsync());
        Assert.Equal("dark", await sight.AskAsync<string>("document.documentElement.dataset.theme"));
        Assert.Equal("zh-Hans", await sight.AskAsync<string>("document.documentElement.lang"));
    }

    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("zh", ColorScheme.Dark)]
    public async Task Axe_finds_no_serious_fault(string language, ColorScheme colours)
    {
        await using Sight sight = await explorer.OpenAsync("lang=" + language, new() { ColorScheme = colours });
        foreach (string panel in Panels)
        {
            await sight.GoAsync(panel);
            if (panel == "understand")
            {
                await explorer.WaitForTheGuideAsync();
                await sight.Page.Locator(".guide section").First.WaitForAsync();
            }
            await sight.AssertNoSeriousFaultAsync(panel);
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task At_375_pixels_nothing_is_wider_than_the_screen(string language)
    {
        await using Sight sight = await explorer.OpenAsync(
            "lang=" + language,
            new() { ViewportSize = new() { Width = 375, Height = 800 }, HasTouch = true });
        foreach (string panel in Panels)
        {
            await sight.GoAsync(panel);
            if (panel == "understand")
            {
                await explorer.WaitForTheGuideAsync();
                await sight.Page.Locator(".guide section").First.WaitForAsync();
            }
            Assert.True(await sight.AskAsync<int>("document.documentElement.scrollWidth") <= 375, panel);
        }
        await sight.GoAsync("explore");
        await sight.Page.Locator(".picker summary").TapAsync();
        await sight.Page.Locator("[data-function='elu']").TapAsync();
        Assert.Contains("elu", await sight.StateAsync("f"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keyboard_alone_reaches_everything()
    {
        await using Sight sight = await explorer.OpenAsync("f=elu");
        await sight.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("skip", await sight.AskAsync<string>("document.activeElement.className"));
        HashSet<string> reached = [];
        // As many stops as there are functions in the list, and those of everything else.
        int stops = 80 + await sight.Page.Locator(".row").CountAsync();
        for (int i = 0; i < stops; i++)
        {
            await sight.Page.Keyboard.PressAsync("Tab");
            reached.Add(await sight.AskAsync<string>(
                "(e => e.dataset.panel ?? e.dataset.function ?? e.dataset.quantity ?? e.dataset.chart ?? e.dataset.save ?? e.dataset.name "
                + "?? e.id)(document.activeElement)"));
        }
        Assert.Superset(
            new HashSet<string>
            {
                "depth", "language", "theme", "share", "search", "gelu", "f", "log", "from", "reset", "svg", "alpha", "alpha-field",
            },
            reached);
    }

    [GeneratedRegex(@"\[([^\]]+)\]\(http://127\.0\.0\.1:8731/#([^)]+)\)")]
    private static partial Regex Tour();
}
