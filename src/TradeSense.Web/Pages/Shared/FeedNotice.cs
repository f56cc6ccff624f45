using TradeSense.Modules.Risk.Incidents;

namespace TradeSense.Web.Pages.Shared;

/// <summary>The banner of symbols without prices; empty when all are there.</summary>
public sealed record FeedNotice(FeedNotices.Notice? Notice);
