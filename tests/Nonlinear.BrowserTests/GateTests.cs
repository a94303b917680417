using System.Globalization;

namespace Nonlinear.BrowserTests;

/// <summary>Gated units: a surface over gate and value, and the curves through a point of it.</summary>
public class GateTests(Explorer explorer)
{
    private static readonly string[] Quantities = ["y", "g", "v"];

    private static BrowserNewContextOptions Phone =>
        new() { ViewportSize = new() { Width = 375, Height = 812 }, HasTouch = true, IsMobile = true };

    [Fact]
    public async Task Every_gated_unit_is_drawn_and_its_numbers_are_those_of_the_library()
    {
        await using Sight sight = await explorer.OpenAsync("tab=gates");
        GatedActivation[] units = [.. Catalog.Defaults.OfType<GatedActivation>()];
        Assert.Equal(
            units.Select(unit => unit.Info.Title),
            await sight.Page.Locator(".gates [data-name='function'] option").AllInnerTextsAsync());
        foreach (GatedActivation unit in units)
        {
            await sight.Named("function").SelectOptionAsync(unit.Info.Name);
            string[] expected = [.. Texts(unit, 1.5f, 2)];
            foreach ((string quantity, string text) in Quantities.Zip(expected))
                await Assertions.Expect(sight.Named("gate-" + quantity)).ToHaveTextAsync(text);
            foreach (string chart in (string[])["over-gate", "over-value"])
                Assert.Equal(3, await Sight.CurvesAsync(sight.Chart(chart)));
            Assert.True(await Sight.ColoursAsync(sight.Named("gate-surface")) > 100, unit.Info.Name);
            Assert.True(await sight.Page.Locator(".gates dl.formulas math").CountAsync() >= 2);
        }
    }

    [Fact]
    public async Task Surface_and_curves_have_the_library_s_bits()
    {
        await using Sight sight = await explorer.OpenAsync("tab=gates");
        foreach (string name in (string[])["swiglu(beta=2)", "reglu", "swiglu_oai", "situ_glu"])
        {
            GatedActivation unit = (GatedActivation)Activation.Parse(name);
            for (int quantity = 0; quantity < Quantities.Length; quantity++)
            {
                // Row by row from the highest value down.
                double[] surface = await Numbers($"library.GateSurface('{name}', {quantity}, -4, 4, 9)");
                Assert.Equal(
                    Enumerable.Range(0, 81).Select(i => (double)At(unit, quantity, (i % 9) - 4, 4 - (i / 9))), surface);
                double[] over = await Numbers($"library.GateValues('{name}', {quantity}, true, 0.3, -4, 4, 9, [])");
                Assert.Equal(Enumerable.Range(0, 9).Select(i => (double)At(unit, quantity, i - 4, 0.3f)), over);
                over = await Numbers($"library.GateValues('{name}', {quantity}, false, 0.3, -4, 4, 9, [])");
                Assert.Equal(Enumerable.Range(0, 9).Select(i => (double)At(unit, quantity, 0.3f, i - 4)), over);
            }
        }

        Task<double[]> Numbers(string asked) =>
            sight.AskAsync<double[]>($"import('./library.js').then(({{ library }}) => Array.from({asked}))");
    }

    [Theory]
    [InlineData("reglu", "over-gate", 1, 1, 0)]
    [InlineData("swiglu_oai(limit=2)", "over-gate", 1, 1, 0)]
    [InlineData("swiglu_oai(limit=2)", "over-value", 2, 2, 0)]
    [InlineData("swiglu_step(limit=2)", "over-gate", 1, 1, null)]
    [InlineData("swiglu", "over-gate", 1, 0, null)]
    public async Task Slopes_break_where_a_bound_or_a_kink_is(string unit, string chart, int quantity, int jumps, int? there)
    {
        await using Sight sight = await explorer.OpenAsync("tab=gates&gate=1&value=1&unit=" + unit);
        // A jump of a slope has an open dot and a filled one; the point has a filled one on each curve.
        await Assertions.Expect(sight.Chart(chart).Locator(".mark.open")).ToHaveCountAsync(jumps);
        await Assertions.Expect(sight.Chart(chart).Locator(".mark:not(.open)")).ToHaveCountAsync(3 + jumps);
        string path = (await sight.Chart(chart).Locator(".curve").Nth(quantity).GetAttributeAsync("d"))!;
        Assert.Equal(jumps, path.Count(letter => letter == 'M') - 1);
        // At a bound the slope is 0: that is where the filled dot is, on the line of 0.
        if (there is null)
            return;
        string line = (await sight.Chart(chart).Locator(".axis.y .tick:has(.zero)").GetAttributeAsync("transform"))!;
        double zero = double.Parse(line.Split(',', ')')[1], CultureInfo.InvariantCulture);
        string[] filled = await sight.Chart(chart).Locator(".mark:not(.open)").EvaluateAllAsync<string[]>(
            "marks => marks.map(mark => mark.getAttribute('transform'))");
        Assert.Equal(
            jumps,
            filled.Count(mark => Math.Abs(double.Parse(mark.Split(',', ')')[1], CultureInfo.InvariantCulture) - zero) < 1));
    }

