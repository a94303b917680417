using System.Net;
using Microsoft.AspNetCore.Http;

namespace Nonlinear.Cli.Page;

/// <summary>
/// By which names the page may be asked for: this machine's own, and the address that was asked for. A name of somebody else's that is let
/// lead here would give his pages what is served here.
/// </summary>
/// <param name="address">The address that is listened on.</param>
internal sealed class AllowedHosts(IPAddress address)
{
    private readonly bool _everywhere = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>Whether a request may name a host, whatever the port.</summary>
    public bool Allow(HostString host)
    {
        string name = host.Host.TrimStart('[').TrimEnd(']').TrimEnd('.');
        // An address is nobody's name: no server of names can let it lead here.
        if (IPAddress.TryParse(name, out IPAddress? literal))
            return _everywhere || IPAddress.IsLoopback(literal) || literal.Equals(address);
        return Is("localhost") || (_everywhere && (Is(Environment.MachineName) || Is($"{Environment.MachineName}.local")));

        bool Is(string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
    }
}
