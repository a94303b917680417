using System.CommandLine;

namespace Nonlinear.Bench.Sharing;

/// <summary>bench spread: how many runs spread over many machines, by simulation.</summary>
internal static class SpreadVerb
{
    public static Command Create()
    {
        Option<int> runs = Number("--runs", "How many runs there are.", 10_000),
            workers = Number("--workers", "How many runs can go on at the same time: machines, or their cores.", 50),
            seed = Number("--seed", "What chance is drawn with.", 1);
        Option<double> seconds = Amount("--seconds", "How long a run takes on the fastest worker, in the mean.", 30),
            slowest = Amount("--slowest", "How many times as long it takes on the slowest.", 4),
            store = Amount("--store-ms", "What the store does for a run, in milliseconds.", 10),
            deaths = Amount("--deaths", "How often a worker dies, per hour.", 0.5),
            away = Amount("--away", "How long it is away then, in seconds.", 300),
            lease = Amount("--lease", "After how long its run goes to another, in seconds.", 30);
        Command command = new("spread", "How many runs spread over workers of unlike speed that die and come back, by simulation.")
        {
            runs, workers, seconds, slowest, store, deaths, away, lease, seed,
        };
        command.SetAction((parsed, _) =>
        {
            SpreadPlan plan = new(
                parsed.GetValue(runs),
                parsed.GetValue(workers),
                parsed.GetValue(seconds),
                parsed.GetValue(slowest),
                parsed.GetValue(store) / 1000,
                parsed.GetValue(deaths) / 3600,
                parsed.GetValue(away),
                parsed.GetValue(lease),
                parsed.GetValue(seed));
            Spread spread = Spread.Of(plan);
            Console.WriteLine(
                $"{plan.Runs:N0} runs of {plan.Seconds:0.#} s in the mean on the fastest of {plan.Workers} workers, {plan.Slowest:0.#} "
                + "times as long on the slowest");
            Console.WriteLine($"as if nothing were lost and work could be cut at will: {spread.Ideal / 60:0.0} min");
            Console.WriteLine($"simulated: {spread.End / 60:0.0} min, {spread.End / spread.Ideal:0.000} times that");
            Console.WriteLine($"from when nothing was left to hand out to the end: {spread.Tail / 60:0.0} min");
            Console.WriteLine($"deaths: {spread.Deaths}; runs begun again: {spread.Again}; work lost: {100 * spread.Lost:0.00}%");
            Console.WriteLine($"the store was busy {100 * spread.StoreBusy:0.0}% of the time");
            Console.WriteLine($"on the fastest worker alone: {spread.Alone / 3600:0.0} h");
            return Task.CompletedTask;
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int usual) =>
        new(name) { Description = description, HelpName = "number", DefaultValueFactory = _ => usual };

    private static Option<double> Amount(string name, string description, double usual) =>
        new(name) { Description = description, HelpName = "number", DefaultValueFactory = _ => usual };
}
