using System.Security.Cryptography;
using Nonlinear.Lab.Studies.Runs;
using Npgsql;

namespace Nonlinear.Workers;

/// <summary>The runs of a build and the data that they need, in a database of PostgreSQL.</summary>
/// <param name="address">Where it is.</param>
/// <param name="build">The build whose runs are seen.</param>
/// <param name="patience">How long a server that does not answer is waited for, once it has.</param>
/// <param name="tell">Is told of what takes long.</param>
internal sealed class Store(StoreAddress address, WorkerBuild build, TimeSpan patience, Action<string> tell) : IRunSource, IDisposable
{
    /// <summary>A run that fails so often is given up.</summary>
    public const int MostFailures = 3;

    private const int PartLength = 8 << 20;

    // Of two processes that begin at the same time one makes the tables. The number is nothing but different from others'.
    private const long TablesLock = 0x4E6F6E6C;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(address.ConnectionString);
    private int _lost;

    /// <summary>Where it is.</summary>
    public StoreAddress Address => address;

    /// <summary>Whose runs are seen.</summary>
    public WorkerBuild Build => build;

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    /// <summary>Makes what is not there yet.</summary>
    /// <param name="more">Makes what others need there.</param>
    public void Prepare(Action more)
    {
        using Stream text = typeof(Store).Assembly.GetManifestResourceStream("Schema.sql")!;
        using StreamReader reader = new(text);
        string tables = reader.ReadToEnd();
        Try(() =>
        {
            using NpgsqlConnection connection = _source.OpenConnection();
            Execute(connection, "SELECT pg_advisory_lock($1)", TablesLock);
            try
            {
#pragma warning disable CA2100 // It is part of this assembly.
                using NpgsqlCommand command = new(tables, connection);
#pragma warning restore CA2100
                command.ExecuteNonQuery();
                Execute(
                    connection,
                    "INSERT INTO nonlinear.builds VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                    build.Queue,
                    build.Version,
                    build.Code,
                    build.Bits);
                more();
            }
            finally
            {
                Execute(connection, "SELECT pg_advisory_unlock($1)", TablesLock);
            }
            return 0;
        });
    }

