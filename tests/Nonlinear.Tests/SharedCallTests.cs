using Nonlinear.Kernels;

namespace Nonlinear.Tests;

/// <summary>
/// How a call is handed out to threads: each chunk once, failures to the caller, and nobody is waited for who has not come.
/// </summary>
public class SharedCallTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, 1, 5)]
    [InlineData(100, 7, 1)]
    [InlineData(100, 7, 30)]
    [InlineData(10_000, 1, 4)]
    [InlineData(int.MaxValue, int.MaxValue / 2, 2)]
    public void Every_item_is_done_once(int items, int itemsOfAChunk, int helpers)
    {
        List<(int Start, int Count)> done = [];
        Run(items, itemsOfAChunk, helpers, (start, count) =>
        {
            lock (done)
                done.Add((start, count));
        });
        int next = 0;
        foreach ((int start, int count) in done.Order())
        {
            Assert.Equal(next, start);
            next += count;
        }
        Assert.Equal(items, next);
    }

    [Fact]
    public void Helpers_help()
    {
        // Either chunk ends only when both have been begun, which takes two threads.
        using Barrier both = new(2);
        Run(2, 1, 1, (_, _) => Assert.True(both.SignalAndWait(Long)));
    }

    [Fact]
    public void A_failure_of_a_helper_is_thrown_to_the_caller_after_all_have_stopped()
    {
        int caller = Environment.CurrentManagedThreadId, atWork = 0;
        using ManualResetEventSlim failed = new();
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => Run(100, 1, 1, (start, _) =>
        {
            Interlocked.Increment(ref atWork);
            try
            {
                if (Environment.CurrentManagedThreadId == caller)
                {
                    Assert.True(failed.Wait(Long));
                    return;
                }
                failed.Set();
                throw new InvalidOperationException($"{start}");
            }
            finally
            {
                Interlocked.Decrement(ref atWork);
            }
        }));
        Assert.Equal(0, atWork);
        Assert.InRange(int.Parse(failure.Message, null), 0, 1);
    }

    [Fact]
    public void A_failure_of_the_caller_is_thrown_after_helpers_have_stopped()
    {
        int caller = Environment.CurrentManagedThreadId, helped = 0;
        using Barrier both = new(2);
        Assert.Throws<InvalidOperationException>(() => Run(2, 1, 1, (_, _) =>
        {
            both.SignalAndWait(Long);
            if (Environment.CurrentManagedThreadId == caller)
                throw new InvalidOperationException();
            Thread.Sleep(50);
            Volatile.Write(ref helped, 1);
        }));
        Assert.Equal(1, helped);
    }

    [Fact]
    public void A_helper_that_comes_late_finds_nothing_to_do()
    {
        int done = 0;
        SharedCall<Part> call = new(new((_, _) => done++), 10, 3);
        call.Run(helpers: 0);
        Assert.Equal(4, done);
        call.Execute();
        Assert.Equal(4, done);
    }

    [Fact]
    public void Where_all_threads_of_the_pool_are_busy_the_caller_does_everything()
    {
        using CountdownEvent released = new(4 * ThreadPool.ThreadCount + 64);
        using ManualResetEventSlim release = new();
        for (int i = released.InitialCount; i > 0; i--)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                release.Wait(Long);
                released.Signal();
            }, null);
        }
        try
        {
            float[] x = [.. Enumerable.Repeat(1f, 100_000)], expected = new float[x.Length], y = new float[x.Length];
            Activation.Mish().Forward(x, expected);
            Activation.Mish().OnThreads(8).Forward(x, y);
            Assert.Equal(expected, y);
            Assert.False(release.IsSet);
        }
        finally
        {
            release.Set();
            released.Wait(Long, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Calls_may_come_from_many_threads_and_from_the_pool()
    {
        double[] x = Spans.Mixed(50_001, seed: 1), expected = new double[x.Length];
        Activation.Tanh().Forward(x, expected);
        Activation parallel = Activation.Tanh().OnThreads(4);
        Parallel.For(0, 40, _ =>
        {
            double[] y = new double[x.Length];
            parallel.Forward(x, y);
            Assert.Equal(expected, y);
        });
    }

    private static void Run(int items, int itemsOfAChunk, int helpers, Action<int, int> work) =>
        new SharedCall<Part>(new(work), items, itemsOfAChunk).Run(helpers);

    private readonly struct Part(Action<int, int> work) : IDivisible
    {
        public void Do(int start, int count) => work(start, count);
    }
}
