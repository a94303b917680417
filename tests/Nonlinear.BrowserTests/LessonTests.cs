using System.Text.RegularExpressions;

namespace Nonlinear.BrowserTests;

/// <summary>The lesson in docs/lesson.md, taken as it says, by touch on a tablet.</summary>
public sealed partial class LessonTests(Explorer explorer)
{
    private static BrowserNewContextOptions Tablet =>
        new() { ViewportSize = new() { Width = 768, Height = 1024 }, HasTouch = true, IsMobile = true };

    [Fact]
    public async Task A_teacher_sees_what_the_lesson_says()
    {
        Lesson lesson = Lesson.Read();
        Assert.Equal(5, lesson.Parts.Count);
        Assert.Equal(20, lesson.Parts.Sum(part => part.Minutes));
        await using Sight sight = await explorer.OpenAsync("", Tablet);
        string words = "";

        // 1. Slide along a slope.
        await TabAsync("explore");
        await sight.Named("tangent").TapAsync();
        await DragAsync(sight.Named("tangent-at"), 0.1f, 0.5f);
        await Assertions.Expect(sight.Named("tangent-slope")).ToContainTextAsync("slope 0.2");
        ILocator plot = sight.Chart("d").Locator(".area");
        await plot.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await plot.BoundingBoxAsync())!;
        await sight.Page.Touchscreen.TapAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await SeesAsync(0, 0);

        // 2. Multiply twelve slopes.
        await TabAsync("depth");
        await SeesAsync(1, 0);
        await sight.Named("function").SelectOptionAsync("relu");
        await sight.Named("init").SelectOptionAsync("he");
        await SeesAsync(1, 1);

        // 3. Watch a network learn.
        await TabAsync("learn");
        await sight.Named("train").TapAsync();
        await StepsAsync(100);
        words += await WordsAsync();
        await sight.Named("train").TapAsync();
        await SeesAsync(2, 0);
        await Assertions.Expect(sight.Named("learn-right")).ToHaveTextAsync(NearlyAll());

        // 4. Kill the units.
        await sight.Named("points").SelectOptionAsync("moons");
        await sight.Named("trainWidth-field").FillAsync("8");
        await sight.Named("trainWidth-field").BlurAsync();
        await sight.Named("optimiser").SelectOptionAsync("sgd");
        await sight.Named("rate").SelectOptionAsync("1");
        await sight.Named("train").TapAsync();
        await StepsAsync(100);
        await sight.Named("train").TapAsync();
        Assert.True(await sight.Page.Locator(".unit.dead").CountAsync() > 8);
        await SeesAsync(3, 0);
        await sight.Named("function").SelectOptionAsync("leaky_relu");
        await Assertions.Expect(sight.Page.Locator(".unit.dead")).ToHaveCountAsync(0);
        await SeesAsync(3, 1);

        // 5. Take it home.
        await sight.Page.Locator("#share").TapAsync();
        await Assertions.Expect(sight.Page.Locator("#share")).ToHaveTextAsync("Copied");
        await sight.Page.Locator("#tours").TapAsync();
        await Assertions.Expect(sight.Page.Locator("[data-tour]")).ToHaveCountAsync(3);
        Assert.True(await sight.AskAsync<int>("document.documentElement.scrollWidth") <= 768);

        // What the lesson lets one tap is named as the page names it.
        words += await WordsAsync();
        foreach (string name in Bold().Matches(Lesson.Text()).Select(match => match.Groups[1].Value).Where(name => !char.IsDigit(name[0])))
            Assert.Contains(name, words, StringComparison.Ordinal);

        async Task TabAsync(string panel)
        {
            words += await WordsAsync();
            await sight.Page.Locator($"#tabs [data-panel='{panel}']").TapAsync();
            await sight.Page.Locator($".panel.{panel}:visible").WaitForAsync();
        }

        Task<string> WordsAsync() =>
            sight.AskAsync<string>("[...document.querySelectorAll('button, option')].map(each => each.textContent).join('\\n')");

        // What the lesson says of a part is shown: its numbers, here.
        async Task SeesAsync(int part, int which)
        {
            foreach (string number in lesson.Parts[part].Seen[which])
                await sight.AssertShowsAsync(number, $"part {part + 1}");
        }

        Task StepsAsync(int least) => sight.Page.WaitForFunctionAsync(
            "least => Number(document.querySelector(\"[data-name='learn-steps']\").textContent) >= least", least);

        async Task DragAsync(ILocator slider, float from, float to)
        {
            LocatorBoundingBoxResult track = (await slider.BoundingBoxAsync())!;
            await sight.TouchAsync(step => [(track.X + (track.Width * (from + ((to - from) * step / 8))), track.Y + (track.Height / 2))]);
        }
    }

    [GeneratedRegex(@"^(9[5-9](\.\d)?|100) %$")]
    private static partial Regex NearlyAll();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Bold();

    /// <summary>The lesson as its page is written.</summary>
    private sealed partial record Lesson(IReadOnlyList<Lesson.Part> Parts)
    {
        public static string Text() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "lesson.md"));

        public static Lesson Read() => new([.. Heading().Split(Text()).Skip(1).Chunk(2).Select(part => new Part(
            int.Parse(part[0], System.Globalization.CultureInfo.InvariantCulture),
            [.. Sight().Matches(part[1]).Select(seen => NumberText.In(seen.Groups[1].Value))]))]);

        [GeneratedRegex(@"^## \d\. .*\((\d+) minutes\)$", RegexOptions.Multiline)]
        private static partial Regex Heading();

        [GeneratedRegex(@"\*You see[^:]*:\*((?:.|\n(?!\n))*)")]
        private static partial Regex Sight();

        /// <summary>How long a part takes, and the numbers in each of its paragraphs about what one sees.</summary>
        public sealed record Part(int Minutes, IReadOnlyList<IReadOnlyList<string>> Seen);
    }
}
