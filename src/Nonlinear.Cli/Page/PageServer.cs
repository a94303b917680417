using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Nonlinear.Cli.Page;

/// <summary>
/// Serves the files of two folders, for GET and HEAD only. A file that has a brotli twin is sent compressed to whoever takes that.
/// </summary>
internal sealed class PageServer : IAsyncDisposable
{
    private const string Twin = ".br", Encoded = "encoded";

    private const string WrongName = "The explorer is not served by this name; use the address that the tool has shown.\n";

    // Ports tried after the one that was asked for.
    private const int Attempts = 50;

    private static readonly FileExtensionContentTypeProvider Types = new() { Mappings = { [".dat"] = "application/octet-stream" } };

    private readonly PhysicalFileProvider _page, _more;
    private readonly AllowedHosts _hosts;
    private readonly WebApplication _application;

    private PageServer(string page, string more, IPAddress address, int port)
    {
        _page = new(page);
        _more = new(more);
        _hosts = new(address);
        _application = Build(address, port);
    }

    /// <summary>The port it listens on.</summary>
    public int Port => new Uri(_application.Urls.First()).Port;

    /// <summary>Starts a server.</summary>
    /// <param name="page">The page's folder.</param>
    /// <param name="more">A folder of more files, which may still be filling: the guide's parent.</param>
    /// <param name="address">Where to listen.</param>
    /// <param name="port">The port; if it is taken, the next free one. 0 leaves the choice to the system.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">No port is free, or the address is not this machine's.</exception>
    public static async Task<PageServer> StartAsync(string page, string more, IPAddress address, int port, CancellationToken cancellation)
    {
        for (int candidate = port; ; candidate++)
        {
            PageServer server = new(page, more, address, candidate);
            try
            {
                await server._application.StartAsync(cancellation);
                return server;
            }
            catch (IOException taken)
                when (taken.InnerException is AddressInUseException && candidate < Math.Min(port + Attempts, IPEndPoint.MaxPort))
            {
                await server.DisposeAsync();
            }
            catch (Exception refused)
            {
                await server.DisposeAsync();
                if (refused is not (IOException or SocketException))
                    throw;
                throw new IOException($"Nothing can be served at {address}, port {candidate}: {refused.Message}", refused);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _page.Dispose();
        _more.Dispose();
    }

    private WebApplication Build(IPAddress address, int port)
    {
        // Empty: no settings from files or the environment that could open another door.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = _page.Root });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        WebApplication application = builder.Build();
        application.Use(SayNotFoundAsync);
        application.Use(ProtectAsync);
        application.Use(OnlyReadAsync);
        application.Use(PreferTwinAsync);
        application.UseDefaultFiles(new DefaultFilesOptions { FileProvider = _page });
        application.UseDefaultFiles(new DefaultFilesOptions { FileProvider = _more });
        application.UseStaticFiles(Files(_page));
        application.UseStaticFiles(Files(_more));
        return application;
    }

    private static StaticFileOptions Files(IFileProvider provider) => new()
    {
        FileProvider = provider,
        ContentTypeProvider = Types,
        ServeUnknownFileTypes = true,
        OnPrepareResponse = prepared =>
        {
            IHeaderDictionary headers = prepared.Context.Response.Headers;
            // What is asked for again is checked again: the next version may be served on the same port.
            headers.CacheControl = "no-cache";
            if (prepared.Context.Items[Encoded] is string original)
            {
                headers.ContentEncoding = "br";
                headers.Vary = "Accept-Encoding";
                prepared.Context.Response.ContentType = Types.TryGetContentType(original, out string? type)
                    ? type
                    : "application/octet-stream";
            }
        },
    };

    // What cannot be opened, for whatever reason, is not there.
    private static async Task SayNotFoundAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
#pragma warning disable CA1031 // Any path may be asked for, and none is a fault of the server.
        catch (Exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        // HEAD tells the length that GET has, which the server adds by itself to GET alone.
        if (!context.Response.HasStarted && context.Response.StatusCode >= StatusCodes.Status400BadRequest)
            context.Response.ContentLength ??= 0;
    }

    // A page of somebody else's, in the same browser, must not read this one by a name that it lets lead here, nor show it in a frame.
    private async Task ProtectAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy =
            "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";
        if (_hosts.Allow(context.Request.Host))
        {
            await next(context);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = WrongName.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.WriteAsync(WrongName);
    }

    private static async Task OnlyReadAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD";
    }

    private Task PreferTwinAsync(HttpContext context, RequestDelegate next)
    {
        string path = context.Request.Path.Value is { } asked && !asked.EndsWith('/') ? asked : "/index.html";
        bool takesBrotli = context.Request.GetTypedHeaders().AcceptEncoding
            .Any(encoding => encoding.Value == "br" && encoding.Quality != 0);
        if (takesBrotli && _page.GetFileInfo(path + Twin).Exists)
        {
            context.Items[Encoded] = path;
            context.Request.Path = path + Twin;
        }
        return next(context);
    }
}
