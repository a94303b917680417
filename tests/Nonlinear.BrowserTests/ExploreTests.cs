using System.Globalization;

namespace Nonlinear.BrowserTests;

public class ExploreTests(Explorer explorer)
{
    private static readonly string[] Three = ["f", "d", "c"];

    [Fact]
    public async Task Any_number_of_functions_can_be_chosen_and_removed()
    {
        await using Sight sight = await explorer.OpenAsync("f=");
        await sight.Page.Locator(".notice:visible").WaitForAsync();
        foreach (ActivationInfo info in Catalog.Defaults.OfType<ElementwiseActivation>().Select(activation => activation.Info))
            await sight.Page.Locator($"[data-function='{info.Name}']").CheckAsync();
        await Assertions.Expect(sight.Page.Locator("[data-card]"))
            .ToHaveCountAsync(Catalog.Defaults.OfType<ElementwiseActivation>().Count());
        Assert.Equal(Catalog.Defaults.OfType<ElementwiseActivation>().Count(), await Sight.CurvesAsync(sight.Chart("f")));

        await sight.Page.Locator("[data-function='relu']").UncheckAsync();
        await sight.Page.Locator("[data-card='tanh'] button[title='Remove']").ClickAsync();
        await Assertions.Expect(sight.Page.Locator("[data-card='relu'], [data-card='tanh']")).ToHaveCountAsync(0);
        Assert.False(await sight.Page.Locator("[data-function='tanh']").IsCheckedAsync());
    }

    [Fact]
    public async Task The_list_is_searched_as_one_types_by_names_and_aliases()
    {
        await using Sight sight = await explorer.OpenAsync();
        foreach ((string typed, string found) in ((string, string)[])[
            ("silu", "Swish"),
            ("Leaky-ReLU", "Leaky ReLU"),
            ("torch.nn.Mish", "Mish"),
        ])
        {
            await sight.Page.Locator("#search").FillAsync("");
            await sight.Page.Locator("#search").PressSequentiallyAsync(typed);
            // First of a few: others have the word in one of their names.
            string[] rows = [.. (await sight.Page.Locator(".row:visible").AllInnerTextsAsync()).Select(row => row.Trim())];
            Assert.Equal(found, rows[0]);
            Assert.InRange(rows.Length, 1, 4);
        }
        await sight.Page.Locator("#search").FillAsync("no such function");
        Assert.Equal(0, await sight.Page.Locator(".row:visible").CountAsync());
        Assert.True(await sight.Page.GetByText("No function has such a name.").IsVisibleAsync());
    }

    [Fact]
    public async Task Each_quantity_is_on_or_off()
    {
        await using Sight sight = await explorer.OpenAsync("f=swish;elu");
        foreach (string quantity in (string[])["c", "g"])
            await sight.Page.Locator($"[data-quantity='{quantity}']").ClickAsync();
        await Assertions.Expect(sight.Page.Locator("[data-chart]:visible")).ToHaveCountAsync(4);
        await sight.Page.Locator("[data-quantity='f']").ClickAsync();
        await Assertions.Expect(sight.Chart("f")).ToHaveCountAsync(0);
        Assert.Equal("d,c,g", await sight.StateAsync("show"));
    }

    [Fact]
    public async Task A_slider_moves_the_curve_and_a_field_takes_exact_values()
    {
        await using Sight sight = await explorer.OpenAsync("f=elu");
        ILocator slider = sight.Page.Locator("input[type=range][data-name='alpha']");
        string before = await Sight.DrawnAsync(sight.Chart("f"));
        await slider.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await slider.BoundingBoxAsync())!;
        await sight.Page.Mouse.MoveAsync(box.X + (box.Width / 4), box.Y + (box.Height / 2));
        await sight.Page.Mouse.DownAsync();
        await sight.Page.Mouse.MoveAsync(box.X + (box.Width * 0.9f), box.Y + (box.Height / 2), new() { Steps = 6 });
        await sight.Page.Mouse.UpAsync();
        Assert.StartsWith("elu(alpha=", await sight.StateAsync("f"), StringComparison.Ordinal);
        Assert.NotEqual(before, await Sight.DrawnAsync(sight.Chart("f")));

