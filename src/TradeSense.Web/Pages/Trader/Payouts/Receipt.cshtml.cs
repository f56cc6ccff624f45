using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Payouts;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Payouts;

public sealed class ReceiptModel(PayoutList payouts) : TradeSensePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public PayoutList.Receipt Receipt { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await payouts.ReceiptOf(Id, User.UserId(), ct) is not { } receipt) return NotFound();

        Receipt = receipt;
        return Page();
    }
}
