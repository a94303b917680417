using System.Runtime.ExceptionServices;

// Nobody else has the object, so that it can be its own lock and a call allocates no second one.
#pragma warning disable CA2002

namespace Nonlinear.Kernels;

/// <summary>A call that several threads work on, each taking the next chunk when it has done one.</summary>
/// <remarks>
/// <para>The caller works too, and waits only for chunks that others have taken. So it needs nobody: where all threads of the pool are
/// busy, or there are none, it does everything itself.</para>
/// <para>The work may hold pointers into the caller's spans. They are followed only between taking a chunk and reporting it done, and
/// the caller does not return before all are reported: a helper that starts late finds no chunk and leaves without following them.</para>
/// </remarks>
internal sealed class SharedCall<TWork>(TWork work, int items, int itemsOfAChunk) : IThreadPoolWorkItem
    where TWork : struct, IDivisible
{
    // Some tens of microseconds, about as long as a chunk takes; a thread that was put to sleep would wake up later than that.
    private const int Spins = 40;

    private readonly int _chunks = (int)(((long)items + itemsOfAChunk - 1) / itemsOfAChunk);
    private TWork _work = work;
    private int _taken, _done;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Does everything, with so many helpers if they come in time.</summary>
    public void Run(int helpers)
    {
        try
        {
            for (int i = 0; i < helpers; i++)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        finally
        {
            // Whatever happens: as long as a helper is at work, the caller's spans must stay where they are.
            Execute();
            Wait();
        }
        _failure?.Throw();
    }

    /// <summary>Does chunks until none is left.</summary>
    public void Execute()
    {
        using Denormals kept = Denormals.Keep();
        for (int chunk; (chunk = Interlocked.Increment(ref _taken) - 1) < _chunks;)
        {
            // After a failure the rest is taken but not done, so that all threads come to their end.
            if (Volatile.Read(ref _failure) is null)
                Do(chunk * itemsOfAChunk);
            if (Interlocked.Increment(ref _done) < _chunks)
                continue;
            lock (this)
                Monitor.Pulse(this);
        }
    }

    private void Do(int start)
    {
        try
        {
            _work.Do(start, Math.Min(itemsOfAChunk, items - start));
        }
#pragma warning disable CA1031 // On a thread of the pool it would end the program; it is the caller's, who throws it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
        }
    }

    private void Wait()
    {
        SpinWait spinner = default;
        for (int i = 0; i < Spins && Volatile.Read(ref _done) < _chunks; i++)
            spinner.SpinOnce(sleep1Threshold: -1);
        if (Volatile.Read(ref _done) == _chunks)
            return;
        lock (this)
        {
            while (Volatile.Read(ref _done) < _chunks)
                Monitor.Wait(this);
        }
    }
}
