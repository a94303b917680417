using System.Diagnostics;
using System.Globalization;

namespace Nonlinear.Attacks.Kills;

/// <summary>
/// How long a process took to end, told so that a busy machine cannot make it slow: what counts is how long no thread of it wanted a
/// processor, and how long one had one. While it waits for a processor that others have, time does not pass.
/// </summary>
/// <param name="Passed">What a clock on the wall shows.</param>
/// <param name="Idle">How long none of its threads could go on, though a processor was free for it.</param>
/// <param name="Worked">How long one of its threads worked, that which worked longest.</param>
internal readonly record struct TimedEnd(TimeSpan Passed, TimeSpan Idle, TimeSpan Worked)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1), Glance = TimeSpan.FromMilliseconds(5);

    /// <summary>Whether it idled or worked for more than a second.</summary>
    public bool IsSlow => Idle > Longest || Worked > Longest;

    /// <summary>Waits for the end of a process.</summary>
    public static TimedEnd Of(Process process)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Dictionary<string, TimeSpan> first = [];
        TimeSpan idle = TimeSpan.Zero, worked = TimeSpan.Zero, before = TimeSpan.Zero, waited = Waited();
        Look(out bool couldGoOn);
        while (Look(out bool canGoOn))
        {
            // Nor does time pass while whoever looks on waits for a processor himself.
            TimeSpan now = watch.Elapsed, waitedNow = Waited(), passed = now - before - (waitedNow - waited);
            if (!couldGoOn && !canGoOn && passed > TimeSpan.Zero)
                idle += passed;
            (couldGoOn, before, waited) = (canGoOn, now, waitedNow);
            Thread.Sleep(Glance);
        }
        TimeSpan all = watch.Elapsed;
        process.WaitForExit();
        return new(all, idle, worked);

        // Whether it lives, and whether a thread of it could go on or waits for a disk.
        bool Look(out bool canGoOn)
        {
            (bool lives, canGoOn) = (false, false);
            foreach ((string thread, char state, TimeSpan work) in Threads(process.Id))
            {
                lives |= state is not ('Z' or 'X');
                canGoOn |= state is 'R' or 'D';
                first.TryAdd(thread, work);
                worked = work - first[thread] is var since && since > worked ? since : worked;
            }
            return lives;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Passed.TotalMilliseconds:F0} ms (it idled for {Idle.TotalMilliseconds:F0}, a thread worked for {Worked.TotalMilliseconds:F0})");

    private static TimeSpan Waited() => Time(Numbers("/proc/thread-self")[1]);

    private static List<(string Thread, char State, TimeSpan Work)> Threads(int process)
    {
        List<(string, char, TimeSpan)> threads = [];
        try
        {
            foreach (string thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
            {
                string stat = File.ReadAllText(Path.Combine(thread, "stat"));
                // Behind the name, which may hold anything.
                threads.Add((thread, stat[stat.LastIndexOf(')') + 2], Time(Numbers(thread)[0])));
            }
        }
        catch (IOException)
        {
            // A thread has ended, or all have.
        }
        return threads;
    }

    // Nanoseconds of work, of waiting, and how often it was let work.
    private static string[] Numbers(string thread) => File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ');

    private static TimeSpan Time(string nanoseconds) =>
        TimeSpan.FromMicroseconds(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1000.0);
}
