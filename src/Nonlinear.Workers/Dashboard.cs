using System.Net;
using System.Net.Sockets;
using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Nonlinear.Workers;

/// <summary>Where the dashboard is shown.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Port">The port; 0 for any.</param>
/// <param name="Allows">Whether it may be asked for by a name.</param>
public sealed record DashboardSettings(IPAddress Address, int Port, Func<HostString, bool> Allows);

/// <summary>Hangfire's dashboard, to look at: what waits, what is being done, by whom. Nothing can be changed by it.</summary>
internal sealed class Dashboard : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Dashboard(WebApplication application) => _application = application;

    /// <summary>The page's address.</summary>
    public string Address => _application.Urls.First();

    /// <summary>Shows the dashboard of a store.</summary>
    /// <exception cref="IOException">Nothing can be shown there.</exception>
    public static async Task<Dashboard> StartAsync(
        PostgreSqlStorage storage, DashboardSettings settings, CancellationToken cancellation)
    {
        // Empty: no settings from files or the environment that could open another door.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(settings.Address, settings.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddLogging();
        builder.Services.AddHangfire(configuration => configuration.UseStorage(storage));
        WebApplication application = builder.Build();
        application.Use((context, next) => OnlyToLookAsync(settings, context, next));
        application.UseHangfireDashboard(
            "",
            new DashboardOptions
            {
                Authorization = [],
                IsReadOnlyFunc = _ => true,
                IgnoreAntiforgeryToken = true,
                DisplayStorageConnectionString = false,
                DashboardTitle = "Nonlinear",
                AppPath = null,
            },
            storage);
        try
        {
            await application.StartAsync(cancellation);
            return new(application);
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            await application.DisposeAsync();
            throw new IOException(
                $"Nothing can be shown at {settings.Address}, port {settings.Port}: {refused.Message}", refused);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    // Its page asks for the numbers that change by POST, and for nothing else.
    private static async Task OnlyToLookAsync(DashboardSettings settings, HttpContext context, RequestDelegate next)
    {
        bool asks = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            || (HttpMethods.IsPost(context.Request.Method) && context.Request.Path == "/stats");
        if (!settings.Allows(context.Request.Host))
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        else if (!asks)
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        else
            await next(context);
    }
}
