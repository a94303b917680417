using System.Globalization;

namespace Nonlinear.BrowserTests;

/// <summary>Fingers, the wheel, and what moves by itself.</summary>
public class TouchTests(Explorer explorer)
{
    private static BrowserNewContextOptions Phone =>
        new() { ViewportSize = new() { Width = 375, Height = 812 }, HasTouch = true, IsMobile = true };

    [Fact]
    public async Task A_tap_shows_the_values_at_the_finger()
    {
        await using Sight sight = await explorer.OpenAsync("f=gelu;relu&show=f", Phone);
        LocatorBoundingBoxResult box = await PlotAsync(sight);
        await sight.Page.Touchscreen.TapAsync(box.X + (box.Width / 4), box.Y + 100);
        ILocator bubble = sight.Chart("f").Locator(".bubble");
        await Assertions.Expect(bubble).ToContainTextAsync("x = −3");
        await Assertions.Expect(bubble).ToContainTextAsync("−0.004");
        await Assertions.Expect(bubble.Locator("svg.swatch")).ToHaveCountAsync(2);
        // Beside the finger, not below it.
        Assert.True((await bubble.BoundingBoxAsync())!.X > box.X + (box.Width / 4));
    }

    [Fact]
    public async Task A_finger_moves_the_curve_and_two_zoom_it()
    {
        await using Sight sight = await explorer.OpenAsync("f=gelu;relu&show=f", Phone);
        LocatorBoundingBoxResult box = await PlotAsync(sight);
        (float middle, float y) = (box.X + (box.Width / 2), box.Y + 100);
        await sight.TouchAsync(step => [(middle + (step * 6), y)]);
        double from = Number(await sight.StateAsync("from")), to = Number(await sight.StateAsync("to"));
        // 48 pixels to the right: what was under the finger is still there.
        Assert.Equal(-6 - (48 / box.Width * 12), from, 0.4);
        Assert.Equal(12, to - from, 1e-3);
        await sight.ChangeAddressAsync("f=gelu;relu&show=f");
        await sight.StateAsync("from");
        await sight.TouchAsync(step => [(middle - 30 - (step * 5), y), (middle + 30 + (step * 5), y)]);
        double span = Number(await sight.StateAsync("to")) - Number(await sight.StateAsync("from"));
        Assert.Equal(12 * 60 / 140.0, span, 0.6);
    }

    [Fact]
    public async Task Turning_the_device_draws_everything_anew()
    {
        await using Sight sight = await explorer.OpenAsync("f=gelu;relu&show=f,d&at=2", Phone);
        await sight.Page.SetViewportSizeAsync(812, 375);
        foreach (string panel in (string[])["explore", "numerics", "depth", "learn", "softmax", "attention", "maxout", "gates"])
        {
            await sight.GoAsync(panel);
            await FitAsync(812, 375);
            await FitAsync(375, 812);
        }

        // Each chart is as wide as its place, its curves within it, and what is told beside the finger stays beside it.
        async Task FitAsync(int width, int height)
        {
            await sight.Page.SetViewportSizeAsync(width, height);
            await sight.Page.WaitForFunctionAsync(
                "() => [...document.querySelectorAll('.panel:not([hidden]) .chart')].every(chart => {"
                + "const svg = chart.querySelector('svg'), area = chart.querySelector('.area').getBoundingClientRect();"
                + "return Math.abs(svg.getBoundingClientRect().width - chart.clientWidth) <= 1 && area.right <= innerWidth"
                + "&& area.width > 0.6 * chart.clientWidth && [...chart.querySelectorAll('.curve')].every(curve =>"
                + "curve.getBoundingClientRect().right <= area.right + 3); })");
            Assert.True(await sight.AskAsync<int>("document.documentElement.scrollWidth") <= width);
        }
    }

