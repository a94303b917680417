using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Nonlinear.Tests;

/// <summary>A server of PostgreSQL of its own, in a folder that goes with it.</summary>
public sealed class PostgresCluster : IDisposable
{
    /// <summary>What lets the user in, and must be shown nowhere.</summary>
    public const string Password = "open-sesame";

    private const string Account = "postgres";

    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private readonly string _folder = Programs is null ? "" : Directory.CreateTempSubdirectory("pg-").FullName;
    private readonly int _port = FreePort();

    public PostgresCluster()
    {
        if (Programs is null)
            return;
        string password = Path.Combine(_folder, "password");
        File.WriteAllText(password, Password);
        if (IsRoot)
            Run("chown", "-R", Account, _folder);
        As("initdb", "-D", Data, "-U", Account, "-A", "scram-sha-256", $"--pwfile={password}", "--no-sync", "-E", "UTF8", "--no-locale");
        Control("start");
        Execute("CREATE DATABASE lab", "postgres");
    }

    /// <summary>Where the database is, and how to get in.</summary>
    public string Address => AddressOf("lab");

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Skips the test where there is no server.</summary>
    public static void SkipWithout() =>
        Assert.SkipWhen(Programs is null, "PostgreSQL's server is not installed (apt-get install postgresql).");

    /// <summary>The address with another password, database or port.</summary>
    public string With(string password = Password, string database = "lab", int? port = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={port ?? _port};Database={database};Username={Account};Password={password};Pooling=true");

    /// <summary>Ends the server as a crash does, and starts it again.</summary>
    public void Crash() => Control("restart", "-m", "immediate");

    /// <summary>Carries out a statement.</summary>
    public object? Execute(string statement, string database = "lab")
    {
        using NpgsqlConnection connection = new(AddressOf(database) + ";Pooling=false");
        connection.Open();
#pragma warning disable CA2100 // Tests say what they mean.
        using NpgsqlCommand command = new(statement, connection);
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    /// <summary>A port that nobody listens at.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (Programs is null)
            return;
        Control("stop", "-m", "immediate");
        Directory.Delete(_folder, recursive: true);
    }

    private string AddressOf(string database) => With(database: database);

    private void Control(string verb, params string[] more) => As(
        "pg_ctl",
        [
            "-D", Data, "-w", "-l", Path.Combine(_folder, "log"),
            "-o", $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60", .. more, verb,
        ]);

    // The server refuses to run as root.
    private static void As(string program, params string[] arguments)
    {
        string path = Path.Combine(Programs!, program);
        if (IsRoot)
            Run("setpriv", ["--reuid", Account, "--regid", Account, "--clear-groups", "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // Without pipes: the server would hold them open.
        ProcessStartInfo start = new("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            WorkingDirectory = "/",
        };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
