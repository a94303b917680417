using System.Globalization;
using Npgsql;

namespace Nonlinear.Workers;

/// <summary>Where a store is: a database of PostgreSQL.</summary>
public sealed class StoreAddress
{
    private const string Example = "Host=db.example.org;Database=lab;Username=lab";

    private const int SecondsToConnect = 10, SecondsBetweenSigns = 15;

    private readonly NpgsqlConnectionStringBuilder _builder;

    private StoreAddress(NpgsqlConnectionStringBuilder builder) => _builder = builder;

    /// <summary>Reads a connection string as Npgsql has them.</summary>
    /// <exception cref="FormatException">It is none. The message says nothing of it, for it may hold a password.</exception>
    public static StoreAddress Parse(string text)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new(text) { ApplicationName = "nonlinear", Timeout = SecondsToConnect, KeepAlive = SecondsBetweenSigns };
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new FormatException(
                $"That is no address of a store; write it as in \"{Example}\". The password may stand in PGPASSWORD or in a file that "
                + "PGPASSFILE names.",
                // Not the reason: it may repeat what was given.
                null);
        }
        // Settings of the surroundings should not decide which store it is.
        return string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database)
            ? throw new FormatException($"The address of a store names a Host and a Database, as in \"{Example}\".")
            : new(builder);
    }

    /// <summary>What Npgsql is given; it may hold a password.</summary>
    internal string ConnectionString => _builder.ConnectionString;

    /// <summary>
    /// The same for what may be lost in a crash: the server answers before its disk has it. Who gives options of his own has those.
    /// </summary>
    internal string ConnectionStringWithoutWaiting => string.IsNullOrEmpty(_builder.Options)
        ? new NpgsqlConnectionStringBuilder(_builder.ConnectionString) { Options = "-c synchronous_commit=off" }.ConnectionString
        : ConnectionString;

    /// <summary>The user, in words.</summary>
    internal string User => string.IsNullOrEmpty(_builder.Username) ? "this user" : $"'{_builder.Username}'";

    /// <summary>The database.</summary>
    internal string Database => _builder.Database!;

    /// <summary>Where it is, without a password.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"PostgreSQL at {_builder.Host}:{_builder.Port}, database {_builder.Database}");
}
