using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TradeSense.Tests.Web;

public sealed partial class SecurityHeadersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/faq", 200)]
    [InlineData("/how-it-works", 200)]
    [InlineData("/legal/terms", 200)]
    [InlineData("/legal/privacy", 200)]
    [InlineData("/legal/risk", 200)]
    [InlineData("/no-such-page", 404)]
    [InlineData("/boom", 500)]
    [InlineData("/site.css", 200)]
    [InlineData("/theme.css", 200)]
    [InlineData("/js/page.js", 200)]
    public async Task Every_response_carries_the_headers(string path, int status)
    {
        await using var site = await Site();

        var response = await site.Client().GetAsync(path, Ct);

        Assert.Equal(status, (int)response.StatusCode);
        AssertHeaders(response);
    }

    [Fact]
    public async Task An_unknown_host_gets_the_headers_and_no_brand()
    {
        await using var site = await Site();

        var response = await site.Client("elsewhere.test").GetAsync("/", Ct);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        AssertHeaders(response);
        Assert.DoesNotContain("meridian", await response.Content.ReadAsStringAsync(Ct), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/faq")]
    [InlineData("/no-such-page")]
    [InlineData("/boom")]
    public async Task Scripts_and_htmx_elements_carry_the_nonce_of_their_response_and_nothing_is_styled_inline(string path)
    {
        await using var site = await Site();

        var response = await site.Client().GetAsync(path, Ct);

        var nonce = Nonce(response);
        var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(Ct));
        Assert.NotEmpty(page.Scripts);
        Assert.All(page.QuerySelectorAll("script, style"), element => Assert.Equal(nonce, element.GetAttribute("nonce")));
        Assert.All(page.All.Where(element => element.Attributes.Any(attribute => attribute.Name.StartsWith("hx-", StringComparison.Ordinal))),
            element => Assert.Equal(nonce, element.GetAttribute("hx-nonce")));
        Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name is "style" || attribute.Name.StartsWith("on", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_response_has_its_own_nonce_of_at_least_128_bits()
    {
        await using var site = await Site();

        var nonces = new HashSet<string>();
        for (var i = 0; i < 20; i++) nonces.Add(Nonce(await site.Client().GetAsync("/faq", Ct)));

        Assert.Equal(20, nonces.Count);
        Assert.All(nonces, nonce => Assert.True(nonce.Length * 6 >= 128));
    }

    [Fact]
    public async Task A_style_sheet_with_its_hash_is_kept_for_ever_and_one_with_another_is_not()
    {
        await using var site = await Site();
        var page = await site.Client().GetStringAsync("/faq", Ct);
        var address = ThemeAddress().Match(page).Value;

        Assert.Contains("immutable", (await site.Client().GetAsync(address, Ct)).Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("immutable", (await site.Client().GetAsync("/theme.css?v=old", Ct)).Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://lumen.test")]
    [InlineData("Origin", "null")]
    public async Task A_post_from_another_origin_is_refused(string header, string value)
    {
        await using var site = await Site();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/taken") { Headers = { { header, value } } };

        Assert.Equal(HttpStatusCode.Forbidden, (await site.Client().SendAsync(request, Ct)).StatusCode);
    }

    [Theory]
    [InlineData("https://meridian.test")]
    [InlineData("null")] // What a page without referrer sends, checkout for instance.
    public async Task A_post_from_the_own_origin_arrives(string origin)
    {
        await using var site = await Site();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/taken") { Headers = { { "Origin", origin }, { "Sec-Fetch-Site", "same-origin" } } };

        Assert.Equal(HttpStatusCode.OK, (await site.Client().SendAsync(request, Ct)).StatusCode);
    }

    [Fact]
    public async Task An_error_never_lands_in_a_fragment_as_a_whole_page()
    {
        await using var site = await Site();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/boom") { Headers = { { "HX-Request", "true" } } };

        var response = await site.Client().SendAsync(request, Ct);

        Assert.Equal("#toasts", Assert.Single(response.Headers.GetValues("HX-Retarget")));
        Assert.DoesNotContain("<html", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static Task<TestSite> Site() => TestSite.Start(app =>
    {
        app.MapGet("/boom", string () => throw new InvalidOperationException("on purpose"));
        app.MapPost("/taken", () => "done");
    });

    private static string Nonce(HttpResponseMessage response) =>
        NonceSource().Match(Assert.Single(response.Headers.GetValues("Content-Security-Policy"))).Groups[1].Value;

    private static void AssertHeaders(HttpResponseMessage response)
    {
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'nonce-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        foreach (var (name, value) in new[]
        {
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "strict-origin-when-cross-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY"), ("Strict-Transport-Security", "max-age=63072000"),
        })
            Assert.Equal(value, Assert.Single(response.Headers.GetValues(name)));
        Assert.True(response.Headers.Contains("Permissions-Policy"));
        Assert.NotNull(response.Headers.CacheControl);
        Assert.False(response.Headers.Contains("Server"));
    }

    [GeneratedRegex("script-src 'nonce-([A-Za-z0-9_-]+)'")]
    private static partial Regex NonceSource();

    [GeneratedRegex(@"/theme\.css\?v=[0-9a-f]+")]
    private static partial Regex ThemeAddress();
}
