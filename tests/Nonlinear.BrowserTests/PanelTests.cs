using System.Globalization;

namespace Nonlinear.BrowserTests;

public class PanelTests(Explorer explorer)
{
    [Theory]
    [InlineData("", "Measured at β = 1", "holds")]
    [InlineData("&lang=zh", "β = 1 时的实测性质", "成立")]
    public async Task Understanding_shows_formulas_properties_claims_and_lines_to_paste(string language, string heading, string verdict)
    {
        await using Sight sight = await explorer.OpenAsync("tab=understand&focus=swish" + language);
        Assert.Equal(3, await sight.Page.Locator("dl.formulas math").CountAsync());
        await explorer.WaitForTheGuideAsync();
        await sight.Page.Locator(".guide section").First.WaitForAsync();
        Assert.Contains(heading, await sight.Page.Locator(".sheet h2").AllInnerTextsAsync());
        Assert.Contains(verdict, await sight.Page.Locator(".guide .verdict").AllInnerTextsAsync());
        foreach (string framework in (string[])["torch.nn.SiLU()", "keras.activations.silu(x)", "Swish(alpha=1)"])
            Assert.True(await sight.Page.Locator($".guide .spellings code:text-is('{framework}')").IsVisibleAsync());
        await sight.Page.Locator(".guide .spellings dd button").First.ClickAsync();
        Assert.Equal("torch.nn.SiLU()", await sight.AskAsync<string>("navigator.clipboard.readText()"));

        await sight.Page.Locator("[data-name='beta-field']:visible").FillAsync("2");
        await sight.Page.Locator("[data-name='beta-field']:visible").PressAsync("Enter");
        await Assertions.Expect(sight.Page.Locator(".sheet .code code").First)
            .ToHaveTextAsync("Activation f = Activation.Parse(\"swish(beta=2)\");");
    }

    [Fact]
    public async Task Guide_and_explorer_lead_to_each_other()
    {
        await using Sight sight = await explorer.OpenAsync("tab=softmax&vector=sparsemax&lang=zh");
        await sight.Named("about").ClickAsync();
        await explorer.WaitForTheGuideAsync();
        await sight.Page.Locator(".guide .note a").ClickAsync();
        await sight.Page.WaitForURLAsync("**/guide/zh/sparsemax.html");
        await sight.Page.Locator(".live a").ClickAsync();
        await Assertions.Expect(sight.Named("vector")).ToHaveValueAsync("sparsemax");
        Assert.Equal("zh-Hans", await sight.AskAsync<string>("document.documentElement.lang"));
    }

    [Fact]
    public async Task Every_function_of_the_catalogue_can_be_understood()
    {
        await using Sight sight = await explorer.OpenAsync("tab=understand");
        await explorer.WaitForTheGuideAsync();
        foreach (ActivationInfo info in Catalog.All)
        {
            await sight.Named("function").SelectOptionAsync(info.Name);
            await Assertions.Expect(sight.Page.Locator(".title")).ToHaveTextAsync(info.Title);
            await sight.Page.Locator(".guide section").First.WaitForAsync(new() { Timeout = 20_000 });
            Assert.True(await sight.Page.Locator("dl.formulas math").CountAsync() >= 2);
        }
    }

