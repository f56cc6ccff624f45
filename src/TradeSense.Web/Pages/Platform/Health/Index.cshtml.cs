using TradeSense.Modules.Analytics;

namespace TradeSense.Web.Pages.Platform.Health;

public sealed class IndexModel(PlatformHealth health) : TradeSensePage
{
    public PlatformHealth.Picture Picture { get; private set; } = null!;

    public async Task OnGet(CancellationToken ct) => Picture = await health.Read(ct);
}