    [Fact]
    public async Task The_wheel_zooms_about_the_pointer()
    {
        await using Sight sight = await explorer.OpenAsync("f=gelu");
        LocatorBoundingBoxResult box = await PlotAsync(sight);
        await sight.Page.Mouse.MoveAsync(box.X + (box.Width * 0.75f), box.Y + 100);
        await Task.Delay(400, TestContext.Current.CancellationToken);
        await sight.Page.Mouse.WheelAsync(0, -100);
        double from = Number(await sight.StateAsync("from")), to = Number(await sight.StateAsync("to"));
        Assert.Equal(10, to - from, 0.01);
        Assert.Equal(3, from + (0.75 * (to - from)), 0.05);
    }

    [Fact]
    public async Task On_a_phone_the_legend_is_in_sight_and_tabs_show_that_there_are_more()
    {
        await using Sight sight = await explorer.OpenAsync("f=sigmoid;tanh;relu;gelu", Phone);
        await sight.Chart("d").ScrollIntoViewIfNeededAsync();
        await sight.Page.Mouse.WheelAsync(0, 200);
        await Assertions.Expect(sight.Page.Locator(".legend")).ToBeInViewportAsync();
        await sight.AskAsync<bool>("(scrollTo(0, 0), true)");
        await Assertions.Expect(sight.Page.Locator("#tabs.more-right:not(.more-left)")).ToHaveCountAsync(1);
        await sight.Page.Locator(".further:visible").Last.TapAsync();
        await Assertions.Expect(sight.Page.Locator("#tabs.more-left")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_tangent_slides_along_and_a_slider_plays()
    {
        await using Sight sight = await explorer.OpenAsync("f=tanh;swish&tangent=1");
        ILocator slope = sight.Named("tangent-slope");
        await sight.Page.Locator("[data-name='tangent-at']").FillAsync("0.5");
        await Assertions.Expect(slope).ToHaveTextAsync("x = 0, slope 1");
        await sight.Page.Locator("[data-legend='swish']").ClickAsync();
        await Assertions.Expect(slope).ToHaveTextAsync("x = 0, slope 0.5");
        await sight.Page.Locator(".tangent .play").ClickAsync();
        await Assertions.Expect(slope).Not.ToHaveTextAsync("x = 0, slope 0.5");
        await sight.Page.Locator(".tangent .play").ClickAsync();
        ILocator play = sight.Page.Locator("[data-card='swish'] .play");
        await play.ClickAsync();
        await Assertions.Expect(sight.Page.Locator("[data-card='swish'] [data-name='beta-field']")).Not.ToHaveValueAsync("1");
        await play.ClickAsync();
        Assert.Equal("false", await play.GetAttributeAsync("aria-pressed"));
        string rested = await sight.Page.Locator("[data-card='swish'] [data-name='beta-field']").InputValueAsync();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(rested, await sight.Page.Locator("[data-card='swish'] [data-name='beta-field']").InputValueAsync());
    }

    [Fact]
    public async Task Pointing_at_the_legend_lights_a_curve()
    {
        await using Sight sight = await explorer.OpenAsync("f=sigmoid;tanh;relu;gelu");
        await sight.Page.Locator("[data-legend='relu']").HoverAsync();
        await Assertions.Expect(sight.Page.Locator("[data-legend='relu'].lit")).ToHaveCountAsync(1);
        await Assertions.Expect(sight.Chart("f").Locator(".curve.dim")).ToHaveCountAsync(3);
        await Assertions.Expect(sight.Chart("f").Locator(".curve").Nth(2)).Not.ToHaveClassAsync("curve dim");
    }

    private static async Task<LocatorBoundingBoxResult> PlotAsync(Sight sight)
    {
        ILocator plot = sight.Chart("f").Locator(".area");
        await plot.ScrollIntoViewIfNeededAsync();
        return (await plot.BoundingBoxAsync())!;
    }

    private static double Number(string? text) => double.Parse(text!, CultureInfo.InvariantCulture);
}
