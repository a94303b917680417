using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Nonlinear.Cli.Page;
using Nonlinear.Workers;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear worker: carries out what others have handed out.</summary>
internal static class WorkerVerb
{
    private const string WhenInterrupted = "Interrupted. What this worker had in hand goes to others.";

    public static Command Create()
    {
        Option<string?> store = Sharing.Store("Where runs are taken from.");
        store.Required = true;
        Option<int> threads = Inputs.Threads();
        Option<TimeSpan?> lease = Inputs.Time(
            "--lease", "After how long the runs of a worker that gives no sign go to another. [default: 30s]");
        Option<TimeSpan?> idle = Inputs.Time("--idle", "Ends when there was nothing to do for that long; else it never ends by itself.");
        Option<IPEndPoint?> dashboard = new("--dashboard")
        {
            Description = "Shows what is being done as a page: a port of this machine, or an address and a port, as in 0.0.0.0:8080.",
            HelpName = "port",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
                    return new(IPAddress.Loopback, port);
                if (text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out IPEndPoint? end))
                    return end;
                result.AddError($"'{text}' is no place for a page; give a port, or an address and a port as in 0.0.0.0:8080.");
                return null;
            },
        };
        Command command = new("worker", "Carry out runs that choose, study or verify hand out with --store, on any number of machines.")
        {
            store, threads, lease, idle, dashboard,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => WorkAsync(
                parsed.GetRequiredValue(store)!,
                parsed.GetRequiredValue(threads),
                parsed.GetValue(lease),
                parsed.GetValue(idle),
                parsed.GetValue(dashboard),
                cancellation),
            cancellation));
        return command;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task WorkAsync(
        string store, int threads, TimeSpan? lease, TimeSpan? idle, IPEndPoint? dashboard, CancellationToken cancellation)
    {
        Interruption.Word = WhenInterrupted;
        try
        {
            await Sharing.WorkAsync(
                store,
                usual => usual with
                {
                    Lease = lease ?? usual.Lease,
                    Idle = idle,
                    Dashboard = dashboard is null
                        ? null
                        : new(dashboard.Address, dashboard.Port, new AllowedHosts(dashboard.Address).Allow),
                },
                threads,
                cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(WhenInterrupted);
        }
    }
}