        await sight.Page.Locator("[data-name='alpha-field']").FillAsync("12.5");
        await sight.Page.Locator("[data-name='alpha-field']").PressAsync("Enter");
        Assert.Equal("elu(alpha=12.5)", await sight.StateAsync("f"));
        await slider.FocusAsync();
        await slider.PressAsync("ArrowLeft");
        Assert.NotEqual("elu(alpha=12.5)", await sight.StateAsync("f"));
        await sight.Page.GetByRole(AriaRole.Button, new() { Name = "Defaults" }).ClickAsync();
        Assert.Equal("elu", await sight.StateAsync("f"));
    }

    [Fact]
    public async Task A_value_that_is_not_allowed_is_refused_and_the_curve_stays()
    {
        await using Sight sight = await explorer.OpenAsync("f=elu");
        ILocator field = sight.Page.Locator("[data-name='alpha-field']");
        await field.FillAsync("1e999");
        await field.PressAsync("Enter");
        Assert.Equal("true", await field.GetAttributeAsync("aria-invalid"));
        Assert.Equal("elu", await sight.StateAsync("f"));
    }

    [Fact]
    public async Task Dragging_zooms_and_a_double_click_resets()
    {
        await using Sight sight = await explorer.OpenAsync();
        ILocator chart = sight.Chart("f").Locator(".area");
        LocatorBoundingBoxResult box = (await chart.BoundingBoxAsync())!;
        await sight.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 100);
        await sight.Page.Mouse.DownAsync();
        await sight.Page.Mouse.MoveAsync(box.X + (box.Width * 0.75f), box.Y + 120, new() { Steps = 5 });
        await sight.Page.Mouse.UpAsync();
        Assert.InRange(Number(await sight.StateAsync("from")), -0.1, 0.1);
        Assert.InRange(Number(await sight.StateAsync("to")), 2.8, 3.2);
        await chart.DblClickAsync();
        Assert.Null(await sight.StateAsync("from"));
        await sight.Page.GetByRole(AriaRole.Button, new() { Name = "Zoom out" }).ClickAsync();
        Assert.Equal("-12", await sight.StateAsync("from"));
        await sight.Named("from").FillAsync("-100");
        await sight.Named("from").PressAsync("Enter");
        Assert.Equal("-100", await sight.StateAsync("from"));
    }

    [Fact]
    public async Task The_axis_of_y_is_dragged_and_zoomed_and_a_link_keeps_it()
    {
        await using Sight sight = await explorer.OpenAsync("f=tanh&show=f");
        ILocator axis = sight.Chart("f").Locator(".strip.y");
        LocatorBoundingBoxResult box = (await axis.BoundingBoxAsync())!;
        (double low, double high) = await EndsAsync();
        await sight.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await sight.Page.Mouse.DownAsync();
        await sight.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height * 0.75f), new() { Steps = 5 });
        await sight.Page.Mouse.UpAsync();
        // What was in the middle has come down by a quarter: the axis begins a quarter higher.
        (double lower, double upper) = await EndsAsync();
        Assert.Equal(low + ((high - low) / 4), lower, 0.02);
        Assert.Equal(high - low, upper - lower, 0.001);
        await sight.Page.Mouse.WheelAsync(0, -100);
        (double near, double far) = await EndsAsync();
        Assert.Equal((upper - lower) / 1.2, far - near, 0.001);
        await sight.Page.ReloadAsync();
        await sight.Page.Locator(".panel").WaitForAsync();
        Assert.Equal((near, far), await EndsAsync());
        await sight.Chart("f").FocusAsync();
        await sight.Page.Keyboard.PressAsync("ArrowUp");
        Assert.Equal(near + ((far - near) / 10), (await EndsAsync()).Low, 0.001);
        await axis.DblClickAsync();
        Assert.Null(await sight.StateAsync("y"));
        Assert.Equal((low, high), await EndsAsync());

        // From what is written on the axis: two marks and where they are.
        async Task<(double Low, double High)> EndsAsync()
        {
            await sight.StateAsync("y");
            double[] found = await sight.Chart("f").EvaluateAsync<double[]>(
                "chart => { const marks = [...chart.querySelectorAll('.axis.y .tick')].map(tick => ["
                + "Number(tick.textContent.replace('−', '-')), Number(/,(.*)\\)/.exec(tick.getAttribute('transform'))[1])]);"
                + "const area = chart.querySelector('.area'), top = Number(area.getAttribute('y'));"
                + "const bottom = top + Number(area.getAttribute('height')), [a, b] = [marks[0], marks.at(-1)];"
                + "return [bottom, top].map(y => a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])); }");
            return (Math.Round(found[0], 4), Math.Round(found[1], 4));
        }
    }

    [Fact]
    public async Task Keys_read_move_and_zoom()
    {
        await using Sight sight = await explorer.OpenAsync("f=gelu");
        await sight.Chart("f").FocusAsync();
        await sight.Page.Keyboard.PressAsync("ArrowRight");
        string first = (await sight.Page.Locator(".reading-x").TextContentAsync())!;
        await sight.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(sight.Page.Locator(".reading-x")).Not.ToHaveTextAsync(first);
        await sight.Page.Keyboard.PressAsync("+");
        Assert.Equal("-3", await sight.StateAsync("from"));
        await sight.Page.Keyboard.PressAsync("Shift+ArrowRight");
        Assert.Equal("-2.4", await sight.StateAsync("from"));
        await sight.Page.Keyboard.PressAsync("0");
        Assert.Null(await sight.StateAsync("from"));
    }

    [Fact]
    public async Task Hovering_reads_exact_values_as_the_tool_prints_them()
    {
        await using Sight sight = await explorer.OpenAsync("f=gelu;swish(beta=1.5)&show=f,d,c&from=-8&to=8");
        LocatorBoundingBoxResult box = (await sight.Chart("d").Locator(".area").BoundingBoxAsync())!;
        await sight.Page.Mouse.MoveAsync(box.X + (box.Width * 0.16f), box.Y + 60);
        await sight.Page.Locator(".readings td").First.WaitForAsync();
        string x = (await sight.Page.Locator(".reading-x").TextContentAsync())!.Split('=')[1].Trim().Replace('−', '-');
        string[] shown = await sight.AskAsync<string[]>("[...document.querySelectorAll('.readings td')].map(cell => cell.dataset.value)");
        List<string> printed = [];
        foreach (string function in (string[])["gelu", "swish(beta=1.5)"])
        {
            foreach (string[] option in (string[][])[[], ["--derivative"], ["--curvature"]])
                printed.Add((await Explorer.RunAsync(["eval", function, .. option, "--", x])).Trim());
        }
        Assert.Equal(printed, shown);
    }

    [Fact]
    public async Task The_numbers_of_every_curve_have_the_library_s_bits()
    {
        await using Sight sight = await explorer.OpenAsync();
        int compared = 0;
        foreach (ElementwiseActivation activation in Catalog.Defaults.OfType<ElementwiseActivation>())
        {
            double[] x = await sight.AskAsync<double[]>(
                "import('./library.js').then(({ library }) => "
                + $"Array.from(library.Points(-110, 110, 801, library.Kinks(['{activation}']))))");
            float[] floats = [.. x.Select(value => (float)value)];
            for (int quantity = 0; quantity < Three.Length; quantity++)
            {
                double?[] shown = await sight.AskAsync<double?[]>(
                    $"import('./library.js').then(({{ library }}) => Array.from(library.Values('{activation}', {quantity}, -110, 110, "
                    + $"801, library.Kinks(['{activation}'])), value => Number.isFinite(value) ? value : null))");
                float[] expected = new float[floats.Length];
                switch (quantity)
                {
                    case 0: activation.Forward(floats, expected); break;
                    case 1: activation.Derivative(floats, expected); break;
                    default: activation.Curvature(floats, expected); break;
                }
                for (int i = 0; i < floats.Length; i++)
                {
                    // A point between two floats is where a jump leaves its gap.
                    if (floats[i] != x[i] || shown[i] is not { } value)
                        continue;
                    Assert.True(
                        BitConverter.SingleToInt32Bits((float)value) == BitConverter.SingleToInt32Bits(expected[i])
                            || (value == 0 && expected[i] == 0),
                        $"{activation} {Three[quantity]}({floats[i]:R}): {value:R} on the page, {expected[i]:R} in the library");
                    compared++;
                }
            }
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{compared} numbers compared.");
        Assert.True(compared > 20_000);
    }

    [Fact]
    public async Task Jumps_break_the_curve_and_kinks_are_marked()
    {
        await using Sight sight = await explorer.OpenAsync();
        string jumps = await sight.AskAsync<string>(
            "import('./library.js').then(({ curve, gridOf }) => { const grid = gridOf(['relu', 'gelu'], -6, 6, 600); "
            + "return JSON.stringify([curve('relu', 1, grid).jumps, curve('gelu', 1, grid).jumps, curve('relu', 0, grid).jumps]); })");
        Assert.Equal("""[[{"x":0,"left":0,"right":1,"isLeft":true}],[],[]]""", jumps);
        bool gap = await sight.AskAsync<bool>(
            "import('./library.js').then(({ curve, gridOf }) => curve('relu', 1, gridOf(['relu'], -6, 6, 600)).values.includes(null))");
        Assert.True(gap);
    }

    [Fact]
    public async Task The_log_scale_shows_the_tails()
    {
        await using Sight sight = await explorer.OpenAsync("f=gelu&show=f&from=-14&to=2");
        string linear = await Sight.DrawnAsync(sight.Chart("f"));
        await sight.Named("log").ClickAsync();
        Assert.Equal("1", await sight.StateAsync("log"));
        Assert.NotEqual(linear, await Sight.DrawnAsync(sight.Chart("f")));
        Assert.Equal(1, await sight.Page.GetByText("logarithmic axis").CountAsync());
    }

    [Fact]
    public async Task A_typed_formula_is_a_function_like_the_others()
    {
        await using Sight sight = await explorer.OpenAsync("f=relu");
        await sight.Named("own-formula").FillAsync("max(x, a*sigmod(x))");
        await sight.Named("own-add").ClickAsync();
        await Assertions.Expect(sight.Page.Locator(".own-problem")).ToContainTextAsync("At place 10, 'sigmod' is no function");
        await sight.Named("own-formula").FillAsync("max(x, a*x)");
        await sight.Named("own-add").ClickAsync();
        ILocator field = sight.Page.Locator("[data-card='max(x,a*x)'] [data-name='a-field']");
        await field.FillAsync("0.1");
        await field.PressAsync("Enter");
        Assert.Equal("relu;max(x,a*x)(a=0.1)", await sight.StateAsync("f"));
        // Its kink is found, and its numbers are those of the function that it is.
        string[] values = await sight.AskAsync<string[]>(
            "import('./library.js').then(({ library, curve, gridOf }) => { const grid = gridOf(['max(x,a*x)(a=0.1)'], -6, 6, 600); "
            + "return [...library.At(['max(x,a*x)(a=0.1)', 'leaky_relu(alpha=0.1)'], 0, -3.3), "
            + "JSON.stringify(curve('max(x,a*x)(a=0.1)', 1, grid).jumps.map(jump => [jump.x, jump.right]))]; })");
        Assert.Equal(values[1], values[0]);
        Assert.Equal("[[0,1]]", values[2]);
        await sight.Page.ReloadAsync();
        await Assertions.Expect(field).ToHaveValueAsync("0.1");
        await sight.Page.Locator("[data-card='max(x,a*x)']").GetByText("More about it").ClickAsync();
        await Assertions.Expect(sight.Named("measured")).ToContainTextAsync("0 (0.1, 1)");
        // Its formula is judged like any other.
        await sight.ChangeAddressAsync("tab=numerics&rival=log(1%2Bexp(x))&rivalFrom=-30&rivalTo=100");
        await sight.Page.Locator(".failures [data-kind='overflow']").WaitForAsync();
        await Assertions.Expect(sight.Page.Locator(".failures [data-kind='overflow']")).ToContainTextAsync("88.72284");

        // Written so it does not.
        await Assertions.Expect(sight.Named("stable-form")).ToContainTextAsync("Written as softplus(x)");
        await sight.Named("stable-form").GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal("softplus(x)", await sight.StateAsync("rival"));
        await Assertions.Expect(sight.Named("stable-form")).ToHaveCountAsync(0);
    }

    private static double Number(string? text) => double.Parse(text!, CultureInfo.InvariantCulture);
}
