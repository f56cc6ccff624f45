using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Web.Live;
using TradeSense.Web.Security;

namespace TradeSense.Tests.Web;

public sealed class LiveStreamTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_changes_between_two_messages_are_one_message_with_the_newest_state()
    {
        var raise = default(Action);
        var state = 0;
        await using var site = await Site(onChange => raise = onChange, () => state);
        using var reader = await Open(site);

        var first = await Message(reader);
        for (var i = 1; i <= 100; i++)
        {
            state = i;
            raise!();
        }
        var second = await Message(reader);

        Assert.Contains("note 0", first, StringComparison.Ordinal);
        Assert.Contains("note 100", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_morphs_the_partial_in_place_and_the_first_event_tells_the_nonce()
    {
        await using var site = await Site(_ => { }, () => 7);
        using var reader = await Open(site);

        Assert.Equal("event: nonce", await reader.ReadLineAsync(Ct));
        await reader.ReadLineAsync(Ct);
        var message = await Message(reader);

        Assert.StartsWith("data: <hx-partial hx-target=\"#note\" hx-swap=\"outerMorph\">", message, StringComparison.Ordinal);
        Assert.All(message.Split('\n'), line => Assert.StartsWith("data: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revoked_session_is_told_and_its_stream_ends()
    {
        var signedIn = true;
        await using var site = await Site(_ => { }, () => 1, options =>
        {
            options.SessionCheck = TimeSpan.FromMilliseconds(50);
            options.StillSignedIn = (_, _) => Task.FromResult(signedIn);
        });
        using var reader = await Open(site);
        await Message(reader);

        signedIn = false;
        var rest = await reader.ReadToEndAsync(Ct);

        Assert.Contains("event: gone", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_stream_still_beats()
    {
        await using var site = await Site(_ => { }, () => 1, options => (options.SessionCheck, options.Heartbeat) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20)));
        using var reader = await Open(site);
        await Message(reader);

        Assert.Equal(": still here", await reader.ReadLineAsync(Ct));
    }

    [Fact]
    public async Task A_stream_holds_nothing_its_request_was_served_with()
    {
        await using var site = await Site(_ => { }, () => 1);
        using var reader = await Open(site);

        await Message(reader);

        var lent = site.Services.GetRequiredService<Lent>();
        Assert.True(lent.IsBack);
        Assert.Equal(CspNonce.Of(lent.To!), Assert.Single(lent.To!.Items).Value);
    }

    /// <summary>Stands for whatever a page's handler was given: told when its scope gives it back.</summary>
    private sealed class Lent
    {
        public bool IsBack { get; set; }

        public HttpContext? To { get; set; }
    }

    private sealed class Loan(Lent lent) : IDisposable
    {
        public void Dispose() => lent.IsBack = true;
    }

    private static Task<TestSite> Site(Action<Action> subscribed, Func<int> state, Action<LiveOptions>? options = null) => TestSite.Start(
        app => app.MapGet("/stream", (HttpContext context) =>
        {
            context.RequestServices.GetRequiredService<Loan>();
            context.RequestServices.GetRequiredService<Lent>().To = context;
            context.User = new ClaimsPrincipal(new ClaimsIdentity("test"));
            var stream = new LiveStream(raise =>
            {
                subscribed(raise);
                return new Nothing();
            }, (frame, _) => frame.Add("note", "/Pages/Shared/_Toast.cshtml", $"note {state()}"));
            return stream.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor()));
        }),
        services => services.AddSingleton<Lent>().AddScoped<Loan>().Configure<LiveOptions>(live =>
        {
            live.Interval = TimeSpan.FromMilliseconds(50);
            options?.Invoke(live);
        }));

    private static async Task<StreamReader> Open(TestSite site) => new(await site.Client().GetStreamAsync("/stream", Ct));

    /// <summary>The lines of the next unnamed message.</summary>
    private static async Task<string> Message(StreamReader reader)
    {
        while (true)
        {
            var lines = new List<string>();
            while (await reader.ReadLineAsync(Ct) is { Length: > 0 } line) lines.Add(line);
            if (lines.Count > 0 && lines[0].StartsWith("data: <", StringComparison.Ordinal)) return string.Join('\n', lines);
        }
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose() { }
    }
}
