using System.CommandLine;
using System.Runtime.CompilerServices;
using Nonlinear.Lab.Studies;
using Nonlinear.Lab.Studies.Choosing;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Oracle.Judging;
using Nonlinear.Training;
using Nonlinear.Workers;

namespace Nonlinear.Cli;

/// <summary>How verbs share runs with other machines.</summary>
/// <remarks>What needs the packages of the workers is in methods of its own, so that no other start loads them.</remarks>
internal static class Sharing
{
    private const string Address = "PostgreSQL, as in \"Host=db;Database=lab;Username=lab\"; the password may stand in PGPASSWORD.";

    /// <summary>The store.</summary>
    public static Option<string?> Store(string description) => new("--store")
    {
        Description = $"{description} {Address}",
        HelpName = "address",
    };

    /// <summary>Whether results are to be the same everywhere.</summary>
    public static Option<bool> Portable() => new("--portable")
    {
        Description = "Computes what any machine computes, to the bit, though not as fast.",
    };

    /// <summary>Does work of the lab, with the runs handed out if there is a store.</summary>
    public static void With(
        string? store, bool portable, LabSettings settings, Action<LabSettings> work, CancellationToken cancellation)
    {
        if (portable)
            LabSettings.BePortable();
        With(store, desk => work(settings with { Desk = desk }), cancellation);
    }

    /// <summary>Does work, with somebody who hands out its parts if there is a store.</summary>
    public static void With(string? store, Action<IRunDesk?> work, CancellationToken cancellation)
    {
        if (store is null)
            work(null);
        else
            WithStore(store, work, cancellation);
    }

    /// <summary>Takes runs from a store.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Task WorkAsync(string store, Func<WorkerSettings, WorkerSettings> more, int threads, CancellationToken cancellation) =>
        Worker.RunAsync(
            more(new(
                StoreAddress.Parse(store),
                Build(),
                [new ChoiceCarrier(), new StudyCarrier(), new Verification.SweepCarrier()],
                threads,
                Tool.Say)),
            cancellation);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WithStore(string store, Action<IRunDesk?> work, CancellationToken cancellation)
    {
        using RunDesk desk = RunDesk.Open(StoreAddress.Parse(store), Build(), Tool.Say, cancellation);
        work(desk);
    }

    // Everything that decides a result, the judge included.
    private static WorkerBuild Build() =>
        WorkerBuild.Running(
            typeof(Tool).Assembly,
            typeof(LabSettings).Assembly,
            typeof(Trainer).Assembly,
            typeof(Activation).Assembly,
            typeof(Sweep).Assembly);
}
