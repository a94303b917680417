using Hangfire;
using Hangfire.Common;
using Hangfire.Logging;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.States;

namespace Nonlinear.Workers;

/// <summary>Hangfire, as it is used here: which of its parts, and how patient they are.</summary>
internal static class Engine
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    // Who dies while he changes the state of a job leaves its lock behind. Whoever takes the job waits for that, while he keeps the job
    // from others; by itself for ten minutes. Nobody needs a second for such a change.
    private static readonly TimeSpan LongestLock = TimeSpan.FromSeconds(10);

    // Attributes of the job alone: the usual filters would write a row for the language of each.
    private static readonly JobFilterProviderCollection Filters = new(new JobFilterAttributeFilterProvider());

    /// <summary>Hangfire's part of a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="lease">After how long a run of a worker that gives no sign is given to another.</param>
    /// <param name="prepare">Whether its tables are made.</param>
    public static PostgreSqlStorage Storage(StoreAddress store, TimeSpan lease, bool prepare)
    {
        LogProvider.SetCurrentLogProvider(new Silence());
        PostgreSqlStorageOptions options = new()
        {
            SchemaName = "hangfire",
            PrepareSchemaIfNecessary = prepare,
            UseSlidingInvisibilityTimeout = true,
            InvisibilityTimeout = lease,
            QueuePollInterval = Poll,
            DistributedLockTimeout = LongestLock,
        };
        // A job takes ten transactions, and none of them matters: runs and results are ours, and a lost job is handed out again.
        return new(new NpgsqlConnectionFactory(store.ConnectionStringWithoutWaiting, options), options);
    }

    /// <summary>Hands jobs out.</summary>
    public static BackgroundJobClient Client(JobStorage storage) => new(storage, Filters);

    /// <summary>Takes jobs.</summary>
    public static BackgroundJobServer Server(JobStorage storage, WorkerBuild build, string name, int threads, JobActivator activator) =>
        new(
            new BackgroundJobServerOptions
            {
                Queues = [build.Queue],
                ServerName = name,
                WorkerCount = threads,
                Activator = activator,
                FilterProvider = Filters,
                SchedulePollingInterval = TimeSpan.FromSeconds(1),
                HeartbeatInterval = TimeSpan.FromSeconds(5),
                ServerCheckInterval = TimeSpan.FromSeconds(15),
                ServerTimeout = TimeSpan.FromSeconds(30),
                StopTimeout = TimeSpan.Zero,
                ShutdownTimeout = TimeSpan.FromSeconds(5),
            },
            storage);

    /// <summary>Hands out the job of a run.</summary>
    /// <returns>The job's number.</returns>
    public static long Enqueue(BackgroundJobClient client, WorkerBuild build, string key) => long.Parse(
        client.Create<RunJob>(job => job.Carry(build.Queue, key, CancellationToken.None), new EnqueuedState(build.Queue)),
        System.Globalization.CultureInfo.InvariantCulture);

    // What goes wrong is told by those who know what it means.
    private sealed class Silence : ILogProvider, ILog
    {
        public ILog GetLogger(string name) => this;

        public bool Log(LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) => false;
    }
}
