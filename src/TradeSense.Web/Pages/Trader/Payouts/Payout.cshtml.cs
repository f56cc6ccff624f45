using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Payouts;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Payouts;

/// <summary>One payout: its steps and the clock. It asks for its own state while something is still to happen.</summary>
public sealed class PayoutModel(PayoutList payouts) : TradeSensePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public PayoutList.Row Payout { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct) => await Load(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetSteps(CancellationToken ct) => await Load(ct) ? Fragment("_Steps", Payout) : NotFound();

    private async Task<bool> Load(CancellationToken ct)
    {
        if (await payouts.Find(Id, User.UserId(), ct) is not { } payout) return false;

        Payout = payout;
        return true;
    }
}
