using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Payments;
using TradeSense.Modules.Payouts;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Analytics;

/// <summary>How far the traders came who registered in the last days: each step counts people, and everybody once.</summary>
public sealed class FirmFunnel(TradeSenseDb db, TimeProvider clock)
{
    public const int Days = 30;

    public sealed record Step(string Name, int People);

    public async Task<IReadOnlyList<Step>> Read(CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-Days);
        var people = db.Set<User>().Where(user => user.Role == Role.Trader && user.CreatedAt >= since);
        var counts = await people.GroupBy(_ => 1).Select(all => new
        {
            Registered = all.Count(),
            Confirmed = all.Count(user => user.EmailConfirmedAt != null),
            Bought = all.Count(user => db.Set<Order>().Any(order => order.UserId == user.Id && order.Status == OrderStatus.Paid)),
            Passed = all.Count(user => db.Set<TradingAccount>().Any(account => account.UserId == user.Id && account.Status == TradingAccountStatus.Passed)),
            Signed = all.Count(user => db.Set<Contract>().Any(contract => contract.UserId == user.Id)),
            Paid = all.Count(user => db.Set<Payout>().Any(payout => payout.UserId == user.Id && payout.Status == PayoutStatus.Paid)),
        }).SingleOrDefaultAsync(ct);
        return counts is null
            ? []
            :
            [
                new("Registered", counts.Registered), new("Confirmed the e-mail", counts.Confirmed), new("Bought a challenge", counts.Bought),
                new("Passed a phase", counts.Passed), new("Signed and funded", counts.Signed), new("Were paid out", counts.Paid),
            ];
    }
}
