using System.Text.Json;

namespace Nonlinear.BrowserTests;

/// <summary>The guided tours.</summary>
public sealed class TourTests(Explorer explorer)
{
    // The same numbers stand in both languages, as a test of the page's modules (tests/page) holds.
    [Theory]
    [InlineData("en", "sigmoid", "relu", "gelu")]
    [InlineData("zh", "gelu")]
    public async Task Every_number_in_the_words_of_a_step_is_one_that_the_page_shows(string language, params string[] names)
    {
        await using Sight sight = await explorer.OpenAsync("lang=" + language);
        Tour[] tours = await ToursAsync(sight);
        foreach (Tour tour in names.Select(name => tours.Single(tour => tour.Name == name)))
        {
            for (int number = 1; number <= tour.Steps.Count; number++)
            {
                Step step = tour.Steps[number - 1];
                await sight.Page.EvaluateAsync("hash => { location.hash = hash; }", $"tour={tour.Name}/{number}");
                await Assertions.Expect(sight.Named("tour-text")).ToHaveTextAsync(step.Text[language == "en" ? 0 : 1]);
                // What the step asks for and the page understands is what it then shows.
                string missed = await sight.Page.EvaluateAsync<string>(
                    "link => import('./state.js').then(({ state }) => [...new URLSearchParams(link)]"
                    + ".filter(([key, value]) => state.get(key) !== value).join())",
                    step.Link);
                Assert.Equal("", missed);
                string said = await sight.Named("tour-text").InnerTextAsync();
                IReadOnlyList<string> numbers = NumberText.In(said);
                Assert.NotEmpty(numbers);
                foreach (string value in numbers)
                    await sight.AssertShowsAsync(value, $"{tour.Name}/{number}");
            }
        }
    }

    [Fact]
    public async Task A_visitor_takes_a_tour_goes_back_strays_returns_and_leaves()
    {
        await using Sight sight = await explorer.OpenAsync("f=mish");
        await sight.Page.Locator("#tours").ClickAsync();
        await sight.Page.Locator("[data-tour='relu']").ClickAsync();
        ILocator count = sight.Named("tour-count"), next = sight.Named("tour-next");
        await Assertions.Expect(count).ToHaveTextAsync("Step 1 of 6");
        await Assertions.Expect(sight.Page.Locator("[data-card]")).ToHaveCountAsync(2);
        await Assertions.Expect(sight.Chart("d").Locator(".bubble")).ToContainTextAsync("0.01");
        await next.ClickAsync();
        await next.ClickAsync();
        await Assertions.Expect(sight.Named("learning")).ToContainTextAsync("7 of 16 units are dead");
        Assert.Equal("relu/3", await sight.StateAsync("tour"));

        // A step is one of the browser's, and its address names nothing but tour and step.
        await sight.Page.GoBackAsync();
        await Assertions.Expect(count).ToHaveTextAsync("Step 2 of 6");
        await Assertions.Expect(sight.Named("learn-steps")).ToHaveTextAsync("0");
        Assert.Equal("#tour=relu/2", new Uri(sight.Page.Url).Fragment);
        Assert.StartsWith("Dead ReLUs 2/6 · Learn", await sight.Page.TitleAsync(), StringComparison.Ordinal);

        // Who strays is told nothing false: the step can be had again.
        await Assertions.Expect(sight.Named("tour-again")).ToHaveCountAsync(0);
        await sight.Named("function").SelectOptionAsync("elu");
        await sight.Named("tour-again").ClickAsync();
        await Assertions.Expect(sight.Named("function")).ToHaveValueAsync("relu");
        await Assertions.Expect(sight.Named("tour-again")).ToHaveCountAsync(0);

        // Whoever leaves keeps what is shown.
        await sight.Named("tour-leave").ClickAsync();
        await Assertions.Expect(sight.Page.Locator("#tour")).ToBeHiddenAsync();
        await Assertions.Expect(sight.Page.Locator("#tours")).ToBeFocusedAsync();
        Assert.Equal("moons", await sight.StateAsync("points"));
        Assert.Null(await sight.StateAsync("tour"));
        await sight.Page.GoBackAsync();
        await Assertions.Expect(count).ToHaveTextAsync("Step 2 of 6");
    }

