using TradeSense.Web.Api.V2;

namespace TradeSense.Web.Pages.Trader.ApiGuide;

/// <summary>The API's description for people, from the same document programs read.</summary>
public sealed class IndexModel(ApiDocument document) : TradeSensePage
{
    public ApiManual Manual { get; private set; } = null!;

    public void OnGet() => Manual = new ApiManual(document.Root);
}
