using System.Diagnostics;
using System.Globalization;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Workers;

namespace Nonlinear.Tests;

/// <summary>Runs are shared by machines through a server of PostgreSQL, which these tests start.</summary>
public sealed class WorkerTests(PostgresCluster server) : IClassFixture<PostgresCluster>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly ToolFolder _folder = new();
    private readonly List<string> _told = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    // The slow test of the workers: some twenty seconds of a processor.
    [Fact]
    [Trait("Speed", "slow")]
    public void Workers_that_are_killed_and_a_server_that_crashes_leave_no_trace_in_the_result()
    {
        PostgresCluster.SkipWithout();
        const int Runs = 4 * 50, Floors = 2 * 50;
        Random random = new(1);
#pragma warning disable CA5394 // A table of any numbers.
        File.WriteAllLines(
            _folder.At("data.csv"),
            ["a,b,y", .. Enumerable.Range(0, 60).Select(_ => (A: random.NextDouble(), B: random.NextDouble()))
                .Select(row => FormattableString.Invariant($"{row.A:0.000},{row.B:0.000},{row.A * row.B:0.0000}"))]);
#pragma warning restore CA5394
        string[] choose =
        [
            "choose", "data.csv", "--target", "y", "--activations", "relu,tanh,gelu,swish", "--seeds", "50", "--hidden", "4",
            "--epochs", "1", "--rates", "0.01", "--json", "--output", "lab",
        ];
        ToolRun alone = _folder.Run([.. choose, "--portable", "--threads", "2"]);
        Assert.Equal(0, alone.ExitCode);
        byte[] page = File.ReadAllBytes(Page());
        Directory.Delete(_folder.At("lab"), recursive: true);

        List<Process> workers = [Worker(), Worker()];
        try
        {
            Task<ToolRun> shared = Task.Run(() => _folder.Run([.. choose, "--store", server.Address]), Cancellation);
            for (int kill = 1; kill <= 3; kill++)
            {
                WaitForResults(kill * Runs / 5, shared);
                workers[0].Kill();
                workers[0].WaitForExit();
                workers[0].Dispose();
                workers[0] = Worker();
                if (kill == 2)
                    server.Crash();
            }
#pragma warning disable xUnit1031 // A process is waited for, on a thread of its own.
            Assert.True(shared.Wait(Patience, Cancellation), "The choice does not end.");
            ToolRun together = shared.Result;
#pragma warning restore xUnit1031
            Assert.True(together.ExitCode == 0, together.Error);
            Assert.Equal(alone.Output, together.Output);
            Assert.Equal(page, File.ReadAllBytes(Page()));
            Assert.DoesNotContain(PostgresCluster.Password, together.Output + together.Error, StringComparison.Ordinal);
            Assert.Equal((long)(Runs + Floors), server.Execute("SELECT count(*) FROM nonlinear.runs WHERE kind = 'choose'"));
            Assert.Equal(0L, server.Execute("SELECT count(*) FROM nonlinear.runs WHERE kind = 'choose' AND result IS NULL"));
        }
        finally
        {
            foreach (Process worker in workers)
            {
                worker.Kill();
                worker.Dispose();
            }
        }

        string Page() => Directory.GetFiles(_folder.At("lab"), "index.html", SearchOption.AllDirectories).Single();

        Process Worker() => _folder.Start("worker", "--store", server.Address, "--threads", "1", "--lease", "2s");
    }

    [Fact]
    public void A_wrong_password_is_told_in_a_line_that_does_not_repeat_it()
    {
        PostgresCluster.SkipWithout();
        ToolRun run = _folder.Run("worker", "--store", server.With(password: "wrong-one"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("refuses 'postgres'", Assert.Single(run.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_server_and_a_missing_database_are_told_in_a_line()
    {
        PostgresCluster.SkipWithout();
        string missing = Refused(server.With(port: PostgresCluster.FreePort()));
        Assert.StartsWith("Nothing answers at PostgreSQL at 127.0.0.1:", missing, StringComparison.Ordinal);
        string database = Refused(server.With(database: "other"));
        Assert.Contains("there is no such database", database, StringComparison.Ordinal);
        Assert.All([missing, database], message => Assert.DoesNotContain(PostgresCluster.Password, message, StringComparison.Ordinal));
        Assert.All([missing, database], message => Assert.DoesNotContain('\n', message));
    }

    [Theory]
    [InlineData("postgres://me:open-sesame@db/lab")]
    [InlineData("Host=db;Database=lab;Pasword=open-sesame")]
    [InlineData("Host=db;Database=lab;Port=open-sesame")]
    [InlineData("Host=db;Password=open-sesame")]
    public void What_is_no_address_is_misuse_and_not_repeated(string text)
    {
        FormatException refused = Assert.Throws<FormatException>(() => StoreAddress.Parse(text));
        Assert.Contains("Host", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_told_in_a_line()
    {
        PostgresCluster.SkipWithout();
        using RunDesk desk = Desk("full");
        server.Execute(
            "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$ "
            + "LANGUAGE plpgsql; CREATE TRIGGER full_disk BEFORE INSERT ON nonlinear.contents EXECUTE FUNCTION full_disk()");
        try
        {
            Assert.Contains(
                "has no room left on its disk",
                Assert.Throws<StoreException>(() => desk.Keep([1, 2, 3])).Message,
                StringComparison.Ordinal);
        }
        finally
        {
            server.Execute("DROP TRIGGER full_disk ON nonlinear.contents");
        }
        string hash = desk.Keep([1, 2, 3]);
        Assert.Equal(hash, desk.Keep([1, 2, 3]));
    }

    [Fact]
    public async Task A_worker_of_another_version_leaves_runs_alone_and_says_so()
    {
        PostgresCluster.SkipWithout();
        using RunDesk desk = Desk("new");
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<IReadOnlyList<string>> results = Task.Run(() => desk.Carry([new("k1", "echo", "old?")], () => { }, stop.Token), stop.Token);
        // It ends by itself, having had nothing to do.
        await Worker.RunAsync(Settings("old", new Echo()) with { Idle = TimeSpan.FromSeconds(3) }, Cancellation);
        Assert.Contains(_told, line => line.StartsWith("1 runs are left alone", StringComparison.Ordinal)
            && line.Contains("for version 1.0 (new)", StringComparison.Ordinal));
        Assert.False(results.IsCompleted);
        await Working("new", new Echo(), async () => Assert.Equal(["old?"], await results));
    }

    [Fact]
    public async Task A_run_that_fails_again_and_again_ends_the_work_with_its_reason()
    {
        PostgresCluster.SkipWithout();
        using RunDesk desk = Desk("failing");
        await Working("failing", new Failing(), async () =>
        {
            IOException failed = await Assert.ThrowsAsync<IOException>(
                () => Task.Run(() => desk.Carry([new("k2", "failing", "")], () => { }, Cancellation), Cancellation));
            Assert.Contains("A run failed on ", failed.Message, StringComparison.Ordinal);
            Assert.Contains("there is a stone in it", failed.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Two_machines_that_do_not_agree_are_found_out()
    {
        PostgresCluster.SkipWithout();
        using RunDesk desk = Desk("two");
        using Store store = new(StoreAddress.Parse(server.Address), Build("two"), TimeSpan.Zero, _told.Add);
        store.Ask([new("k3", "echo", "")], Cancellation);
        store.Save("k3", "1", "first", 0, Cancellation);
        store.Save("k3", "1", "second", 0, Cancellation);
        Assert.Contains(
            "Two machines came to different results",
            Assert.Throws<InvalidOperationException>(() => store.Save("k3", "2", "third", 0, Cancellation)).Message,
            StringComparison.Ordinal);
        Assert.Contains("the second is third", store.Failure(["k3"], Cancellation)!, StringComparison.Ordinal);
    }

    private string Refused(string address) =>
        Assert.Throws<StoreException>(() => RunDesk.Open(StoreAddress.Parse(address), Build("refused"), _told.Add, Cancellation)).Message;

    private RunDesk Desk(string code) => RunDesk.Open(StoreAddress.Parse(server.Address), Build(code), _told.Add, Cancellation);

    private WorkerSettings Settings(string code, IRunCarrier carrier) =>
        new(StoreAddress.Parse(server.Address), Build(code), [carrier], 1, _told.Add);

    private static WorkerBuild Build(string code) => new("1.0", code, "bits");

    private async Task Working(string code, IRunCarrier carrier, Func<Task> meanwhile)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task worker = Task.Run(() => Worker.RunAsync(Settings(code, carrier), stop.Token), Cancellation);
        await meanwhile();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker);
    }

    private void WaitForResults(int count, Task end)
    {
        long start = Stopwatch.GetTimestamp();
        while (Convert.ToInt64(Results(), CultureInfo.InvariantCulture) < count && !end.IsCompleted)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "No more results come.");
            Thread.Sleep(50);
        }
        Assert.False(end.IsCompleted, "The choice has ended before its workers were killed.");
    }

    private object? Results()
    {
        try
        {
            return server.Execute("SELECT count(*) FROM nonlinear.runs WHERE kind = 'choose' AND result IS NOT NULL");
        }
        catch (Npgsql.PostgresException)
        {
            // The tables are not there yet.
            return 0;
        }
    }

    private sealed class Echo : IRunCarrier
    {
        public string Kind => "echo";

        public string Carry(RunOrder order, IRunSource source, CancellationToken cancellation) => order.Text;
    }

    private sealed class Failing : IRunCarrier
    {
        public string Kind => "failing";

        public string Carry(RunOrder order, IRunSource source, CancellationToken cancellation) =>
            throw new InvalidOperationException("there is a stone in it");
    }
}
