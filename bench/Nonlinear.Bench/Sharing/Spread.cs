using Nonlinear.Training;

namespace Nonlinear.Bench.Sharing;

/// <summary>What is simulated; times in seconds, deaths per second.</summary>
internal sealed record SpreadPlan(
    int Runs,
    int Workers,
    double Seconds,
    double Slowest,
    double StoreSeconds,
    double Deaths,
    double Away,
    double Lease,
    int Seed);

/// <summary>
/// How runs spread over workers, event by event: each worker takes the next run when it is free, the store serves one after another, a
/// worker dies at random, and its run waits for the end of the lease before another takes it.
/// </summary>
/// <param name="End">When the last run had finished.</param>
/// <param name="Ideal">When that would be if nothing were lost, nobody died, and work could be cut at will.</param>
/// <param name="Tail">How long before the end there was nothing left to hand out.</param>
/// <param name="Deaths">How often a worker died.</param>
/// <param name="Again">How many runs were begun again.</param>
/// <param name="Lost">The share of all work that deaths undid.</param>
/// <param name="StoreBusy">The share of the time that the store was busy.</param>
/// <param name="Alone">How long the fastest worker would take by itself.</param>
internal sealed record Spread(
    double End, double Ideal, double Tail, int Deaths, int Again, double Lost, double StoreBusy, double Alone)
{
    // Runs of one choice differ by their functions; the logarithm of their times deviates by so much.
    private const double Deviation = 0.3;

    /// <summary>Simulates.</summary>
    public static Spread Of(SpreadPlan plan)
    {
        RandomStream random = new(plan.Seed, "spread");
        // So that the mean is what was asked for.
        double[] work =
        [
            .. Enumerable.Range(0, plan.Runs).Select(
                _ => plan.Seconds * Math.Exp((Deviation * random.Normal()) - (Deviation * Deviation / 2))),
        ];
        double[] speed =
        [
            .. Enumerable.Range(0, plan.Workers).Select(
                worker => Math.Pow(plan.Slowest, -(double)worker / Math.Max(1, plan.Workers - 1))),
        ];
        PriorityQueue<Event, double> events = new();
        PriorityQueue<int, double> waiting = new();
        for (int run = 0; run < plan.Runs; run++)
            waiting.Enqueue(run, 0);
        for (int worker = 0; worker < plan.Workers; worker++)
            events.Enqueue(new(worker, -1), 0);
        double storeFree = 0, storeBusy = 0, lost = 0, end = 0, last = 0;
        int finished = 0, deaths = 0, again = 0;
        bool[] done = new bool[plan.Runs];
        List<int> idle = [];
        while (finished < plan.Runs)
        {
            if (!events.TryDequeue(out Event happened, out double now))
                throw new InvalidOperationException("Runs were lost.");
            if (happened.Run >= 0 && happened.Worker < 0)
            {
                // A lease has ended.
                waiting.Enqueue(happened.Run, now);
                foreach (int worker in idle)
                    events.Enqueue(new(worker, -1), now);
                idle.Clear();
                continue;
            }
            if (happened.Run >= 0)
            {
                if (done[happened.Run])
                    throw new InvalidOperationException("A run was counted twice.");
                done[happened.Run] = true;
                finished++;
                end = now;
            }
            if (!waiting.TryDequeue(out int next, out _))
            {
                idle.Add(happened.Worker);
                continue;
            }
            last = now;
            double start = Math.Max(now, storeFree);
            storeFree = start + plan.StoreSeconds;
            storeBusy += plan.StoreSeconds;
            double takes = work[next] / speed[happened.Worker];
            double dies = plan.Deaths > 0 ? -Math.Log(1 - random.Uniform()) / plan.Deaths : double.PositiveInfinity;
            if (dies >= takes)
            {
                events.Enqueue(new(happened.Worker, next), storeFree + takes);
                continue;
            }
            deaths++;
            again++;
            lost += dies * speed[happened.Worker];
            events.Enqueue(new(-1, next), storeFree + dies + plan.Lease);
            events.Enqueue(new(happened.Worker, -1), storeFree + dies + plan.Away);
        }
        return new(
            end, work.Sum() / speed.Sum(), end - last, deaths, again, lost / work.Sum(), storeBusy / end, work.Sum());
    }

    /// <summary>A worker is free, having finished a run if there is one; without a worker, a run waits again.</summary>
    private readonly record struct Event(int Worker, int Run);
}