    [Fact]
    public async Task The_keyboard_takes_a_tour_from_its_first_step_to_its_last()
    {
        await using Sight sight = await explorer.OpenAsync("lang=en");
        await sight.Page.Locator("#tours").FocusAsync();
        await sight.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(sight.Page.Locator("#tour-title")).ToBeFocusedAsync();
        await PressAsync("Tab", "Tab", "Enter");
        await Assertions.Expect(sight.Page.Locator("#tour-title")).ToHaveTextAsync("Why does my sigmoid network not learn?");
        await Assertions.Expect(sight.Page.Locator("#tour-title")).ToBeFocusedAsync();
        await PressAsync("Tab", "Tab");
        await Assertions.Expect(sight.Named("tour-next")).ToBeFocusedAsync();
        // Next keeps the focus, and the changed text is told: it is a live region, which a title does not need to be.
        await Assertions.Expect(sight.Page.Locator("#tour [aria-live='polite'] [data-name='tour-text']")).ToHaveCountAsync(1);
        for (int step = 2; step <= 6; step++)
        {
            await PressAsync("Enter");
            await Assertions.Expect(sight.Named("tour-count")).ToHaveTextAsync($"Step {step} of 6");
            await Assertions.Expect(sight.Named("tour-next")).ToBeFocusedAsync();
        }
        await Assertions.Expect(sight.Named("tour-next")).ToHaveTextAsync("Finish");
        await PressAsync("Enter");
        await Assertions.Expect(sight.Page.Locator("[data-tour]")).ToHaveCountAsync(3);
        await Assertions.Expect(sight.Page.Locator("#tour-title")).ToBeFocusedAsync();

        async Task PressAsync(params string[] keys)
        {
            foreach (string key in keys)
                await sight.Page.Keyboard.PressAsync(key);
        }
    }

    [Fact]
    public async Task A_link_names_tour_and_step_what_is_wrong_in_it_is_named_and_what_it_adds_is_kept()
    {
        await using Sight sight = await explorer.OpenAsync("tour=sigmoid/3&layers=20");
        await Assertions.Expect(sight.Named("tour-count")).ToHaveTextAsync("Step 3 of 6");
        await Assertions.Expect(sight.Page.Locator("[data-name='layers-field']")).ToHaveValueAsync("20");
        await Assertions.Expect(sight.Named("tour-again")).ToBeVisibleAsync();
        await sight.ChangeAddressAsync("tour=nowhere/2");
        await Assertions.Expect(sight.Page.Locator(".left-out")).ToContainTextAsync("tour = nowhere/2");
        await Assertions.Expect(sight.Page.Locator("#tour")).ToBeHiddenAsync();
        await sight.ChangeAddressAsync("tour=gelu/7");
        await Assertions.Expect(sight.Page.Locator(".left-out")).ToContainTextAsync("tour = gelu/7");
    }

    [Theory]
    [InlineData("zh", 375)]
    [InlineData("en", 1440)]
    public async Task A_tour_fits_the_screen_and_axe_finds_no_serious_fault(string language, int width)
    {
        await using Sight sight = await explorer.OpenAsync(
            $"tour=gelu/3&lang={language}",
            new() { ViewportSize = new() { Width = width, Height = 812 }, HasTouch = width < 1000 });
        await Assertions.Expect(sight.Named("tour-next")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(sight.Named("tour-text")).ToBeInViewportAsync(new() { Ratio = 1 });
        await sight.AssertNoSeriousFaultAsync("a step");
        Assert.True(await sight.AskAsync<int>("document.documentElement.scrollWidth") <= width);
        // What the words are about is on the same screen, or the next one.
        LocatorBoundingBoxResult chart = (await sight.Chart("f").BoundingBoxAsync())!;
        Assert.InRange(chart.Y, 0, 812);
        await sight.Page.Locator("#tours").ClickAsync();
        await sight.AssertNoSeriousFaultAsync("the list");
        Assert.True(await sight.AskAsync<int>("document.documentElement.scrollWidth") <= width);
    }

    private static async Task<Tour[]> ToursAsync(Sight sight) => JsonSerializer.Deserialize<Tour[]>(
        await sight.AskAsync<string>("import('./tours.js').then(({ tours }) => JSON.stringify(tours))"),
        JsonSerializerOptions.Web)!;

    /// <summary>A tour as the page has it.</summary>
    public sealed record Tour(string Name, IReadOnlyList<string> Title, IReadOnlyList<Step> Steps);

    /// <summary>A step of a tour, with its words in English and Chinese.</summary>
    public sealed record Step(string Link, IReadOnlyList<string> Title, IReadOnlyList<string> Text);
}
