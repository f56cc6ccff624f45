using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace TradeSense.Web.Hosting;

/// <summary>
/// The proxies whose word is taken for a visitor's address and scheme: <c>TRADESENSE_PROXIES</c>, addresses or networks separated by commas.
/// The host name is never taken from a forwarded header: the proxy passes <c>Host</c> on unchanged.
/// </summary>
internal static class Proxies
{
    public const string Setting = "TRADESENSE_PROXIES";

    public static void UseProxies(this WebApplication app)
    {
        if (app.Configuration[Setting] is not { Length: > 0 } text) return;

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Read(text)) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <summary>10.0.0.5 is the network 10.0.0.5/32. A mistake stops the start: to guess here would let strangers choose their address.</summary>
    private static IEnumerable<System.Net.IPNetwork> Read(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part =>
            System.Net.IPNetwork.TryParse(part, out var network) ? network
            : IPAddress.TryParse(part, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new InvalidOperationException($"{Setting}: “{part}” is neither an address nor a network such as 10.0.0.0/8."));
}
