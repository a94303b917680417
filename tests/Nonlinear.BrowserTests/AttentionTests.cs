using System.Globalization;

namespace Nonlinear.BrowserTests;

/// <summary>Attention's softmax: a matrix of logits, its rows' shares, and the slopes of one of them.</summary>
public class AttentionTests(Explorer explorer)
{
    private const string Plain = "tab=attention&scores=0,0,0;1,2,0;0,5,-1&share=1,0";

    private static BrowserNewContextOptions Phone =>
        new() { ViewportSize = new() { Width = 375, Height = 812 }, HasTouch = true, IsMobile = true };

    [Fact]
    public async Task Shares_and_slopes_have_the_library_s_bits()
    {
        await using Sight sight = await explorer.OpenAsync(Plain);
        float[] logits = [0, 0, 0, 1, 2, 0, 0, 5, -1], shares = new float[9], slopes = new float[9], upstream = new float[9],
            bySink = [0];
        upstream[3] = 1;
        AttentionSoftmax softmax = new() { Scale = 0.5, Softcap = 2, CausalOffset = 0 };
        AttentionShape shape = new(1, 1, 3, 3);
        softmax.Forward<float>(logits, shares, shape, default, [0.25f]);
        softmax.Backward<float>(logits, upstream, slopes, shape, default, [0.25f], bySink);

        const string Asked = "[0, 0, 0, 1, 2, 0, 0, 5, -1], 3, 0.5, 2, true, 0.25";
        double[] found = await Numbers($"library.AttentionShares({Asked})");
        Assert.Equal(shares.Select(share => (double)share), found[..9]);
        for (int query = 0; query < 3; query++)
            Assert.Equal(1, found[(3 * query)..(3 * (query + 1))].Sum() + found[9 + query], 1e-6);
        Assert.Equal(
            slopes.Append(bySink[0]).Select(slope => (double)slope), await Numbers($"library.AttentionSlopes({Asked}, 1, 0)"));

        // What is shown is what the library gives.
        await sight.ChangeAddressAsync(Plain + "&scale=0.5&cap=2&causal=1&sink=0.25");
        await Assertions.Expect(sight.Named("share-value")).ToHaveTextAsync(shares[3].ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(sight.Named("own-slope")).ToHaveTextAsync(slopes[3].ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(sight.Chart("attention-shares").Locator(".cell")).ToHaveCountAsync(12);
        await Assertions.Expect(sight.Chart("attention-shares").Locator(".row").Nth(0)).ToContainTextAsync("––");

        Task<double[]> Numbers(string asked) =>
            sight.AskAsync<double[]>($"import('./library.js').then(({{ library }}) => Array.from({asked}))");
    }

    [Fact]
    public async Task What_is_said_follows_what_is_set()
    {
        await using Sight sight = await explorer.OpenAsync(Plain);
        ILocator query = sight.Named("query-verdict"), share = sight.Named("share-verdict");
        await Assertions.Expect(query).ToContainTextAsync("Query 2 attends to some keys more than to others");
        await Assertions.Expect(share).ToContainTextAsync("A gradient passes share p₂₁");

        await sight.ChangeAddressAsync(Plain + "&temperature=100");
        await Assertions.Expect(query).ToHaveTextAsync("Query 2 attends to all keys alike: its shares count as 3 equal ones.");
        await sight.ChangeAddressAsync(Plain + "&temperature=0.05");
        await Assertions.Expect(query).ToContainTextAsync("Query 2 attends to one key");
        await Assertions.Expect(share).ToContainTextAsync("Hardly any gradient passes share p₂₁");

        await sight.ChangeAddressAsync(Plain.Replace("share=1,0", "share=0,2", StringComparison.Ordinal));
        await sight.Named("causal").ClickAsync();
        await Assertions.Expect(query).ToHaveTextAsync("Query 1 sees one key alone, whose share is 100 %.");
        await Assertions.Expect(share).ToHaveTextAsync("Share p₁₃ is masked: it is 0 and no logit moves it.");

        // Softmax off by one: where all logits are 0 the sink has as much as a key.
        await sight.Named("sink-switch").ClickAsync();
        await Assertions.Expect(query).ToHaveTextAsync("Query 1 attends to little: its sink takes 50 %.");
        await Assertions.Expect(sight.Named("sink-share")).ToHaveTextAsync("0.5");
        await Assertions.Expect(sight.Named("share-sum")).ToHaveTextAsync("0.5");
        Assert.Equal("0", await sight.StateAsync("sink"));
        await sight.Named("sink-switch").ClickAsync();
        await Assertions.Expect(sight.Named("sink")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_square_is_chosen_and_changed_by_pointer_slider_and_keys()
    {
        await using Sight sight = await explorer.OpenAsync(Plain);
        await sight.Chart("attention-logits").Locator("[data-place='2,1']").ClickAsync();
        Assert.Equal("2,1", await sight.StateAsync("share"));
        await Assertions.Expect(sight.Named("logit-field")).ToHaveValueAsync("5");
        await sight.Named("logit-field").FillAsync("-1.5");
        await sight.Named("logit-field").PressAsync("Enter");
        Assert.Equal("0,0,0;1,2,0;0,-1.5,-1", await sight.StateAsync("scores"));

        // Of all squares one is in the order of the tab key, and the arrows move on from there.
        ILocator places = sight.Chart("attention-shares").Locator("[data-place]");
        await Assertions.Expect(sight.Chart("attention-shares").Locator("[data-place][tabindex='0']")).ToHaveCountAsync(1);
        await places.Nth(7).FocusAsync();
        await sight.Page.Keyboard.PressAsync("ArrowUp");
        await sight.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("1,0", await sight.StateAsync("share") ?? "1,0");
        await sight.Page.Keyboard.PressAsync("+");
        await sight.Page.Keyboard.PressAsync("+");
        await sight.Page.Keyboard.PressAsync("-");
        Assert.Equal("0,0,0;1.5,2,0;0,-1.5,-1", await sight.StateAsync("scores"));
        await Assertions.Expect(sight.Chart("attention-logits").Locator("[data-place='1,0']"))
            .ToHaveAttributeAsync("aria-label", "query 2, key 1: logit 1.5");
        Assert.Equal("1,0", await sight.AskAsync<string>("document.activeElement.dataset.place"));

        await sight.Named("more").ClickAsync();
        await Assertions.Expect(sight.Chart("attention-logits").Locator(".cell")).ToHaveCountAsync(16);
        for (int i = 0; i < 2; i++)
            await sight.Named("fewer").ClickAsync();
        await Assertions.Expect(sight.Named("fewer")).ToBeDisabledAsync();
        Assert.Equal("0,0;1.5,2", await sight.StateAsync("scores"));
    }

    [Fact]
    public async Task Everything_but_the_help_is_on_one_screen_of_1440_by_900()
    {
        await using Sight sight = await explorer.OpenAsync(
            "tab=attention&causal=1&sink=0&cap=3", new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        foreach (string chart in (string[])["attention-logits", "attention-shares", "attention-slopes"])
        {
            LocatorBoundingBoxResult box = (await sight.Chart(chart).BoundingBoxAsync())!;
            Assert.InRange(box.Y + box.Height, 0, 900);
        }
    }

    [Theory]
    [InlineData("en", "Keys", ColorScheme.Light)]
    [InlineData("zh", "键", ColorScheme.Dark)]
    public async Task A_finger_chooses_on_a_phone_and_nobody_is_kept_out(string language, string title, ColorScheme scheme)
    {
        BrowserNewContextOptions phone = Phone;
        phone.ColorScheme = scheme;
        await using Sight sight = await explorer.OpenAsync($"tab=attention&sink=0&cap=2&causal=1&lang={language}", phone);
        await Assertions.Expect(sight.Chart("attention-shares").Locator("text.title.x")).ToHaveTextAsync(title);
        await sight.Chart("attention-shares").Locator("[data-place='3,2']").TapAsync();
        Assert.Equal("3,2", await sight.StateAsync("share"));
        Assert.True(await sight.AskAsync<int>("document.documentElement.scrollWidth") <= 375);
        await sight.AssertNoSeriousFaultAsync($"attention in {language}");
    }

    [Fact]
    public async Task Forced_colours_keep_numbers_and_the_chosen_square()
    {
        await using Sight sight = await explorer.OpenAsync(Plain, new() { ForcedColors = ForcedColors.Active });
        string[] colours = await sight.AskAsync<string[]>(
            "[getComputedStyle(document.querySelector('.attention .cell text')).fill,"
            + "getComputedStyle(document.querySelector('.attention .chosen-place')).stroke,"
            + "getComputedStyle(document.body).backgroundColor]");
        Assert.NotEqual(colours[2], colours[0]);
        Assert.NotEqual(colours[2], colours[1]);
        Assert.NotEqual("none", colours[1]);
    }

    [Fact]
    public async Task Figure_and_numbers_can_be_saved()
    {
        await using Sight sight = await explorer.OpenAsync(Plain + "&sink=0&cap=3");
        string svg = await SavedAsync("svg"), csv = await SavedAsync("csv");
        Assert.Contains("Attention softmax, Scale 1, Temperature 1, Soft cap 3, Sink 0", svg, StringComparison.Ordinal);
        Assert.Contains("How share p₂₁ answers to each logit", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("square-place", svg, StringComparison.Ordinal);
        string[] lines = csv.TrimEnd().Split('\n');
        Assert.Equal("query,key,logit,share,slope_of_share_2_1", lines[0]);
        Assert.Equal(10, lines.Length);
        Assert.StartsWith("3,2,5,", lines[8], StringComparison.Ordinal);

        async Task<string> SavedAsync(string kind)
        {
            IDownload download = await sight.Page.RunAndWaitForDownloadAsync(
                () => sight.Page.Locator($".attention [data-save='{kind}']").ClickAsync());
            return await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        }
    }
}
