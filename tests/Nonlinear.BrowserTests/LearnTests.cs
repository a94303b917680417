using System.Text.RegularExpressions;
using Nonlinear.Explorer;
using Nonlinear.Training;

namespace Nonlinear.BrowserTests;

/// <summary>The network that learns in the page.</summary>
public partial class LearnTests(Explorer explorer)
{
    [Theory]
    [InlineData("spirals", "gelu", true, 0.03)]
    [InlineData("moons", "swish(beta=1.5)", false, 0.1)]
    public async Task Weights_after_100_steps_are_those_of_NET_bit_for_bit(string data, string activation, bool adam, double rate)
    {
        await using Sight sight = await explorer.OpenAsync("tab=learn");
        double[] there = await sight.AskAsync<double[]>(
            "import('./library.js').then(({ library }) => { "
            + FormattableString.Invariant($"library.LearnBegin('{data}', 3, 7, '{activation}', {(adam ? "true" : "false")}, {rate}, 4); ")
            + "library.LearnSteps(100); return Array.from(library.LearnWeights()); })");
        OptimiserPlan plan = adam ? new AdamPlan(rate) : new SgdPlan(rate);
        LearningNetwork network = new(data, 3, 7, (ElementwiseActivation)Activation.Parse(activation), plan, seed: 4);
        network.Learn(100);
        Assert.Equal(network.Weights.Select(weight => (double)weight), there);
    }

    [Fact]
    public async Task A_visitor_trains_pauses_steps_and_shares_what_was_reached()
    {
        await using Sight sight = await explorer.OpenAsync("tab=learn&points=circles&trained=tanh");
        await Assertions.Expect(sight.Named("learn-steps")).ToHaveTextAsync("0");
        await sight.Named("one-step").ClickAsync();
        await Assertions.Expect(sight.Named("learn-steps")).ToHaveTextAsync("1");
        await sight.Named("train").PressAsync("Enter");
        await Assertions.Expect(sight.Named("train")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(sight.Named("learn-steps")).ToHaveTextAsync(MoreThanTwenty());
        await sight.Named("train").ClickAsync();
        await Assertions.Expect(sight.Named("learning")).ToContainTextAsync("0 of 12 units are dead");
        string steps = await sight.Named("learn-steps").InnerTextAsync(), loss = await sight.Named("learn-loss").InnerTextAsync();
        Assert.Equal(steps, await sight.StateAsync("steps"));
        Assert.True(await Sight.ColoursAsync(sight.Named("surface")) > 50);

        // Whoever follows the link sees the same network.
        await using Sight second = await explorer.OpenAsync(new Uri(sight.Page.Url).Fragment[1..]);
        await Assertions.Expect(second.Named("learn-steps")).ToHaveTextAsync(steps);
        await Assertions.Expect(second.Named("learn-loss")).ToHaveTextAsync(loss);

        // Another function keeps the weights; the step has no slope, and all units are dead.
        await second.Named("function").SelectOptionAsync("step");
        await Assertions.Expect(second.Page.Locator(".unit.dead")).ToHaveCountAsync(12);
        await Assertions.Expect(second.Named("learn-loss")).ToHaveTextAsync("–");
        await Assertions.Expect(second.Named("learn-steps")).ToHaveTextAsync(steps);
        await Assertions.Expect(second.Page.Locator(".unit canvas").First).ToHaveAttributeAsync(
            "aria-label", "Layer 1, unit 1: dead, its slope is 0 at every point");
        Assert.Null(await second.StateAsync("steps"));
    }

    // As large as it gets, and with units of either kind; the panel before it is trained is looked at with the others.
    [Fact]
    public async Task A_trained_network_fits_375_pixels_and_axe_finds_no_serious_fault()
    {
        await using Sight sight = await explorer.OpenAsync(
            "tab=learn&points=moons&trained=relu&trainLayers=5&trainWidth=8&optimiser=sgd&rate=1&steps=60&lang=zh",
            new() { ViewportSize = new() { Width = 375, Height = 812 }, HasTouch = true, IsMobile = true, ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(sight.Named("learn-steps")).ToHaveTextAsync("60");
        Assert.InRange(await sight.Page.Locator(".unit.dead").CountAsync(), 1, 39);
        await sight.AssertNoSeriousFaultAsync("learn");
        Assert.Equal(375, await sight.AskAsync<int>("Math.max(innerWidth, document.documentElement.scrollWidth)"));
        // Nothing is cut off either: no box is wider than the one that it lies in.
        Assert.Equal("", await sight.AskAsync<string>(
            "[...document.querySelectorAll('.panel.learn *')].filter(each => each.getBoundingClientRect().right > 375.5)"
            + ".map(each => each.className || each.tagName).join()"));
        LocatorBoundingBoxResult unit = (await sight.Page.Locator(".unit").First.BoundingBoxAsync())!;
        Assert.InRange(unit.Width, 24, 64);
        Assert.Equal(unit.Width, unit.Height, 0.6);
    }

    [GeneratedRegex(@"^([2-9]\d|\d{3,})$")]
    private static partial Regex MoreThanTwenty();
}

[Collection(nameof(Undisturbed))]
public class LearningSpeedTests(Explorer explorer)
{
    // On two cores alone it takes a step with every frame, 60 a second; a loaded machine has its own ideas, so the best second counts.
    [Fact]
    public async Task It_takes_30_steps_a_second_at_least_and_draws_them()
    {
        await using Sight sight = await explorer.OpenAsync("tab=learn&points=spirals&trained=gelu&trainLayers=3&trainWidth=8");
        await sight.Named("train").ClickAsync();
        double best = 0;
        for (int second = 0; second < 6 && best < 30; second++)
        {
            best = Math.Max(best, await sight.AskAsync<double>(
                "new Promise(done => { const steps = () => Number(document.querySelector(\"[data-name='learn-steps']\").textContent); "
                + "const from = steps(), began = performance.now(); "
                + "setTimeout(() => done(1000 * (steps() - from) / (performance.now() - began)), 1500); })"));
        }
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"{best:F1} steps a second"));
        Assert.True(best >= 30, $"{best:F1} steps a second");
    }
}
