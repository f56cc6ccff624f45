using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Challenges.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Payouts;

/// <summary>Every step of a payout is told to its trader, on the page and by e-mail, in one shape.</summary>
public sealed class TellTrader(TradeSenseDb db, CurrentTenant tenant, NotifyUser notify)
{
    internal async Task Run(Payout payout, string kind, string title, string words, CancellationToken ct)
    {
        var trader = await db.Set<User>().AsNoTracking().SingleAsync(user => user.Id == payout.UserId, ct);
        var share = new Figures(tenant.Value.CultureInfo, payout.Share.Currency).Money(payout.Share.Amount);
        await notify.Run(new(trader.Id, trader.Email, kind, title, $"Payout {payout.Number}, {share}. {words}", $"/trader/payouts/{payout.Id}"), ct);
    }
}
