using System.Net;
using AngleSharp.Html.Parser;

namespace TradeSense.Tests.Fixture;

/// <summary>A browser without a screen: keeps cookies, follows redirects, reads HTML. One client is one person at one host.</summary>
public sealed class HtmlClient(HttpClient http, Uri home)
{
    private const int MostRedirects = 10;
    private static readonly HtmlParser Parser = new();

    public CookieContainer Cookies { get; } = new();

    public Uri Home => home;

    public Task<Page> Get(string path) => Send(HttpMethod.Get, new Uri(home, path), null, null);

    /// <summary>As htmx asks for a fragment.</summary>
    public Task<Page> GetFragment(string path) => Send(HttpMethod.Get, new Uri(home, path), null, request => request.Headers.Add("HX-Request", "true"));

    /// <summary>A post as nobody's page made it: for tampering and API calls. Ordinary posts go through <see cref="HtmlForm.Submit"/>.</summary>
    public Task<Page> Post(string path, HttpContent content) => Send(HttpMethod.Post, new Uri(home, path), content, null);

    /// <summary>Sends, follows redirects as a browser does, and reads what comes back.</summary>
    public async Task<Page> Send(HttpMethod method, Uri address, HttpContent? content, Action<HttpRequestMessage>? prepare)
    {
        var hops = new List<Uri>();
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            using var request = new HttpRequestMessage(method, address) { Content = content };
            if (Cookies.GetCookieHeader(address) is { Length: > 0 } cookies) request.Headers.Add("Cookie", cookies);
            request.Headers.Add("User-Agent", "TradeSense tests");
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            if (method != HttpMethod.Get) request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
            prepare?.Invoke(request);

            using var response = await http.SendAsync(request);
            if (response.Headers.TryGetValues("Set-Cookie", out var values))
                foreach (var value in values) Cookies.SetCookies(address, value.Replace("; samesite=", "; x=", StringComparison.OrdinalIgnoreCase));

            if (response.Headers.Location is not { } location || (int)response.StatusCode is < 300 or > 399) return await Read(response, address, hops);

            hops.Add(address);
            address = new Uri(address, location);
            if (response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) continue;
            (method, content) = (HttpMethod.Get, null);
        }

        throw new InvalidOperationException($"More than {MostRedirects} redirects: {string.Join(" → ", hops)}");
    }

    private async Task<Page> Read(HttpResponseMessage response, Uri address, IReadOnlyList<Uri> hops)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var isHtml = response.Content.Headers.ContentType?.MediaType == "text/html";
        return new Page(this, address, response.StatusCode, headers, bytes, await Parser.ParseDocumentAsync(isHtml ? System.Text.Encoding.UTF8.GetString(bytes) : ""), hops);
    }
}
