using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Tenancy;
using TradeSense.Tests.Fixture;
using TradeSense.Web.Security;

namespace TradeSense.Tests.Web;

/// <summary>
/// Another site makes a signed-in browser post, with everything but the right token. Each route that may change something is tried, as the application
/// lists them; the same requests with the right token come through, so it is the token that was missed.
/// </summary>
public sealed class ForgedPostTests(Site site)
{
    /// <summary>Routes that ask for no token, because they believe no cookie: a signature or a key is sent along, or nothing is changed.</summary>
    private static readonly string[] Exempt =
    [
        "DELETE api/v2/accounts/{id:guid}/orders",
        "DELETE api/v2/accounts/{id:guid}/orders/{number:int}",
        "POST api/v2/accounts/{id:guid}/orders",
        "POST api/v2/accounts/{id:guid}/positions/close-all",
        "POST api/v2/accounts/{id:guid}/positions/{number:int}/close",
        "POST api/v2/accounts/{id:guid}/positions/{number:int}/reverse",
        "POST csp-reports",
        "POST webhooks/{gateway}",
        "PUT api/v2/accounts/{id:guid}/orders/{number:int}",
        "PUT api/v2/accounts/{id:guid}/positions/{number:int}",
        "PUT api/v2/accounts/{id:guid}/positions/{number:int}/breakeven",
        "PUT api/v2/accounts/{id:guid}/positions/{number:int}/time-stop",
        "PUT api/v2/accounts/{id:guid}/positions/{number:int}/trailing-stop",
    ];

    public enum Forgery { NoToken, TokenOfAnotherPerson, TokenOfAnotherBrand, PostedFromAnotherSite }

    [Theory]
    [InlineData(Forgery.NoToken)]
    [InlineData(Forgery.TokenOfAnotherPerson)]
    [InlineData(Forgery.TokenOfAnotherBrand)]
    [InlineData(Forgery.PostedFromAnotherSite)]
    public async Task Nothing_is_changed_by_a_forged_post(Forgery forgery)
    {
        await using var everybody = await Everybody.Meet(site);
        var before = await everybody.Rows();
        var wrong = new List<string>();

        foreach (var (route, person) in await everybody.Visits())
        {
            var status = await Send(route, person, await everybody.Forged(forgery, person), forgery is Forgery.PostedFromAnotherSite ? "cross-site" : "same-origin");
            if (status is not (HttpStatusCode.BadRequest or HttpStatusCode.Forbidden)) wrong.Add($"{route} as {person.UserName}: {(int)status}");
        }

        Assert.Empty(wrong);
        Assert.Equal(before, await everybody.Rows());
    }

