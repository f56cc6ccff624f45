using System.Text;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Risk;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Accounts;

public sealed class ReceiptModel(ReceiptDetail receipts, TraderAccounts accounts, AppealOfReceipt appeals, EvidenceExport export) : TradeSensePage
{
    public ReceiptDetail.Picture Picture { get; private set; } = null!;
    public TraderAccounts.Row Account { get; private set; } = null!;
    public AppealOfReceipt.Picture? Appeal { get; private set; }

    public async Task<IActionResult> OnGet(Guid id, Guid receiptId, CancellationToken ct)
    {
        if (await accounts.Find(User.UserId(), id, ct) is not { } account || await receipts.Read(id, receiptId, User.UserId(), ct) is not { } picture) return NotFound();

        (Account, Picture) = (account, picture);
        Appeal = await appeals.Read(id, receiptId, User.UserId(), ct);
        return Page();
    }

    /// <summary>The evidence as a file that can be checked without us.</summary>
    public async Task<IActionResult> OnGetBundle(Guid id, Guid receiptId, CancellationToken ct) =>
        await export.Run(receiptId, User.UserId(), ct) is { } bundle && bundle.Account == id
            ? File(Encoding.UTF8.GetBytes(bundle.Write()), "application/json", $"evidence-{bundle.Number}-{bundle.Verdict}.json")
            : NotFound();
}
