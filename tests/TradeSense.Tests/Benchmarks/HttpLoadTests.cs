using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TradeSense.Benchmarks.Ground;

namespace TradeSense.Tests.Benchmarks;

public sealed class HttpLoadTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData("/whole")]
    [InlineData("/chunked")]
    public async Task Complete_pages_are_counted_and_checked_however_they_are_framed(string path)
    {
        await using var server = await Start();
        var load = new HttpLoad(Port(server));

        var reading = await load.Run([new("localhost", path, "", ["<h1>Account</h1>", "</html>"])], Short, TestContext.Current.CancellationToken);

        Assert.True(reading.Value > 0);
        Assert.Equal(Page.Length, load.PageSize);
    }

    [Theory]
    [InlineData("/whole", "Sign in")]
    [InlineData("/sign-in", "</html>")]
    [InlineData("/shrinking", "</html>")]
    [InlineData("/cut", "</html>")]
    public async Task A_page_that_is_another_one_a_redirect_shorter_or_cut_off_ends_the_run(string path, string mustHold)
    {
        await using var server = await Start();

        await Assert.ThrowsAnyAsync<Exception>(() => new HttpLoad(Port(server)).Run([new("localhost", path, "", [mustHold])], TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    private static readonly string Page = "<html><h1>Account</h1>" + new string('x', 100_000) + "</html>";

    private static async Task<WebApplication> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var (app, shown) = (builder.Build(), 0);
        app.Run(async context =>
        {
            var path = context.Request.Path.Value;
            var page = path == "/shrinking" && Interlocked.Increment(ref shown) > 200 ? "<html></html>" : Page;
            if (path == "/sign-in") context.Response.Redirect("/account/sign-in");
            if (path is "/whole" or "/shrinking" or "/cut") context.Response.ContentLength = page.Length;
            if (path == "/cut")
            {
                await context.Response.WriteAsync(page[..^7]);
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            }

            if (path == "/sign-in") return;
            foreach (var part in page.Chunk(7001)) await context.Response.WriteAsync(new string(part));
        });
        await app.StartAsync();
        return app;
    }

    private static int Port(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
}
