using System.Diagnostics;
using Hangfire;
using Hangfire.States;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Workers;

/// <summary>A run as a job of Hangfire: it may be begun several times, and its result is kept once.</summary>
/// <param name="store">Where the run and its result are kept.</param>
/// <param name="carriers">Who carries out runs.</param>
/// <param name="worker">Who this is.</param>
internal sealed class RunJob(Store store, IReadOnlyList<IRunCarrier> carriers, string worker)
{
    /// <summary>Carries out a run.</summary>
    /// <param name="queue">The queue of builds that may.</param>
    /// <param name="key">The key of the run.</param>
    /// <param name="cancellation">Stops it; another worker takes it.</param>
    [AutomaticRetry(Attempts = Store.MostFailures - 1, DelaysInSeconds = [1], LogEvents = false)]
    [StaysInQueue]
    public void Carry(string queue, string key, CancellationToken cancellation)
    {
        if (store.Open(key) is not { } order)
            return;
        long start = Stopwatch.GetTimestamp();
        string result;
        try
        {
            IRunCarrier carrier = carriers.FirstOrDefault(carrier => carrier.Kind == order.Kind)
                ?? throw new InvalidOperationException($"nobody here carries out runs of the kind '{order.Kind}'");
            result = carrier.Carry(order, store, cancellation);
        }
        catch (Exception wrong) when (wrong is not StoreException { MayPass: true } && !cancellation.IsCancellationRequested)
        {
            store.Fail(key, $"A run failed on {worker}: {wrong.Message}", cancellation);
            throw;
        }
        // It has been worked out: only death keeps it from being kept.
        store.Save(key, result, worker, Stopwatch.GetElapsedTime(start).TotalSeconds, CancellationToken.None);
    }

    // Left to itself a job that is tried again goes to the queue of everybody.
    private sealed class StaysInQueueAttribute : Hangfire.Common.JobFilterAttribute, IElectStateFilter
    {
        public void OnStateElection(ElectStateContext context)
        {
            if (context.CandidateState is EnqueuedState enqueued && context.BackgroundJob.Job.Args is [string queue, ..])
                enqueued.Queue = queue;
        }
    }
}
