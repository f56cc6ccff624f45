using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using TradeSense.Web.Hosting;

namespace TradeSense.Tests.Web;

public sealed class ProxiesTests
{
    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5", "203.0.113.7 https shop.example")]
    [InlineData("10.0.0.0/8, 192.0.2.1", "10.200.0.1", "203.0.113.7 https shop.example")]
    [InlineData("10.0.0.5", "10.0.0.6", "10.0.0.6 http shop.example")]
    [InlineData(null, "10.0.0.5", "10.0.0.5 http shop.example")]
    public async Task Only_a_named_proxy_is_believed_and_never_about_the_host(string? setting, string caller, string seen)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration[Proxies.Setting] = setting;
        await using var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(caller);
            return next(context);
        });
        app.UseProxies();
        app.MapGet("/", (HttpContext context) => $"{context.Connection.RemoteIpAddress} {context.Request.Scheme} {context.Request.Host}");
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var request = new HttpRequestMessage(HttpMethod.Get, "http://shop.example/");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "other.example");
        using var answer = await app.GetTestClient().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(seen, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_network_that_cannot_be_read_stops_the_start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration[Proxies.Setting] = "10.0.0.0/8, proxy";
        Assert.Contains("“proxy”", Assert.Throws<InvalidOperationException>(() => builder.Build().UseProxies()).Message);
    }
}
