using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace TradeSense.Web.Hosting;

/// <summary>Where this process listens, as it reaches itself: over the loopback, whatever names the outside uses.</summary>
internal sealed class OwnAddress(IServer server)
{
    public Uri Value()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith("http://", StringComparison.Ordinal));
        return address is null ? new Uri("http://localhost") : new UriBuilder("http", "127.0.0.1", BindingAddress.Parse(address).Port).Uri;
    }
}
