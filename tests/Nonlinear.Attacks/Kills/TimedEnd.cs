using System.Diagnostics;
using System.Globalization;

namespace Nonlinear.Attacks.Kills;

/// <summary>
/// How long a process took to end, told so that a busy machine cannot make it slow: Linux keeps, for each thread, how long it worked and
/// how long it waited for a processor that others had. Threads that wait beside one another count several times, so that a slow end may
/// pass on a busy machine; on an idle one none does.
/// </summary>
/// <param name="Passed">What a clock on the wall shows.</param>
/// <param name="Waited">How long its threads, and the one that looked on, waited for a processor, all of them together.</param>
/// <param name="Worked">How long its threads worked, all of them together.</param>
internal readonly record struct TimedEnd(TimeSpan Passed, TimeSpan Waited, TimeSpan Worked)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1), Glance = TimeSpan.FromMilliseconds(5);

    /// <summary>Whether it took more than a second that nobody else had, or more than a second of every processor.</summary>
    public bool IsSlow => Passed - Waited > Longest || Worked > Longest * Environment.ProcessorCount;

    /// <summary>Waits for the end of a process.</summary>
    public static TimedEnd Of(Process process)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Dictionary<string, Share> first = Threads(process.Id), last = new(first);
        Share mine = Read("/proc/thread-self");
        while (!process.WaitForExit(Glance))
        {
            foreach ((string thread, Share share) in Threads(process.Id))
                last[thread] = share;
        }
        TimeSpan passed = watch.Elapsed;
        Share sum = Read("/proc/thread-self") - mine;
        TimeSpan waited = sum.Waited, worked = TimeSpan.Zero;
        foreach ((string thread, Share share) in last)
        {
            Share since = share - first.GetValueOrDefault(thread);
            waited += since.Waited;
            worked += since.Worked;
        }
        return new(passed, waited, worked);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Passed.TotalMilliseconds:F0} ms (its threads worked {Worked.TotalMilliseconds:F0} and waited {Waited.TotalMilliseconds:F0})");

    private static Dictionary<string, Share> Threads(int process)
    {
        Dictionary<string, Share> shares = [];
        try
        {
            foreach (string thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
                shares[thread] = Read(thread);
        }
        catch (IOException)
        {
            // A thread has ended, or all have.
        }
        return shares;
    }

    // Three numbers: nanoseconds of work, of waiting, and how often it was let work.
    private static Share Read(string thread)
    {
        string[] numbers = File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ');
        return new(Time(numbers[0]), Time(numbers[1]));
    }

    private static TimeSpan Time(string nanoseconds) =>
        TimeSpan.FromMicroseconds(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1000.0);

    private readonly record struct Share(TimeSpan Worked, TimeSpan Waited)
    {
        public static Share operator -(Share a, Share b) => new(a.Worked - b.Worked, a.Waited - b.Waited);
    }
}
