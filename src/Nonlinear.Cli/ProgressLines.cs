using System.Diagnostics;
using System.Globalization;

namespace Nonlinear.Cli;

/// <summary>Tells in lines how far some work is and how long it will take, for a log in which no bar can move.</summary>
/// <param name="title">What is being done.</param>
/// <param name="output">Where the lines go.</param>
/// <param name="elapsed">How long the work has been going on.</param>
internal sealed class ProgressLines(string title, TextWriter output, Func<TimeSpan> elapsed) : IProgress<double>
{
    // What is done sooner needs no word.
    private static readonly TimeSpan First = TimeSpan.FromSeconds(15), Between = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private TimeSpan _next = First;

    /// <summary>Lines on standard error about work that begins now.</summary>
    public static ProgressLines OnError(string title)
    {
        long start = Stopwatch.GetTimestamp();
        return new(title, Console.Error, () => Stopwatch.GetElapsedTime(start));
    }

    /// <inheritdoc/>
    public void Report(double value)
    {
        lock (_lock)
        {
            TimeSpan now = elapsed();
            if (now < _next || value is <= 0 or >= 1)
                return;
            _next = now + Between;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{title}: {100 * value:0}% done, about {Words(now * ((1 - value) / value))} left"));
        }
    }

    private static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, time.TotalSeconds):0} s"),
        { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h"),
    };
}
