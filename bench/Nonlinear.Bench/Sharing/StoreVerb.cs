using System.CommandLine;
using System.Diagnostics;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Workers;

namespace Nonlinear.Bench.Sharing;

/// <summary>bench store: what a store costs, by runs that do nothing.</summary>
internal static class StoreVerb
{
    public static Command Create()
    {
        Option<string> store = new("--store")
        {
            Description = "The store, a database of PostgreSQL.",
            Required = true,
            HelpName = "address",
        };
        Option<int> runs = new("--runs") { Description = "How many runs are handed out.", DefaultValueFactory = _ => 1000 };
        Option<int> threads = new("--threads") { Description = "Runs that the worker has in hand.", DefaultValueFactory = _ => 8 };
        Command command = new("store", "What a store costs for each run: handed out, taken, kept and fetched.") { store, runs, threads };
        command.SetAction((parsed, cancellation) => RunAsync(
            StoreAddress.Parse(parsed.GetRequiredValue(store)), parsed.GetValue(runs), parsed.GetValue(threads), cancellation));
        return command;
    }

    private static async Task RunAsync(StoreAddress store, int runs, int threads, CancellationToken cancellation)
    {
        WorkerBuild build = WorkerBuild.Running(typeof(StoreVerb).Assembly, typeof(RunOrder).Assembly);
        using RunDesk desk = RunDesk.Open(store, build, Console.Error.WriteLine, cancellation);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Nothing nothing = new();
        Task worker = Task.Run(
            () => Worker.RunAsync(new(store, build, [nothing], threads, _ => { }), stop.Token), CancellationToken.None);
        // Whatever is done once is done before.
        desk.Carry(Orders(threads), () => { }, cancellation);
        long start = Stopwatch.GetTimestamp();
        double first = 0;
        int done = 0;
        desk.Carry(
            Orders(runs),
            () => first = Interlocked.Increment(ref done) == 1 ? Stopwatch.GetElapsedTime(start).TotalSeconds : first,
            cancellation);
        double all = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        desk.Keep(new byte[64 << 20]);
        double kept = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{runs} runs that do nothing, {threads} in hand: {all:0.0} s, {1000 * all / runs:0.0} ms each");
        Console.WriteLine($"64 MiB of data: {kept:0.00} s");
        await stop.CancelAsync();
        try
        {
            await worker;
        }
        catch (OperationCanceledException)
        {
            // As it was told.
        }
    }

    private static RunOrder[] Orders(int runs) =>
        [.. Enumerable.Range(0, runs).Select(_ => new RunOrder(Guid.NewGuid().ToString("N"), "nothing", "{}"))];

    private sealed class Nothing : IRunCarrier
    {
        public string Kind => "nothing";

        public string Carry(RunOrder order, IRunSource source, CancellationToken cancellation) => "{}";
    }
}
