using System.Globalization;

namespace Nonlinear.Attacks;

/// <summary>Works through damaged models, and says before each that it begins; whoever started it sees where it dies.</summary>
internal static class Worker
{
    /// <summary>What a line begins with that tells a beginning, a fault, and the counts at the end.</summary>
    public const char Begins = 'B', Faulty = 'F', Counts = 'C';

    private const int PageOneIn = 64;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Diagnoses the damaged models of some numbers.</summary>
    public static void Run(AttackOptions options, long first, long end, string folder)
    {
        IReadOnlyList<Seed> seeds = Seeds.All(folder, options.Models);
        string model = Path.Combine(folder, "m.onnx"), page = Path.Combine(folder, "m.html");
        Dictionary<string, long> counts = [];
        long stop = Environment.TickCount64 + ((long)options.Seconds * 1000);
        long number = first;
        for (; number < end && Environment.TickCount64 < stop; number++)
        {
            Say($"{Begins} {number}");
            (Seed seed, byte[] bytes) = Mutator.Make(seeds, options.Seed, number);
            File.WriteAllBytes(model, bytes);
            Outcome outcome = Outcome.Of(
                model, [.. seed.Inputs.Select(input => input.Replace("FOLDER", folder, StringComparison.Ordinal))],
                number % PageOneIn == 0 ? page : null, Limit);
            counts[outcome.Kind] = counts.GetValueOrDefault(outcome.Kind) + 1;
            if (outcome.Kind is Outcome.Fault or Outcome.Stopped || options.Verbose)
                Say($"{Faulty} {number} {seed.Name} {outcome.Kind}: {outcome.What}");
        }
        Say($"{Counts} {number} {string.Join(' ', counts.Select(count => $"{count.Key}={count.Value}"))}");
    }

    private static void Say(FormattableString line)
    {
        Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        Console.Out.Flush();
    }
}
