using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Payouts;

/// <summary>The brand sets, moves or lifts the share above which two people approve. Everybody who decides payouts is told, so that nobody lifts it unseen.</summary>
public sealed class ChangePayoutLimit(TradeSenseDb db, CurrentTenant tenant, NotifyStaff notifyStaff, AuditTrail audit)
{
    /// <summary>The limit, null when there is none, and how many people decide payouts here.</summary>
    public sealed record Standing(Money? Limit, int Deciders);

    public async Task<Standing> Read(CancellationToken ct)
    {
        var limit = await db.Set<PayoutLimit>().AsNoTracking().SingleOrDefaultAsync(ct);
        return new Standing(limit is null ? null : new Money(limit.Amount, limit.Currency), await Deciders(ct));
    }

    /// <param name="amount">In the brand's currency; null lifts the limit.</param>
    public async Task<Result> Run(decimal? amount, CancellationToken ct)
    {
        var currency = tenant.Value.Currency;
        if (amount is { } asked && (asked is < 0 or > PayoutLimit.Most || Money.Rounded(asked, currency, MidpointRounding.ToZero).Amount != asked)) return PayoutRefusal.LimitInvalid;
        if (amount is not null && await Deciders(ct) < 2) return PayoutRefusal.LimitNeedsTwo;

        var limit = await db.Set<PayoutLimit>().AsTracking().SingleOrDefaultAsync(ct);
        var before = limit is null ? null : new Money(limit.Amount, limit.Currency).ToString();
        if (amount is not { } wanted)
        {
            if (limit is not null) db.Remove(limit);
        }
        else
        {
            if (limit is null) db.Add(limit = new PayoutLimit());
            (limit.Amount, limit.Currency) = (wanted, currency);
        }

        await db.SaveChangesAsync(ct);
        var after = amount is { } set ? new Money(set, currency).ToString() : null;
        await audit.Record("payout_limit.changed", "payout_limit", new { From = before, To = after }, ct);
        await notifyStaff.Run(new(
            Permission.DecidePayouts, "payout_limit.changed", "The limit for two approvals was changed",
            after is null ? "Every payout is approved by one person now." : $"Payouts above {after} take two people now.", "/firm/payouts"), ct);
        return Result.Ok;
    }

    private Task<int> Deciders(CancellationToken ct)
    {
        var roles = Enum.GetValues<Role>().Where(role => Permissions.Of(role).Contains(Permission.DecidePayouts)).ToList();
        return db.Set<User>().CountAsync(user => roles.Contains(user.Role) && user.Status == UserStatus.Active && user.EmailConfirmedAt != null, ct);
    }
}
