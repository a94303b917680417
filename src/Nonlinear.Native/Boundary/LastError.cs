namespace Nonlinear.Native.Boundary;

/// <summary>What went wrong in the last call on this thread that failed.</summary>
internal static class LastError
{
    [ThreadStatic]
    private static string? _message;

    /// <summary>The message; empty if nothing went wrong so far.</summary>
    public static string Message => _message ?? "";

    /// <summary>Keeps the message of a failure, and says how it is returned.</summary>
    public static Status Keep(Exception failure)
    {
        // "(Parameter 'x')" behind a message is .NET's own habit.
        string message = failure.Message;
        int note = failure is ArgumentException ? message.IndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        _message = note < 0 ? message : message[..note];
        return failure switch
        {
            FormatException => Status.UnknownName,
            NotSupportedException => Status.NotSupported,
            ArgumentException or InvalidOperationException or OverflowException => Status.InvalidArgument,
            OutOfMemoryException => Status.OutOfMemory,
            _ => Status.InternalError,
        };
    }
}