    // Of attention and of gates the tests beside theirs say so.
    [Theory]
    [InlineData("explore", ".charts figure, .readings")]
    [InlineData("numerics", ".chart, .failures")]
    [InlineData("depth", ".chart, .judged")]
    [InlineData("learn&steps=20", ".chart, .judged, .units, .gradients")]
    [InlineData("softmax", ".chart, .vector-row")]
    [InlineData("maxout", ".chart, .card")]
    public async Task Charts_and_readings_are_on_one_screen_of_1440_by_900(string tab, string parts)
    {
        await using Sight sight = await explorer.OpenAsync("tab=" + tab, new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await sight.Page.Locator(".chart:visible .axis.x text").First.WaitForAsync();
        foreach (ILocator part in await sight.Page.Locator(parts).AllAsync())
        {
            LocatorBoundingBoxResult box = (await part.BoundingBoxAsync())!;
            Assert.InRange(box.Y + box.Height, 0, 900);
        }
    }

    [Fact]
    public async Task The_textbook_formula_fails_where_it_is_known_to()
    {
        await using Sight sight = await explorer.OpenAsync("tab=numerics&rival=relu");
        await sight.Page.Locator(".failures .good").WaitForAsync();
        foreach ((string button, string kind) in ((string, string)[])
            [
                ("famousGelu", "flush"),
                ("famousMish", "flush"),
                ("famousSoftmax", "nan"),
                ("famousSigmoid", "flush"),
                ("famousSlope", "flush"),
                ("famousTanh", "nan"), ("famousElu", "digits"),
            ])
        {
            await sight.Page.Locator($"[data-famous='{button}']").ClickAsync();
            await sight.Page.Locator($".failures [data-kind='{kind}']").First.WaitForAsync();
            Assert.Equal(3, await Sight.CurvesAsync(sight.Chart("ulps")));
        }
    }

    [Fact]
    public async Task GELU_s_tail_is_lost_by_the_formula_from_where_erf_rounds_to_one_and_kept_by_the_kernel()
    {
        await using Sight sight = await explorer.OpenAsync("tab=numerics&rival=gelu&rivalFrom=-14&rivalTo=2");
        string failure = (await sight.Page.Locator("[data-kind='flush']").First.TextContentAsync())!;
        Assert.Contains("−5.54", failure, StringComparison.Ordinal);
        double worst = await sight.AskAsync<double>(
            "import('./library.js').then(({ library }) => Math.max(...library.Contest('gelu', 0, -14, 2, "
            + "801).slice(5 * 801, 6 * 801)))");
        Assert.InRange(worst, 0, 1);
        ILocator over = sight.Chart("ulps").Locator(".area");
        LocatorBoundingBoxResult box = (await over.BoundingBoxAsync())!;
        await sight.Page.Mouse.MoveAsync(box.X + (box.Width * 0.4f), box.Y + 80);
        await Assertions.Expect(sight.Page.Locator(".readings-row > div")).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task Every_kernel_that_can_be_compared_is_within_one_ulp_on_the_page()
    {
        await using Sight sight = await explorer.OpenAsync();
        foreach (ElementwiseActivation activation in Catalog.Defaults.OfType<ElementwiseActivation>())
        {
            double worst = await sight.AskAsync<double>(
                $"import('./library.js').then(({{ library }}) => Math.max(...library.Contest('{activation}', 0, -20, 20, "
                + "401).slice(5 * 401, 6 * 401)))");
            Assert.True(worst <= 1, $"{activation}: {worst} ulp");
        }
    }

    // σ(x)σ(-x) is what is printed, and does nothing wrong there; what often stands in its place is named.
    [Fact]
    public async Task A_formula_is_blamed_for_what_it_does_itself()
    {
        await using Sight sight = await explorer.OpenAsync("tab=numerics&rival=sigmoid&rivalOf=d&rivalFrom=-10&rivalTo=40");
        await sight.Page.Locator(".failures .good").WaitForAsync();
        await Assertions.Expect(sight.Page.Locator(".panel.numerics > .quiet").First)
            .ToContainTextAsync("σ(x)·σ(−x), where σ(z) = 1 / (1 + e⁻ᶻ)");
        await sight.Page.Locator("[data-side='h']").ClickAsync();
        await sight.Page.Locator(".failures [data-kind='flush']").WaitForAsync();
        await Assertions.Expect(sight.Page.Locator(".panel.numerics > .quiet").First).ToContainTextAsync("σ(x)·(1 − σ(x))");
        // A function of which no other form is known has no such button.
        await sight.Named("function").SelectOptionAsync("gelu");
        await Assertions.Expect(sight.Page.Locator("[data-side='h']")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_is_measured_follows_the_slider_and_words_about_the_default_say_so()
    {
        await using Sight sight = await explorer.OpenAsync("tab=understand&focus=elu(alpha=2)");
        await sight.Page.Locator("[data-name='measured'][data-of='elu(alpha=2)']").WaitForAsync();
        await Assertions.Expect(sight.Named("measured")).ToContainTextAsync("0 (2, 1)");
        await Assertions.Expect(sight.Named("said-of"))
            .ToHaveTextAsync("This is said of the default, α = 1. What holds at α = 2 is measured below.");
        await sight.Page.GetByRole(AriaRole.Spinbutton, new() { Name = "α" }).FillAsync("1");
        await sight.Page.GetByRole(AriaRole.Spinbutton, new() { Name = "α" }).PressAsync("Enter");
        await sight.Page.Locator("[data-name='measured'][data-of='elu']").WaitForAsync();
        await Assertions.Expect(sight.Named("said-of")).ToHaveCountAsync(0);
        // The same words as the tool's.
        string tool = await Explorer.RunAsync("measure", "elu");
        foreach (ILocator row in await sight.Page.Locator("[data-name='measured'] table").First.Locator("td").AllAsync())
            Assert.Contains((await row.InnerTextAsync()).Replace('−', '-'), tool, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_of_a_Jacobian_is_what_it_shows()
    {
        await using Sight sight = await explorer.OpenAsync("tab=softmax");
        await Assertions.Expect(sight.Named("jacobian-facts")).ToHaveTextAsync(
            "Each row sums to 0: the same added to all inputs changes no output. Each column sums to 0: what one output gains the others "
            + "lose. Every output answers to every input.");
        await sight.Named("vector").SelectOptionAsync("hardmax");
        await Assertions.Expect(sight.Named("jacobian-facts")).ToContainTextAsync("No output answers to a small change");
        await sight.Named("vector").SelectOptionAsync("log_softmax");
        await Assertions.Expect(sight.Named("jacobian-facts")).ToContainTextAsync("Columns sum to up to");
    }

    [Fact]
    public async Task Depth_names_what_becomes_of_the_gradient()
    {
        await using Sight sight = await explorer.OpenAsync("tab=depth");
        foreach ((string stack, string verdict) in ((string, string)[])
            [
                ("stack=sigmoid&layers=20", "v_vanishes"),
                ("stack=relu&layers=20&gain=3", "v_explodes"),
                ("stack=relu&layers=12&init=he&width=256", "v_balanced"),
                ("stack=selu&layers=30&width=256", "v_grows"),
                ("stack=relu&layers=50&gain=100&width=256", "v_overflow"),
                ("stack=relu&layers=50&gain=0.001", "v_dead"),
                ("stack=step", "v_none"),
            ])
        {
            await sight.ChangeAddressAsync("tab=depth&" + stack);
            await sight.Page.Locator($"[data-verdict='{verdict}']").WaitForAsync();
            int layers = await sight.AskAsync<int>("Number(document.querySelector(\"[data-name='layers-field']\").value)");
            await Assertions.Expect(sight.Page.Locator(".trio .hill")).ToHaveCountAsync(2 * layers);
        }
    }

    [Fact]
    public async Task SELU_keeps_mean_0_and_variance_1_and_a_slider_moves_the_histograms()
    {
        await using Sight sight = await explorer.OpenAsync("tab=depth&stack=selu&layers=30&width=256");
        double[] last = await sight.AskAsync<double[]>(
            "import('./library.js').then(({ library }) => Array.from(library.Depth('selu', 30, 256, false, 1, "
            + "1).slice(29 * 126, 29 * 126 + 2)))");
        Assert.InRange(last[0], -0.25, 0.25);
        Assert.InRange(last[1], 0.75, 1.25);
        ILocator chart = sight.Page.Locator(".trio .chart").First;
        string before = await Sight.DrawnAsync(chart);
        ILocator gain = sight.Page.Locator("input[type=range][data-name='gain']");
        await gain.FocusAsync();
        for (int i = 0; i < 5; i++)
            await gain.PressAsync("ArrowRight");
        await sight.StateAsync("gain");
        Assert.NotEqual(before, await Sight.DrawnAsync(chart));
    }

    [Fact]
    public async Task Softmax_turns_inputs_into_probabilities_with_their_Jacobian()
    {
        await using Sight sight = await explorer.OpenAsync("tab=softmax");
        double[] expected = new double[4];
        Activation.Softmax().Forward([2, 1, 0, -1], expected);
        double[] shown = await sight.AskAsync<double[]>(
            "[...document.querySelectorAll('[data-output]')].map(output => Number(output.dataset.exact))");
        Assert.Equal(expected, shown);
        Assert.Equal(16, await sight.Page.Locator(".heat .cell").CountAsync());

        ILocator slider = sight.Page.Locator("input[type=range][data-name='input-3']");
        LocatorBoundingBoxResult box = (await slider.BoundingBoxAsync())!;
        await slider.ClickAsync(new() { Position = new() { X = box.Width - 4, Y = box.Height / 2 } });
        await Assertions.Expect(sight.Page.Locator("[data-output='3']"))
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^0\.99"));

        // The same number added to all inputs changes nothing.
        string before = await sight.Page.Locator(".vector-rows .bar-value").AllInnerTextsAsync() is { } texts
            ? string.Join(' ', texts)
            : "";
        await sight.Named("shift-up").ClickAsync();
        await sight.StateAsync("inputs");
        Assert.Equal(before, string.Join(' ', await sight.Page.Locator(".vector-rows .bar-value").AllInnerTextsAsync()));
        await sight.Named("more").ClickAsync();
        await Assertions.Expect(sight.Page.Locator(".vector-row")).ToHaveCountAsync(5);
        await sight.Named("vector").SelectOptionAsync("log_softmax");
        await Assertions.Expect(sight.Page.Locator("[data-output='0']")).ToContainTextAsync("−");
    }

    [Fact]
    public async Task Maxout_s_lines_are_dragged_and_turned_and_the_envelope_is_their_maximum()
    {
        await using Sight sight = await explorer.OpenAsync("tab=maxout&pieces=-1,0;1,0");
        ILocator envelope = sight.Chart("maxout").Locator(".curve").First;
        string shape = (await envelope.GetAttributeAsync("d"))!;
        LocatorBoundingBoxResult box = (await sight.Chart("maxout").Locator(".area").BoundingBoxAsync())!;
        // The second line passes through (1, 1); the area spans 8 units across and 12 up.
        await Drag(sight.Page, box.X + (5f / 8 * box.Width), box.Y + (5f / 12 * box.Height), 0, 2f / 12 * box.Height);
        double[] second =
            [.. (await sight.StateAsync("pieces"))!.Split(';')[1]
                .Split(',')
                .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        Assert.Equal(1, second[0]);
        Assert.InRange(second[1], -2.3, -1.7);
        Assert.NotEqual(shape, await envelope.GetAttributeAsync("d"));

        LocatorBoundingBoxResult knob = (await sight.Page.Locator("[data-knob='1']").BoundingBoxAsync())!;
        await Drag(sight.Page, knob.X + (knob.Width / 2), knob.Y + (knob.Height / 2), 0, -60);
        Assert.True(double.Parse((await sight.StateAsync("pieces"))!.Split(';')[1].Split(',')[0], CultureInfo.InvariantCulture) > 1.2);
        await sight.Named("more-pieces").ClickAsync();
        await Assertions.Expect(sight.Page.Locator("[data-knob]")).ToHaveCountAsync(3);
        bool largest = await sight.AskAsync<bool>(
            "import('./library.js').then(({ library }) => { const y = library.Envelope([-1, 1, 0], [0, 0, 0.5], [-2, 0.25, 2]); return "
            + "y.join() === '2,0.5,2,0,2,1'; })");
        Assert.True(largest);
    }

    private static async Task Drag(IPage page, float x, float y, float across, float down)
    {
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + across, y + down, new() { Steps = 5 });
        await page.Mouse.UpAsync();
    }
}
