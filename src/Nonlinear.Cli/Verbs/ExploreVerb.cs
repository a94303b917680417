using System.CommandLine;
using System.Net;
using Nonlinear.Cli.Page;
using Nonlinear.Lab;
using Nonlinear.Lab.Guide;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear explore: the explorer's page, served on this machine or written to a folder.</summary>
internal static class ExploreVerb
{
    private const int UsualPort = 8731;

    // That is how serving ends.
    private const string WhenInterrupted = "Interrupted; the page is served no more.";

    public static Command Create()
    {
        Option<int> port = new("--port", "-p")
        {
            Description = "The port; if it is taken, the next free one. 0 takes any.",
            DefaultValueFactory = _ => UsualPort,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && (!int.TryParse(given.Value, out int number) || number is < 0 or > IPEndPoint.MaxPort))
                result.AddError($"'{given.Value}' is no port; give a number from 0 to {IPEndPoint.MaxPort}.");
        });
        Option<IPAddress> host = new("--host")
        {
            Description =
                "The address to listen on; others than this machine can see the page only if it is told so, as with --host 0.0.0.0.",
            HelpName = "address",
            DefaultValueFactory = _ => IPAddress.Loopback,
            CustomParser = result =>
            {
                if (IPAddress.TryParse(result.Tokens[0].Value, out IPAddress? address))
                    return address;
                result.AddError($"'{result.Tokens[0].Value}' is no address; write it as in 127.0.0.1 or 0.0.0.0.");
                return null;
            },
        };
        Option<string?> output = new("--output", "-o")
        {
            Description = "Write the page and the guide to a folder, for any host of files, instead of serving them.",
            HelpName = "folder",
        };
        Command command = new("explore", "Explore the functions in the browser: the library runs in the page.") { port, host, output };
        command.SetAction((parsed, cancellation) =>
        {
            string? folder = parsed.GetValue(output);
            if (folder is not null)
                StaticSite.Check(folder);
            string page = ExplorerPage.Find(Console.Error.WriteLine);
            return folder is not null
                ? Task.Run(() => Write(page, folder, cancellation), cancellation)
                : ServeAsync(page, parsed.GetRequiredValue(host), parsed.GetRequiredValue(port), cancellation);
        });
        return command;
    }

    private static void Write(string page, string folder, CancellationToken cancellation)
    {
        Terminal.WithProgress("Measuring and writing", progress => StaticSite.Write(page, folder, new GuideShare(progress), cancellation));
        Console.WriteLine($"The explorer is in {folder}; put it on any host of files.");
    }

    private static async Task ServeAsync(string page, IPAddress host, int port, CancellationToken cancellation)
    {
        Interruption.Word = WhenInterrupted;
        // In a place of its own beside others of this kind, of which those of killed servers are removed.
        using ScratchFolder temporary = new("nonlinear-explorer");
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task guide = Task.CompletedTask;
        try
        {
            await using PageServer server = await PageServer.StartAsync(page, temporary.Path, host, port, cancellation);
            if (port != 0 && server.Port != port)
                await Console.Error.WriteLineAsync($"Port {port} is taken; port {server.Port} is used.");
            await Console.Out.WriteLineAsync($"The explorer is at {new UriBuilder("http", host.ToString(), server.Port)}  Ctrl+C ends it.");
            // The page works while what it says about the functions is still being measured.
            guide = Task.Run(
                () => GuideWriter.Write(
                    Path.Combine(temporary.Path, "guide"), explorer: StaticSite.PageFromGuide, cancellation: stop.Token),
                stop.Token);
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(WhenInterrupted);
        }
        finally
        {
            await stop.CancelAsync();
            await guide.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
