using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Caching.Memory;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Security;

namespace TradeSense.Web.TagHelpers;

/// <summary>Markup rendered once for all requests that would render the same. Bounded: the longest unseen goes first.</summary>
public sealed class KeptMarkup : IDisposable
{
    private const long MostCharacters = 64 * 1024 * 1024;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostCharacters });

    public IHtmlContent? Find(object key) => _kept.Get<IHtmlContent>(key);

    public IHtmlContent Keep(object key, string markup) =>
        _kept.Set(key, (IHtmlContent)new HtmlString(markup), new MemoryCacheEntryOptions { Size = markup.Length, SlidingExpiration = TimeSpan.FromMinutes(2) });

    public void Dispose() => _kept.Dispose();
}

/// <summary>
/// <c>&lt;kept name="account-history" version="@Model.Version"&gt;…&lt;/kept&gt;</c>: what is inside is rendered once a version for each brand, its formats and the visitor's
/// time zone. It must show nothing else of the visitor, and can hold nothing of the single response: a nonce in it throws.
/// </summary>
[HtmlTargetElement("kept")]
public sealed class KeptTagHelper(KeptMarkup kept, CurrentTenant tenant, TenantFormat format) : TagHelper
{
    public string Name { get; set; } = "";

    /// <summary>Tells whose the content is and which state of it.</summary>
    public string Version { get; set; } = "";

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var key = (Name, tenant.Id, tenant.Value.Culture, format.Zone.Id, Version);
        output.Content.SetHtmlContent(kept.Find(key) ?? kept.Keep(key, await Render(output)));
    }

    private async Task<string> Render(TagHelperOutput output)
    {
        var markup = (await output.GetChildContentAsync()).GetContent(HtmlEncoder.Default);
        return markup.Contains(CspNonce.Of(ViewContext.HttpContext), StringComparison.Ordinal) || markup.Contains("__RequestVerificationToken", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"The kept part “{Name}” holds what belongs to one response only.")
            : markup;
    }
}
