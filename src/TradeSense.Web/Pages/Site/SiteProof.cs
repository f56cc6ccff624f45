using TradeSense.Engine.Values;

namespace TradeSense.Web.Pages.Site;

/// <summary>What the ledger proves about this firm over the last 30 days. The home page shows it when there is one, and nothing in its place otherwise.</summary>
public sealed record SiteProof(Money PaidOut, int Payouts, TimeSpan? MedianPayoutTime, int AccountsEnded, int Overturned, DateTimeOffset AsOf);

/// <summary>Finds the proof of the current tenant; registered by whoever can read the ledger.</summary>
public delegate Task<SiteProof?> FindSiteProof(CancellationToken ct);
