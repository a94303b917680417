using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Nonlinear.Lab.Studies.Runs;

/// <summary>The results of runs that have finished, in a SQLite database, so that a study goes on where it was interrupted.</summary>
/// <remarks>
/// A result is found by everything that decides it: the build of the library, the kit and the lab, the study, the whole configuration of
/// the run, and the data. A run is written in one transaction when it has finished; whenever the process dies, only the runs in hand are
/// lost.
/// </remarks>
internal sealed class ResultStore : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private readonly FileStream _ours;
    private readonly SqliteConnection _connection;
    private readonly Lock _lock = new();
    private readonly Leftover _leftover;

    /// <summary>Opens a database, or makes one. Nobody else can have it until it is closed.</summary>
    /// <exception cref="IOException">It cannot be opened, is another run's just now, or is something else; the message says what to do.
    /// </exception>
    public ResultStore(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        bool isNew = !File.Exists(path);
        _ours = Take($"{path}.in-use");
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 60, Pooling = false }.ConnectionString);
        _leftover = Leftovers.Begin(() => { }, CloseInTime);
        try
        {
            Use(() =>
            {
                _connection.Open();
                Execute("PRAGMA journal_mode = WAL");
                Execute("PRAGMA synchronous = NORMAL");
                Execute(
                    "CREATE TABLE IF NOT EXISTS runs (key TEXT PRIMARY KEY, study TEXT NOT NULL, configuration TEXT NOT NULL, result TEXT "
                    + "NOT NULL, seconds REAL NOT NULL)");
            });
        }
        catch
        {
            Dispose();
            // What could not be begun holds nothing.
            if (isNew)
                Remove();
            throw;
        }
    }

    /// <summary>The result of a run that has finished before.</summary>
    /// <exception cref="IOException">The database cannot be read.</exception>
    public bool TryFind<TResult>(string key, out TResult result)
    {
        string? text = null;
        Use(() =>
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = "SELECT result FROM runs WHERE key = $key";
            command.Parameters.AddWithValue("$key", key);
            text = (string?)command.ExecuteScalar();
        });
        result = text is null ? default! : RunKey.Read<TResult>(text);
        return text is not null;
    }

    /// <summary>Keeps the result of a run.</summary>
    /// <exception cref="IOException">The database cannot be written.</exception>
    public void Add<TConfiguration, TResult>(
        string key, string study, TConfiguration configuration, TResult result, double seconds) => Use(() =>
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = "INSERT OR IGNORE INTO runs VALUES ($key, $study, $configuration, $result, $seconds)";
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$study", study);
            command.Parameters.AddWithValue("$configuration", RunKey.Write(configuration));
            command.Parameters.AddWithValue("$result", RunKey.Write(result));
            command.Parameters.AddWithValue("$seconds", seconds);
            command.ExecuteNonQuery();
        });

    /// <summary>What to tell of something that SQLite says, by the numbers of its result codes.</summary>
    internal static string Sentence(string path, int code, string message) => code switch
    {
        5 or 6 => $"'{path}' is being used by another program; let that end, or name another folder with --output.",
        8 or 14 => $"'{path}' cannot be written: permission denied. Name another folder with --output.",
        10 or 13 => $"'{path}' cannot be written: the disk is full or fails. What has finished is kept; make room and run the command "
            + "again.",
        _ => $"'{path}' is no database of results that can be used ({message.TrimEnd('.')}); name another place with --output, "
            + "or remove it.",
    };

    /// <summary>Closes the database.</summary>
    public void Dispose() => _leftover.End(Close);

    private void Close()
    {
        _connection.Dispose();
        _ours.Dispose();
    }

    // The files that SQLite has beside an open database go when it is closed.
    private void CloseInTime()
    {
        if (!_lock.TryEnter(Patience))
            return;
        Close();
        _lock.Exit();
    }

    private void Remove()
    {
        foreach (string ending in (string[])["", "-wal", "-shm"])
            File.Delete(_path + ending);
    }

    // Two runs would do the same work twice, and the page of one would replace that of the other.
    private static FileStream Take(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new IOException(string.Create(
                CultureInfo.InvariantCulture,
                $"Another run has been at work in '{Path.GetDirectoryName(path)}' since {File.GetLastWriteTime(path):HH:mm}; "
                + $"wait for its end, or name another folder with --output."));
        }
    }

    private void Use(Action action)
    {
        lock (_lock)
        {
            try
            {
                action();
            }
            catch (SqliteException wrong)
            {
                throw new IOException(Sentence(_path, wrong.SqliteErrorCode, wrong.Message), wrong);
            }
        }
    }

    private void Execute(string statement)
    {
        using SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the constants above.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
