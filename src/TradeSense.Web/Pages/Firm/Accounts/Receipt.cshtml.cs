using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Web.Pages.Firm.Accounts;

/// <summary>The receipt of a verdict, as the trader has it.</summary>
[Authorize(Policy = nameof(Permission.SeeTraders))]
public sealed class ReceiptModel(AccountPicture pictures, ReceiptDetail receipts) : TradeSensePage
{
    public ReceiptDetail.Picture Picture { get; private set; } = null!;
    public TradingAccount Account { get; private set; } = null!;

    public async Task<IActionResult> OnGet(Guid accountId, Guid receiptId, CancellationToken ct)
    {
        var account = await pictures.Run(accountId, null, ct);
        if (account.IsRefused || await receipts.Read(accountId, receiptId, account.Value.Account.UserId, ct) is not { } picture) return NotFound();

        (Account, Picture) = (account.Value.Account, picture);
        return Page();
    }
}
