using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Analytics;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Kyc;
using TradeSense.Modules.Payments;
using TradeSense.Modules.Payouts;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Traders;

/// <summary>One trader: who they are, their identity check, their accounts, and what they did lately.</summary>
[Authorize(Policy = nameof(Permission.SeeTraders))]
public sealed class TraderModel(TraderList traders, AccountList accounts, KycStanding kyc, OrderList orders, PayoutList payouts, AuditList audit) : TradeSensePage
{
    private const int MostAccounts = 100, MostOrders = 50, LastActions = 20;

    public TraderList.Row Trader { get; private set; } = null!;
    public IReadOnlyList<AccountList.Row> Accounts { get; private set; } = [];
    public KycStanding.Picture Kyc { get; private set; } = null!;

    /// <summary>Empty for roles that may not read the audit trail.</summary>
    public IReadOnlyList<AuditList.Row> Actions { get; private set; } = [];

    /// <summary>Empty, as the payouts, for roles that see no money.</summary>
    public IReadOnlyList<OrderList.Row> Orders { get; private set; } = [];

    public IReadOnlyList<PayoutList.Row> Payouts { get; private set; } = [];

    public bool MaySeeMoney => User.May(Permission.SeeMoney);
    public bool MaySeeAudit => User.May(Permission.SeeAudit);

    public async Task<IActionResult> OnGet(Guid userId, CancellationToken ct)
    {
        if (await traders.Find(userId, ct) is not { } trader) return NotFound();

        Trader = trader;
        Kyc = await kyc.Of(userId, ct);
        (Accounts, _) = await accounts.Read(new(UserId: userId), 1, MostAccounts, ct);
        if (MaySeeMoney) (Orders, Payouts) = ((await orders.Of(userId, 1, MostOrders, ct)).Rows, await payouts.Of(userId, ct));
        if (MaySeeAudit) (Actions, _) = await audit.Read($"user:{userId}", 1, LastActions, ct);
        return Page();
    }
}
