using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Nonlinear.Cli;

/// <summary>What is told of exceptions: those of this program are sentences, those of the framework are made into some.</summary>
internal static partial class Failures
{
    // ENOSPC and EDQUOT, and what Windows says of a full disk.
    private const int FullOnUnix = 28, QuotaOnUnix = 122, FullOnWindows = unchecked((int)0x80070070);

    /// <summary>The exception behind those that only wrap others: the first, if several threads failed.</summary>
    public static Exception Cause(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => Cause(first),
        System.Reflection.TargetInvocationException { InnerException: { } inner } => Cause(inner),
        TypeInitializationException { InnerException: { } inner } => Cause(inner),
        _ => exception,
    };

    /// <summary>A sentence about an exception.</summary>
    public static string Sentence(Exception cause)
    {
        string message = DraftEnding().Replace(cause.Message, "");
        string name = Quoted().Match(message).Value is { Length: > 0 } quoted ? quoted : "Standard output";
        return cause switch
        {
            IOException when cause.HResult is FullOnUnix or QuotaOnUnix or FullOnWindows || OfFullDisk().IsMatch(message) =>
                $"{name} cannot be written: there is no room left on its disk. Make room, or name another place.",
            UnauthorizedAccessException when message.StartsWith("Access to the path", StringComparison.Ordinal) =>
                $"{name} cannot be used: permission denied.",
            OutOfMemoryException => "There is not enough memory for that; give it less at a time, or a machine with more.",
            DllNotFoundException =>
                $"That needs native code, {name}, which this tool's package does not have for {RuntimeInformation.RuntimeIdentifier}. "
                + "What draws files, trains or runs models works on Linux and Windows, x64 and Arm64, and on macOS, Arm64.",
            // They say nothing to anybody but whoever wrote this program.
            NullReferenceException or IndexOutOfRangeException or KeyNotFoundException or InvalidCastException
                or DivideByZeroException or OverflowException or NotImplementedException =>
                Fault(cause),
            ArgumentOutOfRangeException when OfFramework().IsMatch(message) => Fault(cause),
            _ => message,
        };
    }

    private static string Fault(Exception cause) =>
        $"That is a fault of this program ({cause.GetType().Name} in {Place(cause)}: {cause.Message}). Please report it, "
        + "with the command and what it was given.";

    private static string Place(Exception cause) => cause.TargetSite is { } method ? $"{method.DeclaringType?.Name}.{method.Name}" : "?";

    [GeneratedRegex("^(Index was|Specified argument was)")]
    private static partial Regex OfFramework();

    // What the framework says when it asks for the room of a whole file at once.
    [GeneratedRegex("^Failed to create '.*because the disk was full")]
    private static partial Regex OfFullDisk();

    // Of the name under which an output is written before it appears.
    [GeneratedRegex(@"\.[0-9a-f]{32}\.draft(/pages)?")]
    private static partial Regex DraftEnding();

    [GeneratedRegex("'[^']+'")]
    private static partial Regex Quoted();
}
