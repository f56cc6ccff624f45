using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Web;

/// <summary>A site whose limits are on and small, and whose visitors say where they come from.</summary>
public sealed class LimitedSite : IAsyncLifetime
{
    public Site Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await Site.Start(TimeProvider.System, builder =>
    {
        builder.UseSetting("Limits:Enabled", "true").UseSetting("Limits:Register:PerAddress", "3").UseSetting("Limits:Reset:PerAddress", "3").UseSetting("Limits:SignIn:PerAddress", "4")
            .UseSetting("Limits:Checkout:PerAccount", "2").UseSetting("Limits:Card:PerAccount", "3");
        builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, SaidAddress>());
    });

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();

    private sealed class SaidAddress : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = context.Request.Cookies["from"] is { } from ? IPAddress.Parse(from) : null;
                return rest(context);
            });
            next(app);
        };
    }
}

public sealed class RateLimitsTests(LimitedSite limited) : IClassFixture<LimitedSite>
{
    private static readonly object Somebody = new { Name = "nobody", Password = "wrong horse battery 1" };

    [Fact]
    public async Task Too_many_posts_from_one_address_are_told_when_to_try_again_and_another_address_goes_on()
    {
        await using var firm = await TestFirm.Create(limited.Site);
        var (client, other) = (From(firm, "203.0.113.7"), From(firm, "203.0.113.8"));

        for (var i = 0; i < 4; i++) (await SignIn(client)).Is(HttpStatusCode.UnprocessableEntity);
        var stopped = await SignIn(client);

        stopped.Is(HttpStatusCode.TooManyRequests);
        // Four an hour: one comes back each quarter of an hour.
        Assert.InRange(int.Parse(stopped.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 900);
        Assert.Contains("Too many tries", stopped.Text, StringComparison.Ordinal);
        Assert.Matches(@"Try again in \d+ minutes?, after \d\d:\d\d UTC", stopped.Text);
        (await client.Get("/account/sign-in")).Ok();
        (await SignIn(other)).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task All_addresses_of_one_network_of_the_sixth_version_count_as_one()
    {
        await using var firm = await TestFirm.Create(limited.Site);

        for (var i = 1; i <= 4; i++) (await SignIn(From(firm, $"2001:db8:0:7::{i}"))).Is(HttpStatusCode.UnprocessableEntity);

        (await SignIn(From(firm, "2001:db8:0:7::ffff"))).Is(HttpStatusCode.TooManyRequests);
        (await SignIn(From(firm, "2001:db8:0:8::1"))).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Registering_and_asking_for_a_new_password_are_limited_too_and_each_brand_counts_for_itself()
    {
        await using var firm = await TestFirm.Create(limited.Site);
        await using var neighbour = await TestFirm.Create(limited.Site);
        var client = From(firm, "203.0.113.9");

        for (var i = 0; i < 3; i++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await (await client.Get("/account/register")).Form("#register-form").Submit()).Status);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await Forgot(client)).Status);
        }

        (await (await client.Get("/account/register")).Form("#register-form").Submit()).Is(HttpStatusCode.TooManyRequests);
        (await Forgot(client)).Is(HttpStatusCode.TooManyRequests);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await Forgot(From(neighbour, "203.0.113.9"))).Status);
    }

    [Fact]
    public async Task Orders_are_limited_for_the_account_wherever_it_comes_from()
    {
        await using var firm = await TestFirm.Create(limited.Site);
        var (trader, another) = (await firm.Trader(), await firm.Trader());
        const string offer = "/checkout?model=stellar-2-step&size=100000";

        for (var i = 0; i < 2; i++) Assert.NotEqual(HttpStatusCode.TooManyRequests, (await (await trader.Browser.Get(offer)).Form("#checkout-form").Submit()).Status);

        (await (await trader.Browser.Get(offer)).Form("#checkout-form").Submit()).Is(HttpStatusCode.TooManyRequests);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await (await another.Browser.Get(offer)).Form("#checkout-form").Submit()).Status);
    }

    [Fact]
    public async Task Cards_are_limited_for_each_payment_page()
    {
        await using var firm = await TestFirm.Create(limited.Site);
        var trader = await firm.Trader();
        var page = await (await trader.Browser.Get("/checkout?model=stellar-2-step&size=100000")).Form("#checkout-form").Submit();
        var card = new { Number = "4000 0000 0000 0002", Expiry = "12/99", SecurityCode = "123" };

        for (var i = 0; i < 3; i++) (await page.Form("#card-form").Submit(card)).Is(HttpStatusCode.UnprocessableEntity);

        (await page.Form("#card-form").Submit(card)).Is(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_code_is_sent_five_times_an_hour_at_most()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var site = await Site.At(clock);
        await using var firm = await TestFirm.Create(site);
        var id = await firm.Run<RegisterTrader, TradeSense.Modules.Result<Guid>>(register => register.Run(new("late", "late@example.com", TestFirm.Password, "DE", AcceptTerms: true), default));
        for (var i = 1; i < 5; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(2));
            Assert.False((await Resend(firm, id.Value)).IsRefused);
        }

        clock.Advance(TimeSpan.FromMinutes(2));
        var refused = await Resend(firm, id.Value);
        clock.Advance(TimeSpan.FromMinutes(50));

        Assert.Equal(IdentityRefusal.CodeTooOften.Code, refused.Refusal!.Code);
        Assert.Equal("10:00", refused.Refusal.Arguments[1]);
        Assert.False((await Resend(firm, id.Value)).IsRefused);
    }

    private static Task<TradeSense.Modules.Result> Resend(TestFirm firm, Guid user) => firm.Run<ResendCode, TradeSense.Modules.Result>(resend => resend.Run(user, default));

    private static async Task<Page> SignIn(HtmlClient client) => await (await client.Get("/account/sign-in")).Form("#sign-in-form").Submit(Somebody);

    private static async Task<Page> Forgot(HtmlClient client) => await (await client.Get("/account/forgot")).Form("#forgot-form").Submit(new { Email = "nobody@example.com" });

    private static HtmlClient From(TestFirm firm, string address)
    {
        var client = firm.Client();
        client.Cookies.Add(client.Home, new Cookie("from", address) { Path = "/" });
        return client;
    }
}
