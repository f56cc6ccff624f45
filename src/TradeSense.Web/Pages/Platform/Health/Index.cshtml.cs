using TradeSense.Modules.Analytics;
using TradeSense.Modules.Trading.Quotes.Standing;

namespace TradeSense.Web.Pages.Platform.Health;

public sealed class IndexModel(PlatformHealth health, QuoteOutcomeTable outcomes) : TradeSensePage
{
    public PlatformHealth.Picture Picture { get; private set; } = null!;

    public IReadOnlyList<QuoteOutcomeTable.Row> Outcomes { get; private set; } = [];

    public async Task OnGet(CancellationToken ct) => (Picture, Outcomes) = (await health.Read(ct), await outcomes.Run(ct));
}
