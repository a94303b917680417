using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;

namespace Nonlinear.Lab.Studies.Runs;

/// <summary>The results of runs that have finished, in a SQLite database, so that a study goes on where it was interrupted.</summary>
/// <remarks>
/// A result is found by everything that decides it: the build of the library and the lab, the study, the whole configuration of the run,
/// and the data. A run is written in one transaction when it has finished; whenever the process dies, only the runs in hand are lost.
/// </remarks>
internal sealed class ResultStore : IDisposable
{
    // Builds are deterministic: these change when the code does, and only then.
    private static readonly string Build = $"{typeof(Activation).Module.ModuleVersionId}/{typeof(ResultStore).Module.ModuleVersionId}";

    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly SqliteConnection _connection;
    private readonly Lock _lock = new();

    /// <summary>Opens a database, or makes one.</summary>
    /// <exception cref="IOException">It cannot be opened, or is something else; the message says what to do.</exception>
    public ResultStore(string path)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 60, Pooling = false }.ConnectionString);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            _connection.Open();
            Execute("PRAGMA journal_mode = WAL");
            Execute("PRAGMA synchronous = NORMAL");
            Execute(
                "CREATE TABLE IF NOT EXISTS runs (key TEXT PRIMARY KEY, study TEXT NOT NULL, configuration TEXT NOT NULL, result TEXT NOT "
                + "NULL, seconds REAL NOT NULL)");
        }
        catch (SqliteException wrong)
        {
            _connection.Dispose();
            throw new IOException(
                $"'{path}' is no database of results that can be used ({wrong.Message}); name another place with --output, or remove it.",
                wrong);
        }
    }

    /// <summary>The key of a run.</summary>
    public static string Key<TConfiguration>(string study, TConfiguration configuration) =>
        Convert.ToHexStringLower(SHA256.HashData(
            Encoding.UTF8.GetBytes($"{Build}\n{study}\n{JsonSerializer.Serialize(configuration, Json)}")));

    /// <summary>The result of a run that has finished before.</summary>
    public bool TryFind<TResult>(string key, out TResult result)
    {
        lock (_lock)
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = "SELECT result FROM runs WHERE key = $key";
            command.Parameters.AddWithValue("$key", key);
            string? text = (string?)command.ExecuteScalar();
            result = text is null ? default! : JsonSerializer.Deserialize<TResult>(text, Json)!;
            return text is not null;
        }
    }

    /// <summary>Keeps the result of a run.</summary>
    public void Add<TConfiguration, TResult>(string key, string study, TConfiguration configuration, TResult result, double seconds)
    {
        lock (_lock)
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = "INSERT OR IGNORE INTO runs VALUES ($key, $study, $configuration, $result, $seconds)";
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$study", study);
            command.Parameters.AddWithValue("$configuration", JsonSerializer.Serialize(configuration, Json));
            command.Parameters.AddWithValue("$result", JsonSerializer.Serialize(result, Json));
            command.Parameters.AddWithValue("$seconds", seconds);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Closes the database.</summary>
    public void Dispose() => _connection.Dispose();

    private void Execute(string statement)
    {
        using SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the constants above.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
