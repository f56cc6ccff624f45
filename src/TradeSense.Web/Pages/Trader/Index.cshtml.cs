using TradeSense.Modules.Challenges;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader;

public sealed class IndexModel(ChallengeOverview challenges) : TradeSensePage
{
    public IReadOnlyList<ChallengeOverview.Row> Challenges { get; private set; } = [];

    public async Task OnGet(CancellationToken ct) => Challenges = await challenges.Of(User.UserId(), ct);
}
