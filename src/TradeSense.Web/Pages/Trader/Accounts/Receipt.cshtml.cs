using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Risk;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Accounts;

public sealed class ReceiptModel(ReceiptDetail receipts, TraderAccounts accounts) : TradeSensePage
{
    public ReceiptDetail.Picture Picture { get; private set; } = null!;
    public TraderAccounts.Row Account { get; private set; } = null!;

    public async Task<IActionResult> OnGet(Guid id, Guid receiptId, CancellationToken ct)
    {
        if (await accounts.Find(User.UserId(), id, ct) is not { } account || await receipts.Read(id, receiptId, User.UserId(), ct) is not { } picture) return NotFound();

        (Account, Picture) = (account, picture);
        return Page();
    }
}
