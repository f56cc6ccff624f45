using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Site;

public sealed class HomeModel(OfferedModels models, FindSiteProof? proof = null) : TradeSensePage
{
    public string Headline => Tenant.Text("tagline", "Prove how you trade. Get paid for it.").Replace(" %", "\u00A0%", StringComparison.Ordinal);

    public string Lead => Tenant.Text("intro",
        "Take an evaluation on live prices, see every limit as a number before you reach it, and receive your share of the profit once you are funded.");

    /// <summary>Every model on sale; empty where nothing is sold yet.</summary>
    public IReadOnlyList<PlanCard> Plans { get; private set; } = [];

    public SiteProof? Proof { get; private set; }

    /// <summary>An invented account that shows what the screens look like; the page says so.</summary>
    public RoomMeter Example => new("example-room", "Room today", Amount(95_000m), Amount(98_240m), Amount(100_000m), "At most 5 % of the balance at the start of the trading day.");

    public IReadOnlyList<Question> Questions => [.. Question.For(Tenant).Take(4)];

    public Money Gained => Amount(3_360m);
    public Money Target => Amount(8_000m);

    public async Task OnGet(CancellationToken ct)
    {
        Plans = [.. (await models.Read(ct)).Select(offer => PlanCard.Of(offer, Tenant.CultureInfo))];
        Proof = proof is null ? null : await proof(ct);
    }

    private Money Amount(decimal amount) => new(amount, Tenant.Currency);
}