    [Fact]
    public async Task Sliders_surface_curves_and_readings_are_on_one_screen_of_1440_by_900()
    {
        await using Sight sight = await explorer.OpenAsync("tab=gates", new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        foreach (ILocator part in (ILocator[])
            [
                sight.Named("beta-field"), sight.Named("gate-v"), sight.Chart("gate-surface"), sight.Chart("over-value"),
            ])
        {
            LocatorBoundingBoxResult box = (await part.BoundingBoxAsync())!;
            Assert.InRange(box.Y + box.Height, 0, 900);
        }
    }

    [Fact]
    public async Task The_point_is_dragged_pressed_and_moved_by_sliders_and_the_curves_follow()
    {
        await using Sight sight = await explorer.OpenAsync("tab=gates&gate=0&value=0");
        ILocator area = sight.Chart("gate-surface").Locator(".area");
        LocatorBoundingBoxResult box = (await area.BoundingBoxAsync())!;
        ILocator curve = sight.Chart("over-gate").Locator(".curve").First;
        string before = (await curve.GetAttributeAsync("d"))!;

        // A quarter of the area is three of its twelve units.
        float x = box.X + (box.Width / 2), y = box.Y + (box.Height / 2);
        await sight.Page.Mouse.MoveAsync(x, y);
        await sight.Page.Mouse.DownAsync();
        await sight.Page.Mouse.MoveAsync(x + (box.Width / 4), y - (box.Height / 4), new() { Steps = 5 });
        await sight.Page.Mouse.UpAsync();
        Assert.Equal(3, await NumberAsync("gate"), 0.1);
        Assert.Equal(3, await NumberAsync("value"), 0.1);
        Assert.NotEqual(before, await curve.GetAttributeAsync("d"));

        await sight.Page.Mouse.ClickAsync(box.X + (box.Width / 4), box.Y + (box.Height / 12));
        Assert.Equal(-3, await NumberAsync("gate"), 0.1);
        Assert.Equal(5, await NumberAsync("value"), 0.1);

        ILocator field = sight.Named("value-field");
        await field.FillAsync("-2.5");
        await field.PressAsync("Enter");
        await Assertions.Expect(sight.Page.Locator(".gates figcaption").Nth(1)).ToHaveTextAsync("Over the gate, with the value −2.5");
        ILocator beta = sight.Page.Locator("input[type=range][data-name='beta']:visible");
        string steep = (await curve.GetAttributeAsync("d"))!;
        await beta.FocusAsync();
        for (int i = 0; i < 5; i++)
            await beta.PressAsync("ArrowRight");
        Assert.Contains("beta=", await sight.StateAsync("unit"), StringComparison.Ordinal);
        Assert.NotEqual(steep, await curve.GetAttributeAsync("d"));

        async Task<double> NumberAsync(string key) => double.Parse((await sight.StateAsync(key))!, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task The_surface_shows_the_output_or_a_slope()
    {
        await using Sight sight = await explorer.OpenAsync("tab=gates&unit=bilinear");
        await Assertions.Expect(sight.Named("gate-scale")).ToHaveTextAsync("from −36 (orange) through 0 (paper) to 36 (blue)");
        await sight.Page.Locator("[data-surface='g']").ClickAsync();
        // The slope by the gate is the value.
        await Assertions.Expect(sight.Named("gate-scale")).ToHaveTextAsync("from −6 (orange) through 0 (paper) to 6 (blue)");
        await Assertions.Expect(sight.Page.Locator(".gates figcaption").First).ToHaveTextAsync("Over gate and value: ∂y/∂gate");
        Assert.Equal("g", await sight.StateAsync("surface"));
    }

    [Fact]
    public async Task Who_has_which_half_as_the_gate_is_what_the_tables_of_names_say()
    {
        await using Sight sight = await explorer.OpenAsync("tab=gates&unit=glu");
        ILocator rows = sight.Named("layouts").Locator("tbody tr");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("glu(layout=gate_last)");
        foreach (Spelling spelling in Activation.Glu().WithLayout(GateLayout.GateLast).Spellings)
            await Assertions.Expect(rows.Nth(1)).ToContainTextAsync($"{spelling.Framework} {spelling.Code}");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("PyTorch");
        await Assertions.Expect(rows.Nth(0)).Not.ToContainTextAsync("PyTorch");
        await sight.Named("function").SelectOptionAsync("swiglu");
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("ggml");
        await Assertions.Expect(rows.Nth(3)).ToContainTextAsync("ONNX SwiGLU");
    }

    [Fact]
    public async Task The_list_and_the_guide_lead_there_and_a_gate_of_one_s_own_is_a_unit_too()
    {
        await using Sight sight = await explorer.OpenAsync();
        await sight.Page.Locator(".picker .row", new() { HasTextString = "GEGLU (tanh)" }).First.ClickAsync();
        await Assertions.Expect(sight.Named("function")).ToHaveValueAsync("geglu_tanh");
        await sight.Named("about").ClickAsync();
        await explorer.WaitForTheGuideAsync();
        await sight.Page.Locator(".guide .note a").ClickAsync();
        await sight.Page.WaitForURLAsync("**/guide/en/geglu_tanh.html");
        await sight.Page.Locator(".live a").ClickAsync();
        await Assertions.Expect(sight.Named("function")).ToHaveValueAsync("geglu_tanh");

        await sight.ChangeAddressAsync("tab=gates&unit=glu(elu(alpha=2))&gate=-1&value=3");
        ElementwiseActivation gate = Activation.Elu(2);
        await Assertions.Expect(sight.Named("gate-y")).ToHaveTextAsync(Written(3 * gate.Forward(-1)));
        // Where gates and values lie in one tensor means nothing here.
        await sight.ChangeAddressAsync("tab=gates&unit=reglu(layout=gate_last)");
        await Assertions.Expect(sight.Named("function")).ToHaveValueAsync("reglu");
    }

    [Fact]
    public async Task Any_function_of_one_number_can_be_the_gate()
    {
        await using Sight sight = await explorer.OpenAsync("tab=gates&gate=-1&value=3");
        ILocator gates = sight.Named("gate-function");
        await Assertions.Expect(gates).ToHaveValueAsync("");
        Assert.Equal(
            Catalog.Defaults.OfType<ElementwiseActivation>().Select(function => function.Info.Title),
            (await gates.Locator("option").AllInnerTextsAsync()).Skip(1));
        await gates.SelectOptionAsync("mish");
        await Assertions.Expect(sight.Named("gate-y")).ToHaveTextAsync(Written(3 * Activation.Mish().Forward(-1)));
        Assert.Equal("glu(mish)", await sight.StateAsync("unit"));

        // Its parameters have sliders.
        await gates.SelectOptionAsync("elu");
        await sight.Named("alpha-field").FillAsync("2");
        await sight.Named("alpha-field").PressAsync("Enter");
        await Assertions.Expect(sight.Named("gate-y")).ToHaveTextAsync(Written(3 * Activation.Elu(2).Forward(-1)));
        Assert.Equal("glu(elu(alpha=2))", await sight.StateAsync("unit"));
        await Assertions.Expect(gates).ToHaveValueAsync("elu");

        // Back takes the function before; a gate that has a name of its own goes by that.
        await sight.Page.GoBackAsync();
        await Assertions.Expect(gates).ToHaveValueAsync("mish");
        await gates.SelectOptionAsync("relu");
        await Assertions.Expect(sight.Named("function")).ToHaveValueAsync("reglu");
        await Assertions.Expect(gates).ToHaveValueAsync("");
    }

    [Theory]
    [InlineData("en", "Gate")]
    [InlineData("zh", "门")]
    public async Task A_finger_sets_the_point_on_a_phone_and_the_page_scrolls_past_the_surface(string language, string title)
    {
        await using Sight sight = await explorer.OpenAsync($"tab=gates&unit=reglu&lang={language}", Phone);
        ILocator area = sight.Chart("gate-surface").Locator(".area");
        await area.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(sight.Chart("gate-surface").Locator("text.title.x")).ToHaveTextAsync(title);
        LocatorBoundingBoxResult box = (await area.BoundingBoxAsync())!;
        await sight.Page.Touchscreen.TapAsync(box.X + (box.Width * 0.75f), box.Y + (box.Height * 0.25f));
        Assert.Equal(3, double.Parse((await sight.StateAsync("gate"))!, CultureInfo.InvariantCulture), 0.15);
        double scrolled = await sight.AskAsync<double>("scrollY");
        await sight.TouchAsync(step => [(box.X + 40, box.Y + 150 - (step * 15))]);
        Assert.Equal(3, double.Parse((await sight.StateAsync("gate"))!, CultureInfo.InvariantCulture), 0.15);
        Assert.True(await sight.AskAsync<double>("scrollY") > scrolled + 30);
    }

    private static IEnumerable<string> Texts(GatedActivation unit, float gate, float value) =>
        Quantities.Select((_, quantity) => Written(At(unit, quantity, gate, value)));

    private static string Written(double number) => ((float)number).ToString(CultureInfo.InvariantCulture).Replace('-', '−');

    private static float At(GatedActivation unit, int quantity, float gate, float value)
    {
        float[] y = [0], byGate = [0], byValue = [0];
        unit.Forward<float>([gate], [value], y);
        unit.Backward<float>([gate], [value], [1], byGate, byValue);
        return quantity switch { 0 => y[0], 1 => byGate[0], _ => byValue[0] };
    }
}
