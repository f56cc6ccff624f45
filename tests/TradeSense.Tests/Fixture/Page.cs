using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TradeSense.Tests.Fixture;

/// <summary>What came back: a page or a fragment, read as a person reads it.</summary>
public sealed partial class Page(HtmlClient client, Uri address, HttpStatusCode status, IReadOnlyDictionary<string, string> headers, byte[] body, IHtmlDocument html, IReadOnlyList<Uri> hops)
{
    public Uri Address => address;
    public string Path => address.AbsolutePath;
    public HttpStatusCode Status => status;
    public IReadOnlyDictionary<string, string> Headers => headers;
    public byte[] Body => body;
    public string Source => Encoding.UTF8.GetString(body);
    public IHtmlDocument Html => html;

    /// <summary>The addresses that redirected here.</summary>
    public IReadOnlyList<Uri> Hops => hops;

    /// <summary>Everything a person can read, runs of white space made one.</summary>
    public string Text => Tidy(html.Body?.TextContent ?? Source);

    /// <summary>Fails with the page's own words when it is not a good answer.</summary>
    public Page Ok() => Is(HttpStatusCode.OK);

    public Page Is(HttpStatusCode expected) =>
        status == expected ? this : throw new InvalidOperationException($"{address} answered {(int)status} instead of {(int)expected}: {Short(Text)}");

    /// <summary>The one element; none or several is a failure that says what the page holds instead.</summary>
    public IElement One(string selector)
    {
        var found = html.QuerySelectorAll(selector);
        return found.Length == 1 ? found[0] : throw new InvalidOperationException($"{address} has {found.Length} of “{selector}”: {Short(Text)}");
    }

    public IReadOnlyList<IElement> All(string selector) => [.. html.QuerySelectorAll(selector)];

    public bool Has(string selector) => html.QuerySelector(selector) is not null;

    public string TextOf(string selector) => Tidy(One(selector).TextContent);

    public HtmlForm Form(string selector) => new(client, address, (IHtmlFormElement)One(selector));

    /// <summary>Follows the one link with these words.</summary>
    public Task<Page> Follow(string words)
    {
        var links = html.QuerySelectorAll("a[href]").Where(link => Tidy(link.TextContent) == words).Select(link => link.GetAttribute("href")!).Distinct().ToList();
        return links.Count == 1
            ? client.Send(HttpMethod.Get, new Uri(address, links[0]), null, null)
            : throw new InvalidOperationException($"{address} has {links.Count} links “{words}”: {Short(Text)}");
    }

    public static string Tidy(string text) => WhiteSpace().Replace(text, " ").Trim();

    private static string Short(string text) => text.Length > 600 ? text[..600] + " …" : text;

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
