using System.Diagnostics;
using System.Globalization;

namespace Nonlinear.Attacks;

/// <summary>Has damaged models diagnosed by processes that may die, and counts what became of them.</summary>
internal sealed class Attack(AttackOptions options)
{
    // A process says when it begins with a model; one that says nothing for this long hangs.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private const int Share = 20_000;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _counts = [];
    private readonly List<string> _faults = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _next = options.First, _done;

    /// <summary>Runs it.</summary>
    /// <returns>Whether every model got an answer or a refusal in words.</returns>
    public bool Run()
    {
        Thread[] threads = [.. Enumerable.Range(0, options.Workers).Select(_ => new Thread(Work))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        string counts = string.Join(", ", _counts.Select(count => $"{Text(count.Value)} {count.Key}"));
        Say($"{_done} damaged models in {_watch.Elapsed.TotalSeconds:F0} s: {counts}");
        return _faults.Count == 0 && _done > 0;
    }

    private int SecondsLeft => options.Seconds - (int)_watch.Elapsed.TotalSeconds;

    private void Work()
    {
        string folder = Directory.CreateTempSubdirectory("attack-").FullName;
        try
        {
            while (SecondsLeft > 0 && Take() is var (first, end))
            {
                for (long at = first; at < end && SecondsLeft > 0;)
                    at = RunWorker(at, end, folder);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private (long First, long End)? Take()
    {
        lock (_lock)
        {
            long first = _next, end = Math.Min(first + Share, options.First + options.Count);
            _next = end;
            return first < end ? (first, end) : null;
        }
    }

    // Runs a process until it has done its share or dies; where to go on.
    private long RunWorker(long first, long end, string folder)
    {
        List<string> arguments =
        [
            typeof(Attack).Assembly.Location, "--worker", folder, "--first", Text(first), "--count", Text(end - first), "--seed",
                Text(options.Seed),
            "--seconds", Text(Math.Max(1, SecondsLeft)), .. options.Models is { } models ? (string[])["--models", models] : [],
            .. options.Verbose ? (string[])["--verbose"] : [],
        ];
        using Process process = new()
        {
            StartInfo = new("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        long begun = -1;
        bool finished = false;
        DateTime heard = DateTime.UtcNow;
        process.OutputDataReceived += (_, line) =>
        {
            heard = DateTime.UtcNow;
            string[] parts = (line.Data ?? "").Split(' ', 3);
            if (parts.Length < 2)
                return;
            if (parts[0] is [Worker.Begins])
                begun = long.Parse(parts[1], CultureInfo.InvariantCulture);
            else if (parts[0] is [Worker.Faulty])
                Tell(long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
            else if (parts[0] is [Worker.Counts])
            {
                finished = true;
                begun = long.Parse(parts[1], CultureInfo.InvariantCulture);
                Count(parts.Length > 2 ? parts[2] : "");
            }
        };
        List<string> errors = [];
        process.ErrorDataReceived += (_, line) => errors.Add(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.WaitForExit(200))
        {
            if (DateTime.UtcNow - heard > Silence)
                process.Kill();
        }
        process.WaitForExit();
        if (finished)
            return begun;
        Count($"answered-before-a-death={Math.Max(0, begun - first)} death=1");
        Tell(begun, DateTime.UtcNow - heard > Silence
            ? "fault: it hangs"
            : $"fault: the process died with {process.ExitCode} {string.Join(" | ", errors.Where(line => line.Length > 0).Take(6))}");
        return Math.Max(begun, first) + 1;
    }

    private void Count(string counts)
    {
        lock (_lock)
        {
            foreach (string[] count in counts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(count => count.Split('=')))
            {
                long more = long.Parse(count[1], CultureInfo.InvariantCulture);
                _counts[count[0]] = _counts.GetValueOrDefault(count[0]) + more;
                _done += more;
            }
        }
    }

    private void Tell(long number, string what)
    {
        lock (_lock)
        {
            Say($"{number} {what}");
            if (!what.Contains("fault:", StringComparison.Ordinal))
                return;
            _faults.Add(what);
            if (options.Keep is not { } keep)
                return;
            Directory.CreateDirectory(keep);
            string folder = Directory.CreateTempSubdirectory("attack-").FullName;
            File.WriteAllBytes(
                Path.Combine(keep, Text(number) + ".onnx"), Mutator.Make(Seeds.All(folder, options.Models), options.Seed, number).Bytes);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