    /// <summary>Keeps something by the hash of its bytes, in one transaction.</summary>
    public string Keep(byte[] content, CancellationToken cancellation)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        return Patiently(cancellation, () =>
        {
            using NpgsqlConnection connection = _source.OpenConnection();
            using NpgsqlTransaction transaction = connection.BeginTransaction();
            using (NpgsqlCommand known = Command(connection, "SELECT 1 FROM nonlinear.contents WHERE hash = $1 LIMIT 1", hash))
            {
                if (known.ExecuteScalar() is not null)
                    return hash;
            }
            for (int part = 0; part == 0 || part * (long)PartLength < content.Length; part++)
            {
                Execute(
                    connection,
                    "INSERT INTO nonlinear.contents VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                    hash,
                    part,
                    content[(part * PartLength)..Math.Min(content.Length, (part + 1) * PartLength)]);
            }
            transaction.Commit();
            return hash;
        });
    }

    /// <inheritdoc/>
    public byte[] Content(string hash) => Try(() =>
    {
        using NpgsqlCommand command = _source.CreateCommand("SELECT bytes FROM nonlinear.contents WHERE hash = $1 ORDER BY part");
        command.Parameters.Add(new() { Value = hash });
        using NpgsqlDataReader reader = command.ExecuteReader();
        using MemoryStream content = new();
        while (reader.Read())
            content.Write(reader.GetFieldValue<byte[]>(0));
        byte[] bytes = content.ToArray();
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == hash
            ? bytes
            : throw new StoreException($"{address} does not hold the data {hash} any more, or not as they were.");
    });

    /// <inheritdoc/>
    public string? Result(string key) => Try(() =>
    {
        using NpgsqlCommand command = Command("SELECT result FROM nonlinear.runs WHERE queue = $1 AND key = $2", build.Queue, key);
        return command.ExecuteScalar() as string;
    });

    /// <summary>A run that was asked for and has not finished; null if there is none.</summary>
    public RunOrder? Open(string key) => Try(() =>
    {
        using NpgsqlCommand command = Command(
            "SELECT kind, what FROM nonlinear.runs WHERE queue = $1 AND key = $2 AND result IS NULL", build.Queue, key);
        using NpgsqlDataReader reader = command.ExecuteReader();
        return reader.Read() ? new RunOrder(key, reader.GetString(0), reader.GetString(1)) : null;
    });

    /// <summary>Asks for runs that nobody has asked for; those that have failed are given another chance.</summary>
    public void Ask(IReadOnlyList<RunOrder> orders, CancellationToken cancellation) => Patiently(cancellation, () =>
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        string[] keys = [.. orders.Select(order => order.Key)];
        Execute(
            connection,
            "INSERT INTO nonlinear.runs (queue, key, kind, what) SELECT $1, * FROM unnest($2, $3, $4) ON CONFLICT DO NOTHING",
            build.Queue,
            keys,
            orders.Select(order => order.Kind).ToArray(),
            orders.Select(order => order.Text).ToArray());
        Execute(
            connection,
            "UPDATE nonlinear.runs SET failures = 0 WHERE queue = $1 AND key = ANY($2) AND result IS NULL AND failures > 0",
            build.Queue,
            keys);
        transaction.Commit();
        return 0;
    });

    /// <summary>
    /// Of some runs those that wait for nobody: none has a job, or the job has come to an end without a result, whatever became of it.
    /// </summary>
    public IReadOnlyList<string> WithoutJob(IReadOnlyCollection<string> keys, CancellationToken cancellation) =>
        Patiently(cancellation, () =>
        {
            using NpgsqlCommand command = Command(
                """
                SELECT run.key FROM nonlinear.runs run LEFT JOIN hangfire.job job ON job.id = run.job
                WHERE run.queue = $1 AND run.key = ANY($2) AND run.result IS NULL AND run.failures < $3
                AND coalesce(job.statename, '') NOT IN ('Enqueued', 'Processing', 'Scheduled')
                """,
                build.Queue,
                keys.ToArray(),
                MostFailures);
            using NpgsqlDataReader reader = command.ExecuteReader();
            HashSet<string> without = [];
            while (reader.Read())
                without.Add(reader.GetString(0));
            return (IReadOnlyList<string>)[.. keys.Where(without.Contains)];
        });

    /// <summary>Takes down the job of a run.</summary>
    public void SetJob(string key, long job, CancellationToken cancellation) => Patiently(cancellation, () =>
    {
        using NpgsqlCommand command = Command(
            "UPDATE nonlinear.runs SET job = $3 WHERE queue = $1 AND key = $2", build.Queue, key, job);
        return command.ExecuteNonQuery();
    });

    /// <summary>The results that some runs have by now.</summary>
    public IReadOnlyList<(string Key, string Result)> Results(IReadOnlyCollection<string> keys, CancellationToken cancellation) =>
        Patiently(cancellation, () =>
        {
            using NpgsqlCommand command = Command(
                "SELECT key, result FROM nonlinear.runs WHERE queue = $1 AND key = ANY($2) AND result IS NOT NULL",
                build.Queue,
                keys.ToArray());
            using NpgsqlDataReader reader = command.ExecuteReader();
            List<(string, string)> results = [];
            while (reader.Read())
                results.Add((reader.GetString(0), reader.GetString(1)));
            return results;
        });

    /// <summary>What is said of a run that is given up; null if there is none among these.</summary>
    public string? Failure(IReadOnlyCollection<string> keys, CancellationToken cancellation) => Patiently(cancellation, () =>
    {
        using NpgsqlCommand command = Command(
            "SELECT failure FROM nonlinear.runs WHERE queue = $1 AND key = ANY($2) AND failures >= $3 LIMIT 1",
            build.Queue,
            keys.ToArray(),
            MostFailures);
        return command.ExecuteScalar() as string;
    });

    /// <summary>Keeps a result, unless there is one.</summary>
    /// <exception cref="InvalidOperationException">There is another: two machines do not agree.</exception>
    public void Save(string key, string result, string worker, double seconds, CancellationToken cancellation)
    {
        string kept = Patiently(cancellation, () =>
        {
            using NpgsqlConnection connection = _source.OpenConnection();
            Execute(
                connection,
                "UPDATE nonlinear.runs SET result = $3, worker = $4, seconds = $5, finished = now() "
                + "WHERE queue = $1 AND key = $2 AND result IS NULL",
                build.Queue,
                key,
                result,
                worker,
                seconds);
            using NpgsqlCommand command = Command(
                connection, "SELECT result FROM nonlinear.runs WHERE queue = $1 AND key = $2", build.Queue, key);
            return command.ExecuteScalar() as string ?? result;
        });
        if (kept == result)
            return;
        string disagreement = $"Two machines came to different results of one run ({key}), the second is {worker}: one of them "
            + "computes wrongly";
        Patiently(cancellation, () =>
        {
            using NpgsqlCommand command = Command(
                "UPDATE nonlinear.runs SET failures = $3, failure = $4 WHERE queue = $1 AND key = $2",
                build.Queue,
                key,
                MostFailures,
                disagreement);
            return command.ExecuteNonQuery();
        });
        throw new InvalidOperationException(disagreement);
    }

    /// <summary>Takes down that a run has failed.</summary>
    public void Fail(string key, string failure, CancellationToken cancellation) => Patiently(cancellation, () =>
    {
        using NpgsqlCommand command = Command(
            "UPDATE nonlinear.runs SET failures = failures + 1, failure = $3 WHERE queue = $1 AND key = $2", build.Queue, key, failure);
        return command.ExecuteNonQuery();
    });

    /// <summary>The open runs of this build, and those of others with their version, code and bits.</summary>
    public (long Ours, IReadOnlyList<(string Version, string Code, string Bits, long Runs)> Others) Waiting() => Try(() =>
    {
        using NpgsqlCommand command = Command(
            """
            SELECT build.queue, build.version, build.code, build.bits, count(*) FROM nonlinear.runs run JOIN nonlinear.builds build
            USING (queue) WHERE run.result IS NULL AND run.failures < $1 GROUP BY 1, 2, 3, 4
            """,
            MostFailures);
        using NpgsqlDataReader reader = command.ExecuteReader();
        long ours = 0;
        List<(string, string, string, long)> others = [];
        while (reader.Read())
        {
            if (reader.GetString(0) == build.Queue)
                ours = reader.GetInt64(4);
            else
                others.Add((reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4)));
        }
        return (ours, (IReadOnlyList<(string, string, string, long)>)others);
    });

    /// <summary>Does something, again and again while a reason that may pass is in its way.</summary>
