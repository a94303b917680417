using Nonlinear.Cli;

namespace Nonlinear.Tests;

/// <summary>What a log is told about long work.</summary>
public class ProgressLinesTests
{
    [Fact]
    public void A_line_comes_from_time_to_time_with_the_time_left()
    {
        using StringWriter output = new() { NewLine = "\n" };
        TimeSpan now = TimeSpan.Zero;
        ProgressLines lines = new("Training", output, () => now);
        (double Seconds, double Share)[] reports = [(1, 0.01), (20, 0.25), (30, 0.3), (60, 0.5), (7200, 0.6), (9000, 1)];
        foreach ((double seconds, double share) in reports)
        {
            now = TimeSpan.FromSeconds(seconds);
            lines.Report(share);
        }
        Assert.Equal(
            "Training: 25% done, about 60 s left\nTraining: 50% done, about 60 s left\nTraining: 60% done, about 80 min left\n",
            output.ToString());
    }
}
