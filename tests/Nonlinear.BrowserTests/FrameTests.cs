using System.Globalization;

namespace Nonlinear.BrowserTests;

[Collection(nameof(Undisturbed))]
public class FrameTests(Explorer explorer)
{
    // Against the frames that the page has while nothing moves: a busy machine takes frames away from both.
    [Fact]
    public async Task Dragging_a_slider_with_six_functions_shown_keeps_most_frames()
    {
        const double Share = 0.5;
        await using Sight sight = await explorer.OpenAsync("f=swish(beta=1.5);elu;leaky_relu;gelu;mish;tanh&show=f,d,c,g");
        ILocator slider = sight.Page.Locator("input[type=range][data-name='beta']");
        await slider.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await slider.BoundingBoxAsync())!;
        double best = 0;
        for (int attempt = 0; attempt < 4 && best <= Share; attempt++)
        {
            double still = await FramesASecondAsync(() => Task.Delay(1500, TestContext.Current.CancellationToken));
            double dragged = await FramesASecondAsync(async () =>
            {
                await sight.Page.Mouse.MoveAsync(box.X + (box.Width / 4), box.Y + (box.Height / 2));
                await sight.Page.Mouse.DownAsync();
                for (int turn = 0; turn < 6; turn++)
                    await sight.Page.Mouse.MoveAsync(
                        box.X + (box.Width * (turn % 2 == 0 ? 0.9f : 0.1f)),
                        box.Y + (box.Height / 2),
                        new() { Steps = 60 });
                await sight.Page.Mouse.UpAsync();
            });
            best = Math.Max(best, dragged / still);
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{dragged:F1} frames a second, {still:F1} while nothing moves."));
        }
        Assert.True(best > Share, $"{best:F2} of the frames");

        async Task<double> FramesASecondAsync(Func<Task> meanwhile)
        {
            await sight.Page.EvaluateAsync(
                "() => { const run = globalThis.run = { frames: [], on: true }; const step = now => { if (!run.on) return; "
                + "run.frames.push(now); requestAnimationFrame(step); }; requestAnimationFrame(step); }");
            await meanwhile();
            double[] times = await sight.AskAsync<double[]>("(run.on = false, run.frames)");
            return 1000 * (times.Length - 1) / (times[^1] - times[0]);
        }
    }
}