#pragma warning disable CA1068 // What is done is longest, and reads best at the end.
    public T Patiently<T>(CancellationToken cancellation, Func<T> action)
#pragma warning restore CA1068
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                T result = Try(action);
                Answers();
                return result;
            }
            catch (StoreException wrong) when (wrong.MayPass && System.Diagnostics.Stopwatch.GetElapsedTime(start) < patience)
            {
                DoesNotAnswer(wrong);
                cancellation.WaitHandle.WaitOne(Pause);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Tells that the server does not answer, unless that is known.</summary>
    public void DoesNotAnswer(StoreException wrong)
    {
        if (Interlocked.Exchange(ref _lost, 1) == 0)
            tell($"{wrong.Message} Trying again.");
    }

    /// <summary>Tells that the server answers, if it did not.</summary>
    public void Answers()
    {
        if (Interlocked.Exchange(ref _lost, 0) == 1)
            tell($"{address} answers again.");
    }

    private T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception wrong) when (StoreException.IsOfStore(wrong))
        {
            throw StoreException.Of(wrong, address);
        }
    }

    private NpgsqlCommand Command(string text, params object[] values) => Filled(_source.CreateCommand(text), values);

#pragma warning disable CA2100 // The texts are the constants above.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, params object[] values) =>
        Filled(new(text, connection), values);
#pragma warning restore CA2100

    private static NpgsqlCommand Filled(NpgsqlCommand command, object[] values)
    {
        foreach (object value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }

    private static void Execute(NpgsqlConnection connection, string text, params object[] values)
    {
        using NpgsqlCommand command = Command(connection, text, values);
        command.ExecuteNonQuery();
    }
}