    /// <summary>The other side of the proof: what refused the requests above was the token and nothing else.</summary>
    [Fact]
    public async Task The_same_posts_with_the_right_token_are_heard()
    {
        await using var everybody = await Everybody.Meet(site);
        var wrong = new List<string>();

        // Whoever signs out hears no more.
        foreach (var (route, person) in (await everybody.Visits()).OrderBy(visit => visit.Route.Template is "account/sign-out"))
        {
            var status = await Send(route, person, await everybody.Own(person), "same-origin");
            if (status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or >= HttpStatusCode.InternalServerError) wrong.Add($"{route} as {person.UserName}: {(int)status}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task These_routes_and_no_others_ask_for_no_token() =>
        Assert.Equal(Exempt, (await UnsafeRoute.All(site)).Where(route => route.IsExempt).Select(route => route.ToString()));

    [Fact]
    public async Task A_route_that_asks_for_no_token_believes_no_cookie()
    {
        await using var everybody = await Everybody.Meet(site);
        var before = await everybody.Rows();

        foreach (var route in (await UnsafeRoute.All(site)).Where(route => route.IsExempt && route.Folder is not "csp-reports"))
        {
            var status = await Send(route, everybody.Trader, await everybody.Own(everybody.Trader), "cross-site");
            Assert.True(status == (route.Folder is "webhooks" ? HttpStatusCode.NotFound : HttpStatusCode.Unauthorized), $"{route}: {(int)status}");
        }

        Assert.Equal(before, await everybody.Rows());
    }

    private async Task<HttpStatusCode> Send(UnsafeRoute route, Person person, (string? Cookie, string? Field) tokens, string from)
    {
        using var http = new HttpClient(site.Server.CreateHandler());
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), $"https://{person.Firm.Host}{route.Address}");
        // The colour scheme and an incident's promises are the forms that answer 400 to what they do not know.
        request.Content = new FormUrlEncodedContent([new("to", "dark"), new("Form[Outage]", "None"), .. tokens.Field is { } field ? [new KeyValuePair<string, string>("__RequestVerificationToken", field)] : Array.Empty<KeyValuePair<string, string>>()]);
        request.Headers.Add("Sec-Fetch-Site", from);
        request.Headers.Add("Cookie", string.Join("; ", person.Cookies.Concat(tokens.Cookie is { } cookie ? [$"{Cookies.Antiforgery}={cookie}"] : [])));
        return (await http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode;
    }

    /// <summary>Somebody with a browser. A visitor has no id and no session.</summary>
    private sealed record Person(TestFirm Firm, string UserName, Guid? Id, string[] Cookies)
    {
        public static Person Of(TestPerson person) => new(person.Firm, person.UserName, person.Id, [$"{TestPerson.SessionCookie}={person.Session}"]);
    }

    /// <summary>One of each kind at a brand and at the platform's console; another trader, and another brand.</summary>
    private sealed class Everybody(TestFirm brand, TestFirm platform, TestFirm otherBrand) : IAsyncDisposable
    {
        public required Person Trader { get; init; }
        public required Person OtherTrader { get; init; }
        public required Person Owner { get; init; }
        public required Person PlatformStaff { get; init; }
        private Person Visitor => new(brand, "visitor", null, []);

        public static async Task<Everybody> Meet(Site site)
        {
            var (brand, platform, other) = (await TestFirm.Create(site), await TestFirm.CreatePlatform(site), await TestFirm.Create(site));
            return new Everybody(brand, platform, other)
            {
                Trader = Person.Of(await brand.Trader()), OtherTrader = Person.Of(await brand.Trader()),
                Owner = Person.Of(await brand.Staff(Role.Owner)), PlatformStaff = Person.Of(await platform.Staff(Role.PlatformStaff)),
            };
        }

        /// <summary>Every route by whom it is for; what visitors may post is posted signed in too.</summary>
        public async Task<IReadOnlyList<(UnsafeRoute Route, Person Person)>> Visits() =>
        [
            .. (await UnsafeRoute.All(brand.Site)).Where(route => !route.IsExempt).SelectMany(route => route.Folder switch
            {
                "firm" => [(route, Owner)],
                "platform" => [(route, PlatformStaff)],
                _ when route.IsForVisitors => new[] { (route, Trader), (route, Visitor) },
                _ => [(route, Trader)],
            }),
        ];

        public async Task<(string? Cookie, string? Field)> Forged(Forgery forgery, Person person) => forgery switch
        {
            Forgery.NoToken => ((await Own(person)).Cookie, null),
            Forgery.TokenOfAnotherPerson => await Tokens(person.Firm, OtherTrader.Id),
            Forgery.TokenOfAnotherBrand => await Tokens(otherBrand, person.Id),
            _ => await Own(person),
        };

        public Task<(string? Cookie, string? Field)> Own(Person person) => Tokens(person.Firm, person.Id);

        /// <summary>Cookie and field as the application gives them out to this person on a page of this firm.</summary>
        private static async Task<(string?, string?)> Tokens(TestFirm firm, Guid? user)
        {
            await using var scope = firm.Site.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(firm.Tenant);
            var who = user is { } id ? new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString())], "tests") : new ClaimsIdentity();
            var set = scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetTokens(new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = new ClaimsPrincipal(who) });
            return (set.CookieToken, set.RequestToken);
        }

        /// <summary>After what the outbox still had to do, which nobody forged.</summary>
        public async Task<IReadOnlyList<string>> Rows()
        {
            foreach (var firm in new[] { brand, platform }) await firm.DrainOutbox();
            return [.. await TenantRows.Of(brand), .. await TenantRows.Of(platform)];
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var firm in new[] { brand, platform, otherBrand }) await firm.DisposeAsync();
        }
    }
}
