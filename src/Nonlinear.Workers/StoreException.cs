using Npgsql;

namespace Nonlinear.Workers;

/// <summary>A store cannot be used; the message says in a line why, and what to do.</summary>
public sealed class StoreException : IOException
{
    /// <summary>Says no more than that.</summary>
    public StoreException()
    {
    }

    /// <summary>Says why.</summary>
    public StoreException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and what told so.</summary>
    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether it may be possible again by itself: a server that restarts, a network that fails.</summary>
    public bool MayPass { get; private init; }

    /// <summary>What to tell of something that Npgsql says, or that Hangfire repeats.</summary>
    internal static StoreException Of(Exception wrong, StoreAddress store)
    {
        (string message, bool mayPass) = Cause(wrong) switch
        {
            PostgresException said => Said(said, store),
            NpgsqlException { InnerException: { } inner } => ($"Nothing answers at {store}: {FirstLine(inner.Message)}.", true),
            { } cause => ($"Nothing answers at {store}: {FirstLine(cause.Message)}.", true),
            null => ($"{store} cannot be used: {FirstLine(wrong.Message)}.", false),
        };
        return new(message, wrong) { MayPass = mayPass };
    }

    /// <summary>Whether something was said by Npgsql, or by the connection below it.</summary>
    internal static bool IsOfStore(Exception wrong) => Cause(wrong) is not null;

    private static Exception? Cause(Exception? wrong) => wrong switch
    {
        null or StoreException => null,
        NpgsqlException or TimeoutException or System.Net.Sockets.SocketException => wrong,
        _ => Cause(wrong.InnerException),
    };

    private static (string, bool) Said(PostgresException said, StoreAddress store) => said.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            ($"{store} refuses {store.User}: {FirstLine(said.MessageText)}. Correct the name in --store, or the password there, in "
                + "PGPASSWORD or PGPASSFILE.", false),
        PostgresErrorCodes.InvalidCatalogName => ($"{store}: there is no such database. Make it, as by createdb {store.Database}.", false),
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.IoError =>
            ($"{store} has no room left on its disk. What has finished is kept; make room and run the command again.", false),
        PostgresErrorCodes.InsufficientPrivilege =>
            ($"{store} does not let {store.User} do that: {FirstLine(said.MessageText)}. Whoever owns the database may.", false),
        PostgresErrorCodes.TooManyConnections => ($"{store} has no connection left; raise its max_connections.", true),
        PostgresErrorCodes.ReadOnlySqlTransaction => ($"{store} is read only just now.", true),
        _ => ($"{store} says: {FirstLine(said.MessageText)}.", said.IsTransient),
    };

    private static string FirstLine(string message) => message.Split('\n')[0].Trim().TrimEnd('.');
}
