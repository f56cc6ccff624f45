using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Web.Api;

namespace TradeSense.Tests.Web;

/// <summary>The headers of what the whole application answers: each route as each kind of person, and each kind of answer a browser or a program gets.</summary>
public sealed partial class SecurityOfAnswersTests(Site site)
{
    private const string Permissions =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), " +
        "microphone=(), midi=(), payment=(self), picture-in-picture=(), publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), usb=(), xr-spatial-tracking=()";

    /// <summary>Pages that widen one header, and what of it. A further one is a decision.</summary>
    private static readonly string[] Widened =
    [
        "account/mailbox: Content-Security-Policy: frame-src 'self'",
        "checkout/{id:guid}: Referrer-Policy: no-referrer",
        "checkout: Referrer-Policy: no-referrer",
        "firm/theme: Content-Security-Policy: frame-src 'self'",
        "sandbox/pay/{token}/confirm: Referrer-Policy: no-referrer",
        "sandbox/pay/{token}: Referrer-Policy: no-referrer",
        "trader/kyc: Permissions-Policy: camera=(self)",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_answers_with_the_headers_whoever_asks()
    {
        await using var firm = await TestFirm.Create(site);
        await using var platform = await TestFirm.CreatePlatform(site);
        var people = new (TestFirm Firm, TestPerson? Person)[]
        {
            (firm, null), (firm, await firm.Trader()), (firm, await firm.Staff(Role.Owner)), (platform, await platform.Staff(Role.PlatformStaff)),
        };
        var faults = new List<string>();
        var widened = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (at, person) in people)
            foreach (var route in Routes())
            {
                using var answer = await Ask(at, person, route == "checkout" ? "/checkout?model=stellar-2-step&size=10000" : "/" + Filled(route));
                foreach (var (name, given, expected) in Differences(answer, person is not null && !KnowsNobody(route)))
                    if (Widening(name, given) is { } more) widened.Add($"{route}: {name}: {more}");
                    else faults.Add($"{route} as {person?.UserName ?? "visitor"} ({(int)answer.StatusCode}): {name} is “{given}”, not “{expected}”");
            }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(Widened.SequenceEqual(widened), string.Join('\n', widened));
    }

    /// <summary>Where a browser's session means nothing: programs show a key, and whether the process is well concerns nobody in particular.</summary>
    private static bool KnowsNobody(string route) => route.Split('/')[0] is "api" or "health";

    [Fact]
    public async Task A_fragment_has_the_headers_of_a_page_and_its_own_nonce()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();

        using var answer = await Ask(firm, trader, "/trader/alerts/new", request => request.Headers.Add("HX-Request", "true"));

        Sound(answer, isSignedIn: true);
        var body = await answer.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotContain("<html", body, StringComparison.Ordinal);
        var nonce = Nonce().Match(Header(answer, "Content-Security-Policy")).Groups[1].Value;
        var dynamic = new HtmlParser().ParseDocument(body).QuerySelectorAll("[hx-nonce]");
        Assert.NotEmpty(dynamic);
        Assert.All(dynamic, element => Assert.Equal(nonce, element.GetAttribute("hx-nonce")));
    }

    [Fact]
    public async Task A_fragment_that_needs_a_sign_in_is_told_where_and_nothing_else()
    {
        await using var firm = await TestFirm.Create(site);

        using var answer = await Ask(firm, null, "/trader", request => request.Headers.Add("HX-Request", "true"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.StartsWith("/account/sign-in", Header(answer, "HX-Redirect"), StringComparison.Ordinal);
        Sound(answer, isSignedIn: false);
    }

    [Fact]
    public async Task Streams_have_the_headers_too()
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, api) = (await firm.Staff(Role.Owner), await ApiTrader.Open(firm));

        using var overview = await Ask(firm, owner, "/firm?handler=Live");
        using var account = await Ask(firm, api.Person, $"/trader/accounts/{api.Account}?handler=Live");
        using var program = await api.Http.GetAsync(api.Path("/events"), HttpCompletionOption.ResponseHeadersRead, Ct);

        foreach (var answer in new[] { overview, account, program })
        {
            Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Sound(answer, isSignedIn: true);
        }
    }

    [Fact]
    public async Task A_program_is_answered_with_the_headers_whether_it_may_or_not()
    {
        await using var firm = await TestFirm.Create(site);
        var api = await ApiTrader.Open(firm);
        using var stranger = ApiTrader.At(firm, null);
        using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        using var list = await api.Http.GetAsync("/api/v2/accounts", Ct);
        using var refused = await api.Http.PostAsync(api.Path("/orders"), content, Ct);
        using var unknown = await stranger.GetAsync("/api/v2/accounts", Ct);
        using var document = await stranger.GetAsync("/api/v2/openapi.json", Ct);

        Assert.Equal([200, 401, 200], new[] { list, unknown, document }.Select(answer => (int)answer.StatusCode));
        Assert.InRange((int)refused.StatusCode, 400, 499);
        Sound(list, isSignedIn: true);
        Sound(refused, isSignedIn: true);
        Sound(unknown, isSignedIn: false);
        Sound(document, isSignedIn: false);
    }

    [Fact]
    public async Task A_file_is_an_attachment_that_nobody_keeps()
    {
        await using var firm = await TestFirm.Create(site);
        var api = await ApiTrader.Open(firm);

        using var file = await Ask(firm, api.Person, $"/trader/accounts/{api.Account}?handler=Csv");

        Assert.Equal((HttpStatusCode.OK, "attachment"), (file.StatusCode, file.Content.Headers.ContentDisposition!.DispositionType));
        Sound(file, isSignedIn: true);
    }

    [Fact]
    public async Task Signing_in_gives_a_cookie_for_this_host_alone_and_signing_out_clears_what_the_browser_kept()
    {
        await using var firm = await TestFirm.Create(site);
        await firm.Trader("anna");
        var visitor = firm.Client();

        using var signedIn = await Post(visitor, "/account/sign-in", new() { ["Form.Name"] = "anna", ["Form.Password"] = TestFirm.Password });
        var given = Session(signedIn);
        visitor.Cookies.SetCookies(visitor.Home, given.Split(';')[0] + "; path=/; secure");
        using var signedOut = await Post(visitor, "/account/sign-out", []);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (signedIn.StatusCode, signedOut.StatusCode));
        Sound(signedIn, isSignedIn: false);
        Sound(signedOut, isSignedIn: true);
        Assert.Equal(["httponly", "path=/", "samesite=lax", "secure"], given.Split("; ")[1..].Order(StringComparer.Ordinal));
        Assert.False(signedIn.Headers.Contains("Clear-Site-Data"));
        Assert.Equal("\"cache\", \"storage\"", Header(signedOut, "Clear-Site-Data"));
        Assert.StartsWith($"{TestPerson.SessionCookie}=; expires=Thu, 01 Jan 1970", Session(signedOut), StringComparison.Ordinal);
        Assert.Equal("/account/sign-in", (await visitor.Get("/trader")).Path);
    }

    private static string Session(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(TestPerson.SessionCookie, StringComparison.Ordinal));

    /// <summary>Fills in the form of a page as a browser does, and hands back the very answer.</summary>
    private async Task<HttpResponseMessage> Post(HtmlClient client, string path, Dictionary<string, string> fields)
    {
        var token = (await client.Get(path)).Ok().All("main input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
        var cookies = client.Cookies.GetCookieHeader(client.Home);
        using var http = new HttpClient(site.Server.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(client.Home, path)) { Content = new FormUrlEncodedContent(fields.Append(new("__RequestVerificationToken", token))) };
        request.Headers.Add("Cookie", cookies);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await http.SendAsync(request, Ct);
    }

    private async Task<HttpResponseMessage> Ask(TestFirm firm, TestPerson? person, string path, Action<HttpRequestMessage>? prepare = null)
    {
        using var http = new HttpClient(site.Server.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{firm.Host}{path}");
        if (person is not null) request.Headers.Add("Cookie", $"{TestPerson.SessionCookie}={person.Session}");
        prepare?.Invoke(request);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    private static void Sound(HttpResponseMessage answer, bool isSignedIn) => Assert.Empty(Differences(answer, isSignedIn));

    private static IEnumerable<(string Name, string Given, string Expected)> Differences(HttpResponseMessage answer, bool isSignedIn)
    {
        var expected = new List<(string Name, string Value)>
        {
            ("Content-Security-Policy", "default-src 'none'; script-src 'nonce-N'; style-src 'self' 'nonce-N'; style-src-attr 'none'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
                "manifest-src 'self'; form-action 'self'; frame-src 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; report-to csp"),
            ("Reporting-Endpoints", "csp=\"/csp-reports\""), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"), ("Permissions-Policy", Permissions), ("Server", ""), ("X-Powered-By", ""),
            // The platform's hosts are its own, a brand's may be one of a larger domain.
            ("Strict-Transport-Security", "max-age=63072000"),
        };
        if (isSignedIn) expected.AddRange([("Cache-Control", "no-store"), ("Vary", "Cookie, HX-Request")]);
        foreach (var (name, value) in expected)
        {
            var given = Nonces().Replace(Header(answer, name), "'nonce-N'");
            if (name == "Vary" ? given.EndsWith(value, StringComparison.Ordinal) : given == value) continue;
            if (!(name == "Strict-Transport-Security" && given == value + "; includeSubDomains")) yield return (name, given, value);
        }

        if (!isSignedIn && Header(answer, "Cache-Control").Length == 0) yield return ("Cache-Control", "", "something");
    }

    private static string? Widening(string name, string given) => name switch
    {
        "Referrer-Policy" when given == "no-referrer" => given,
        "Content-Security-Policy" when given.Contains("frame-src 'self'", StringComparison.Ordinal) => "frame-src 'self'",
        "Permissions-Policy" when given == Permissions.Replace("camera=()", "camera=(self)", StringComparison.Ordinal) => "camera=(self)",
        _ => null,
    };

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";

    /// <summary>Everything that can be asked for; files of the product carry no person's data and have a test of their own.</summary>
    private IEnumerable<string> Routes() => site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
        .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null || endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") is not false)
        .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').ToLowerInvariant()).Distinct().Concat(["health/live", "health/ready", "no-such-page"]);

    private static string Filled(string route) => Key().Replace(route, match => match.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.CreateVersion7().ToString() : "1");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Key();

    [GeneratedRegex("'nonce-[A-Za-z0-9_-]+'")]
    private static partial Regex Nonces();

    [GeneratedRegex("script-src 'nonce-([A-Za-z0-9_-]+)'")]
    private static partial Regex Nonce();
}
