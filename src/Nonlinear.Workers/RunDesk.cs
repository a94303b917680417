using System.Diagnostics;
using Hangfire;
using Hangfire.PostgreSql;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Workers;

/// <summary>Hands runs out to whoever listens at a store, and waits for their results.</summary>
public sealed class RunDesk : IRunDesk, IDisposable
{
    // The first results of short runs are soon there; who waits for hours should not ask ten times a second.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100),
        LongestPause = TimeSpan.FromSeconds(2),
        BetweenLooks = TimeSpan.FromSeconds(15),
        Patience = TimeSpan.FromMinutes(10);

    // Connections for handing out: most of the time goes by on the way to the server and back.
    private const int Hands = 4;

    private readonly Store _store;
    private readonly PostgreSqlStorage _storage;
    private readonly BackgroundJobClient _client;
    private readonly Action<string> _tell;
    private readonly CancellationToken _cancellation;
    private bool _toldNobody;

    private RunDesk(Store store, PostgreSqlStorage storage, Action<string> tell, CancellationToken cancellation) =>
        (_store, _storage, _client, _tell, _cancellation) = (store, storage, Engine.Client(storage), tell, cancellation);

    /// <summary>Opens a store.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="build">What workers must be like.</param>
    /// <param name="tell">Is told what somebody should know, in sentences.</param>
    /// <param name="cancellation">Stops what takes long.</param>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public static RunDesk Open(StoreAddress address, WorkerBuild build, Action<string> tell, CancellationToken cancellation)
    {
#pragma warning disable CA2000 // It is the desk's, or disposed of below.
        Store store = new(address, build, Patience, tell);
#pragma warning restore CA2000
        try
        {
            PostgreSqlStorage? storage = null;
            store.Prepare(() => storage = Engine.Storage(address, Worker.UsualLease, prepare: true));
            return new(store, storage!, tell, cancellation);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Where => _store.Address.ToString();

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    /// <inheritdoc/>
    public string Keep(byte[] content) => _store.Keep(content, _cancellation);

    /// <inheritdoc/>
    public IReadOnlyList<string> Carry(IReadOnlyList<RunOrder> orders, Action finished, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(orders);
        ArgumentNullException.ThrowIfNull(finished);
        Dictionary<string, string> results = [];
        // In their order, so that what was asked for first is begun first.
        RunOrder[] distinct = [.. orders.DistinctBy(order => order.Key)];
        HashSet<string> open = [.. distinct.Select(order => order.Key)];
        _store.Ask(distinct, cancellation);
        Collect();
        HandOut([.. distinct.Select(order => order.Key).Where(open.Contains)], cancellation);
        long looked = Stopwatch.GetTimestamp(), moved = looked;
        TimeSpan pause = ShortestPause;
        while (open.Count > 0)
        {
            cancellation.WaitHandle.WaitOne(pause);
            cancellation.ThrowIfCancellationRequested();
            if (Collect())
            {
                moved = Stopwatch.GetTimestamp();
                pause = ShortestPause;
                continue;
            }
            pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, pause.Ticks * 3 / 2));
            if (_store.Failure(open, cancellation) is { } failure)
                throw new IOException($"{failure.TrimEnd('.')}. What has finished is kept.");
            if (Stopwatch.GetElapsedTime(looked) < BetweenLooks)
                continue;
            looked = Stopwatch.GetTimestamp();
            // Jobs that somebody has deleted, or that an older copy of the database does not have.
            HandOut([.. open], cancellation);
            SayIfNobodyListens(Stopwatch.GetElapsedTime(moved));
        }
        return [.. orders.Select(order => results[order.Key])];

        bool Collect()
        {
            IReadOnlyList<(string Key, string Result)> found = _store.Results(open, cancellation);
            foreach ((string key, string result) in found)
            {
                results[key] = result;
                open.Remove(key);
                finished();
            }
            return found.Count > 0;
        }
    }

    private void HandOut(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        IReadOnlyList<string> waiting = _store.WithoutJob(keys, cancellation);
        ParallelOptions options = new() { MaxDegreeOfParallelism = Hands, CancellationToken = cancellation };
        Parallel.ForEach(waiting, options, key => _store.SetJob(
            key, _store.Patiently(cancellation, () => Engine.Enqueue(_client, _store.Build, key)), cancellation));
    }

    private void SayIfNobodyListens(TimeSpan idle)
    {
        if (_toldNobody || idle < BetweenLooks || _store.Patiently(_cancellation, Listening) > 0)
            return;
        _toldNobody = true;
        _tell($"Nobody takes the runs of version {_store.Build} at {Where}; start workers with: nonlinear worker --store …");
    }

    private int Listening() => _storage.GetMonitoringApi().Servers().Count(server => server.Queues.Contains(_store.Build.Queue));
}
