using System.Diagnostics;
using System.Globalization;
using Nonlinear.Lab.Arrays;

namespace Nonlinear.Attacks.Kills;

/// <summary>
/// Kills the tool at random moments, outright or by signals that it hears. Under the name of its output the old or the new must lie, whole;
/// and after the next run nothing else must lie there.
/// </summary>
internal sealed class KillAttack(AttackOptions options)
{
    private const int Rows = 400, Columns = 3000;

    // However fast the machine is, some runs reach their end and most do not.
    private const double Later = 1.1, Sooner = 0.8;

    // The last is heard by nobody.
    private static readonly string[] Signals = ["INT", "TERM", "HUP", "KILL", "KILL"];

    private readonly string _folder = Directory.CreateTempSubdirectory("kills-").FullName;
    private readonly Dictionary<string, byte[]> _whole = [];
    private readonly List<string> _faults = [];

    private readonly SortedDictionary<string, int> _kills = new(StringComparer.Ordinal);
    private readonly Dictionary<KilledVerb, double> _longest = [];
    private readonly StandInPage _page = new();

    private TimedEnd _slowest;

    // A run that had come to its end was not killed.
    private int Kills => _kills.Values.Sum();

    private string Input => Path.Combine(_folder, "x.npy");

    private string Model => Path.Combine(_folder, "m.onnx");

    /// <summary>Runs it.</summary>
    /// <returns>Whether nothing was lost or left.</returns>
    public bool Run()
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Signals are Unix's.");
        Stopwatch watch = Stopwatch.StartNew();
        Random random = new(options.Seed);
        KilledVerb[] verbs = KilledVerb.Of(options.Store);
        foreach (KilledVerb verb in verbs)
            _longest[verb] = verb.LongestDelay;
        try
        {
            _page.Write();
            NpyFloats.Write(Input, [.. Enumerable.Range(0, Rows * Columns).Select(_ => (float)random.NextDouble())], Rows);
            File.WriteAllBytes(Model, Gelu());
            while (Kills < options.Count && watch.Elapsed.TotalSeconds < options.Seconds)
            {
                KilledVerb verb = verbs[random.Next(verbs.Length)];
                string signal = Signals[random.Next(Signals.Length)];
                int before = _faults.Count;
                if (Kill(verb, signal, (int)(random.NextDouble() * _longest[verb])))
                    _kills[$"{verb.Name} {signal}"] = _kills.GetValueOrDefault($"{verb.Name} {signal}") + 1;
                foreach (string fault in _faults.Skip(before))
                    Console.WriteLine(fault);
            }
            foreach ((string verb, int kills) in _kills)
                Console.WriteLine($"{verb}: {kills}");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Kills} kills in the middle of work in {watch.Elapsed.TotalSeconds:F0} s; the slowest end took {_slowest}"));
            Finish(verbs);
        }
        finally
        {
            _page.Remove();
            Directory.Delete(_folder, recursive: true);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_faults.Count} faults"));
        return _faults.Count == 0 && Kills > 0;
    }

    // Whether it was still at work.
    private bool Kill(KilledVerb verb, string signal, int delay)
    {
        string output = Path.Combine(_folder, verb.Output);
        byte[]? before = Content(verb);
        string[] there = Directory.GetFileSystemEntries(_folder), drafts = [.. Leftovers(verb)];
        List<string> errors = [];
        using Process tool = Start(verb, errors);
        tool.WaitForExit(delay);
        bool working = !tool.HasExited;
        _longest[verb] *= working ? Later : Sooner;
        if (working)
        {
            using Process kill = Process.Start("kill", [$"-{signal}", tool.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
        TimedEnd end = TimedEnd.Of(tool);
        tool.WaitForExit();
        string what = $"{verb.Name} {verb.Output} after {signal} at {delay} ms";
        // What nobody hears ends in the kernel.
        bool isHeard = working && signal != "KILL";
        if (isHeard && end.IsSlow)
            _faults.Add($"{what}: took {end}");
        if (isHeard && end.Passed > _slowest.Passed)
            _slowest = end;
        byte[]? after = Content(verb);
        // Before the tool listens, a signal ends it as any program; afterwards it says a word. What an earlier run left, which was killed
        // outright, goes when the output is begun, and that may not have come yet.
        if (errors.Any(line => line.Contains("Interrupted", StringComparison.Ordinal))
            && Leftovers(verb).Except(drafts).FirstOrDefault() is { } left)
            _faults.Add($"{what}: left {left}");
        if (verb.Output.Length == 0)
        {
            _faults.AddRange(Directory.GetFileSystemEntries(_folder).Except(there).Select(left => $"{what}: wrote {left}"));
        }
        else if (verb.IsFolder)
        {
            if (before is not null && after is null)
                _faults.Add($"{what}: the folder is gone");
        }
        else if (after is not null && !(before is not null && after.SequenceEqual(before)) && !after.SequenceEqual(Whole(verb, output)))
        {
            _faults.Add($"{what}: {after.Length} bytes are neither the old nor the new");
        }
        return working;
    }

    // A last run of each to its end, after which nothing is left of those before.
    private void Finish(KilledVerb[] verbs)
    {
        foreach (KilledVerb verb in verbs.Where(verb => !verb.IsLong))
        {
            using Process tool = Start(verb);
            tool.WaitForExit();
            string[] left = [.. Leftovers(verb).Select(left => $"{left} is left after the last run, which ended with {tool.ExitCode}")];
            _faults.AddRange(left);
            Array.ForEach(left, Console.WriteLine);
        }
    }

    private static byte[] Gelu() => new SmallModel(20).Input("x", "n", Columns).Node("Gelu", "x", "y").Output("y").ToBytes();

    private IEnumerable<string> Leftovers(KilledVerb verb) => verb.Output.Length == 0
        ? []
        : Directory.EnumerateFileSystemEntries(_folder, $"{verb.Output}.*.draft").Concat(
            verb.IsFolder && Directory.Exists(Path.Combine(_folder, verb.Output))
                ? Directory.EnumerateFileSystemEntries(Path.Combine(_folder, verb.Output), "*.draft")
                : []);

    // Of a folder whether it is there with all that makes it one.
    private byte[]? Content(KilledVerb verb)
    {
        string output = Path.Combine(_folder, verb.Output);
        return verb.Output.Length == 0 ? null : verb.IsFolder
            ? File.Exists(Path.Combine(output, "index.html")) || File.Exists(Path.Combine(output, "choose", "index.html")) ? [1] : null
            : File.Exists(output) ? File.ReadAllBytes(output) : null;
    }

    private byte[] Whole(KilledVerb verb, string output)
    {
        if (_whole.TryGetValue(verb.Output, out byte[]? whole))
            return whole;
        byte[] mine = File.ReadAllBytes(output);
        using Process tool = Start(verb);
        tool.WaitForExit();
        whole = File.ReadAllBytes(output);
        File.WriteAllBytes(output, mine);
        return _whole[verb.Output] = whole;
    }

    private Process Start(KilledVerb verb, List<string>? errors = null)
    {
        // What this process was told to ignore, as nohup tells it, the tool would ignore too.
        string tool = Path.Combine(AppContext.BaseDirectory, "Nonlinear.Cli.dll");
        Process process = Process.Start(new ProcessStartInfo(
            "env", ["--default-signal=INT,HUP,TERM", "dotnet", tool, .. verb.With(Input, Model, Path.Combine(_folder, verb.Output))])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => errors?.Add(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
