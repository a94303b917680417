using System.Runtime.InteropServices;
using Nonlinear.Lab;

namespace Nonlinear.Cli;

/// <summary>
/// Ends the tool when it is told to: by Ctrl+C, by whoever stops it, or because its terminal has gone. Work that can be stopped is given a
/// moment to say what it kept; then, or at once where nothing can be stopped, drafts are removed and the process ends.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // A shell adds the number of the signal to 128; those that Windows has are given the same numbers.
    private const int Base = 128;

    /// <summary>What is told unless the work knows more.</summary>
    public const string Usual = "Interrupted; nothing half-written is left.";

    private const string ShowCursor = "\e[?25h";

    // For work that can be stopped; with it the end comes within a second.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    // With whoever is just writing a file, which takes moments, or on a machine that does much else, longer; whoever asks twice is not
    // kept waiting.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), PatienceAsked = TimeSpan.FromMilliseconds(150);

    // Threads of the pool beside those that work on all processors: the framework hands some signals to the pool, and it starts further
    // threads only after a while.
    private const int Spare = 4;

    private static readonly (PosixSignal Signal, int Number)[] Signals =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Lock _telling = new();
    private int _code;
    private bool _told;

    /// <summary>Listens from now on.</summary>
    public Interruption()
    {
        ThreadPool.GetMinThreads(out int threads, out int ports);
        ThreadPool.SetMinThreads(threads + Spare, ports);
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal.Signal, context =>
        {
            context.Cancel = true;
            Begin(Base + signal.Number);
        }))];
    }

    /// <summary>Whether the work looks at <see cref="Token"/>; without, it is ended at once.</summary>
    public bool CanStop { get; set; }

    /// <summary>Stops the work.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Whether the tool was told to end.</summary>
    public bool HasBegun => _code != 0;

    /// <summary>What is told if the work does not stop by itself.</summary>
    public static string Word { get; set; } = Usual;

    /// <summary>Says why the tool ends and removes what the work has left.</summary>
    /// <returns>The exit status.</returns>
    public int End(string message)
    {
        // Beside the end that the signal has begun: whichever is first does it, and the other waits for good.
        if (HasBegun)
            Leftovers.Clear(Patience);
        Tell(message);
        return Code;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        lock (_telling)
        {
            _told = true;
            _stop.Dispose();
        }
    }

    // 128 and the number of the signal; that of Ctrl+C without one.
    private int Code => _code == 0 ? Base + 2 : _code;

    private void Begin(int code)
    {
        // The second time, nobody waits.
        bool again = Interlocked.CompareExchange(ref _code, code, 0) != 0;
        Thread end = new(() => EndLater(again)) { IsBackground = true };
        end.Start();
        if (!again)
            new Thread(Stop) { IsBackground = true }.Start();
    }

    // Beside the end, which must come even if whoever is told to stop does not return.
    private void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work has come to its end meanwhile.
        }
    }

    // Says why the tool ends, unless that was said.
    private void Tell(string message)
    {
        lock (_telling)
        {
            if (_told)
                return;
            // A progress bar hides it.
            if (!Console.IsErrorRedirected)
                Console.Error.Write(ShowCursor);
            Tool.Say(message);
            _told = true;
        }
    }

    private void EndLater(bool again)
    {
        Thread.Sleep(again || !CanStop ? TimeSpan.Zero : Grace);
        ProcessEnd.Now(again ? PatienceAsked : Patience, () => Tell(Word), Code);
    }
}
