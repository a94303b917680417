using System.Diagnostics;
using System.Globalization;
using Hangfire;
using Hangfire.PostgreSql;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Workers;

/// <summary>What a worker is told.</summary>
/// <param name="Address">The store.</param>
/// <param name="Build">What this worker is like.</param>
/// <param name="Carriers">Who carries out runs.</param>
/// <param name="Threads">How many runs go on at the same time.</param>
/// <param name="Tell">Is told what somebody should know, in sentences.</param>
public sealed record WorkerSettings(
    StoreAddress Address, WorkerBuild Build, IReadOnlyList<IRunCarrier> Carriers, int Threads, Action<string> Tell)
{
    /// <summary>After how long a run of a worker that gives no sign is given to another.</summary>
    public TimeSpan Lease { get; init; } = Worker.UsualLease;

    /// <summary>After how long without runs the worker ends; null for never.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>Where the dashboard is shown; null for nowhere.</summary>
    public DashboardSettings? Dashboard { get; init; }
}

/// <summary>Takes runs from a store and carries them out.</summary>
public sealed class Worker
{
    /// <summary>After how long a run of a worker that gives no sign is given to another, unless told otherwise.</summary>
    public static TimeSpan UsualLease { get; } = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly WorkerSettings _settings;
    private readonly Store _store;
    private readonly string _name = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName.ToLowerInvariant()}:{Environment.ProcessId}");

    private Worker(WorkerSettings settings, Store store) => (_settings, _store) = (settings, store);

    /// <summary>Works until told to stop, or until there is nothing to do.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The worker was told to stop; what it had in hand goes to others.</exception>
    public static async Task RunAsync(WorkerSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        // A worker has nothing to go back to: it waits as long as it is let.
        using Store store = new(settings.Address, settings.Build, TimeSpan.MaxValue, settings.Tell);
        PostgreSqlStorage? storage = null;
        store.Prepare(() => storage = Engine.Storage(settings.Address, settings.Lease, prepare: true));
        await new Worker(settings, store).WorkAsync(storage!, cancellation);
    }

    private async Task WorkAsync(PostgreSqlStorage storage, CancellationToken cancellation)
    {
        await using Dashboard? dashboard = _settings.Dashboard is { } asked
            ? await Dashboard.StartAsync(storage, asked, cancellation)
            : null;
        if (dashboard is not null)
            _settings.Tell($"The dashboard is {dashboard.Address}");
        using BackgroundJobServer server =
            Engine.Server(storage, _settings.Build, _name, _settings.Threads, new Activator(new(_store, _settings.Carriers, _name)));
        _settings.Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"Worker {_name} of version {_settings.Build} takes runs from {_settings.Address}, {_settings.Threads} at a time."));
        await WatchAsync(cancellation);
    }

    // Tells what somebody should know, and when there is nothing to do.
    private async Task WatchAsync(CancellationToken cancellation)
    {
        long busy = Stopwatch.GetTimestamp();
        string told = "";
        while (true)
        {
            await Task.Delay(BetweenLooks, cancellation);
            try
            {
                (long ours, IReadOnlyList<(string Version, string Code, string Bits, long Runs)> others) = _store.Waiting();
                _store.Answers();
                if (ours > 0)
                    busy = Stopwatch.GetTimestamp();
                foreach ((string version, string code, string bits, long runs) in others)
                {
                    string left = Left(version, code, bits);
                    if (left != told)
                        _settings.Tell(string.Create(CultureInfo.InvariantCulture, $"{runs} runs are left alone: {left}"));
                    told = left;
                }
            }
            catch (StoreException wrong)
            {
                _store.DoesNotAnswer(wrong);
                // Who cannot ask does not know that there is nothing.
                busy = Stopwatch.GetTimestamp();
            }
            if (_settings.Idle is { } idle && Stopwatch.GetElapsedTime(busy) > idle)
            {
                _settings.Tell("There is nothing to do any more.");
                return;
            }
        }
    }

    private string Left(string version, string code, string bits) => code == _settings.Build.Code
        ? $"this machine computes other bits than the one that asked for them ({bits} there, {_settings.Build.Bits} here)."
        : $"they are for version {version} ({code}), and this is {_settings.Build}.";

    private sealed class Activator(RunJob job) : JobActivator
    {
        public override object ActivateJob(Type jobType) => job;
    }
}
