using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;
using TradeSense.Modules.Kyc;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Payouts;

/// <summary>Everything a payout of one account depends on, read at one instant; the figures are the engine's own, the rest are rows.</summary>
public sealed record PayoutFacts(
    TradingAccount Account, AccountView? View, Challenge Challenge, ModelDefinition Model, bool IsSigned, KycStanding.Picture Kyc, IReadOnlyList<PayoutFacts.Earlier> Payouts,
    decimal PaidThisMonth, decimal TradesNet, int TradeCount, int OpenReviews, DateTimeOffset At)
{
    /// <summary>A payout of this account that was neither refused nor rejected, newest first.</summary>
    public sealed record Earlier(PayoutStatus Status, DateTimeOffset RequestedAt);

    /// <summary>Everything after it counts for the next payout.</summary>
    public DateTimeOffset LastPayoutAt => Payouts.Count > 0 ? Payouts[0].RequestedAt : DateTimeOffset.MinValue;

    public bool IsFundedAccount => Account.PhaseIndex == Model.FundedIndex;

    public Percent Split => Model.SplitOf(Payouts.Count(payout => payout.Status is PayoutStatus.Paid), hasGrown: Account.ScaledSize is not null);

    public PayoutSums Sums(decimal? asked) => View is { } view
        ? PayoutSums.Of(view.State, view.Equity, TradesNet, TradeCount, asked, Split)
        : new PayoutSums(Zero, 0, Zero, Zero, Zero, Zero, Split, Zero);

    /// <summary>In the order in which they are met by most people.</summary>
    public IReadOnlyList<PayoutCondition> Conditions(PayoutSums sums)
    {
        var terms = Model.Payout;
        var currency = Account.Currency;
        var firstAt = (Account.OpenedAt ?? Account.CreatedAt).AddDays(terms.FirstAfterDays);
        DateTimeOffset? cycleAt = Payouts.Count > 0 ? Payouts[0].RequestedAt.AddDays(terms.CycleDays) : null;
        var open = View?.Positions.Count ?? 0;
        var limit = Kyc.Level.MonthlyPayouts is { } monthly ? Math.Max(0m, monthly - PaidThisMonth) : (decimal?)null;
        return
        [
            new(PayoutRequirement.Funded, Challenge.Status is ChallengeStatus.Funded && IsFundedAccount),
            new(PayoutRequirement.IdentityChecked, Kyc.Status is KycStatus.Approved),
            new(PayoutRequirement.ContractSigned, IsSigned),
            new(PayoutRequirement.AccountRunning, View?.State.Status is AccountStatus.Active),
            new(PayoutRequirement.NoOpenReview, OpenReviews == 0, Count: OpenReviews),
            new(PayoutRequirement.NoOpenPayout, !Payouts.Any(payout => payout.Status is not PayoutStatus.Paid)),
            new(PayoutRequirement.FirstPayoutDays, IsFundedAccount && At >= firstAt, IsFundedAccount ? firstAt : null, Count: terms.FirstAfterDays),
            new(PayoutRequirement.Cycle, cycleAt is null || At >= cycleAt, cycleAt, Count: terms.CycleDays),
            new(PayoutRequirement.NoOpenPosition, open == 0, Count: open),
            new(PayoutRequirement.Minimum, sums.Share.Amount >= terms.Minimum && sums.Share.Amount > 0, Needed: Money.Rounded(terms.Minimum, currency, MidpointRounding.AwayFromZero)),
            new(PayoutRequirement.MonthlyLimit, limit is null || sums.Share.Amount <= limit, Needed: limit is { } left ? Money.Rounded(left, currency, MidpointRounding.ToZero) : null),
        ];
    }

    private Money Zero => Money.Zero(Account.Currency);
}

/// <summary>Reads <see cref="PayoutFacts"/>.</summary>
public sealed class PayoutFactsReader(TradeSenseDb db, TradingDesk desk, KycStanding kyc, TimeProvider clock)
{
    /// <summary>Null when the trader has no such account.</summary>
    public async Task<PayoutFacts?> Read(Guid accountId, Guid userId, CancellationToken ct)
    {
        var account = await db.Set<TradingAccount>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == accountId && row.UserId == userId, ct);
        var challenge = account is null ? null : await db.Set<Challenge>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == account.ChallengeId, ct);
        if (account is null || challenge is null) return null;

        var now = clock.GetUtcNow();
        var version = await db.Set<ModelVersion>().AsNoTracking().SingleAsync(row => row.Id == challenge.ModelVersionId, ct);
        var payouts = await db.Set<Payout>().AsNoTracking().Where(row => row.AccountId == accountId && row.Status != PayoutStatus.Rejected && row.Status != PayoutStatus.Refused)
            .OrderByDescending(row => row.RequestedAt).Select(row => new PayoutFacts.Earlier(row.Status, row.RequestedAt)).ToListAsync(ct);
        var (net, count) = await TradesSince(accountId, payouts.FirstOrDefault()?.RequestedAt ?? DateTimeOffset.MinValue, ct);
        return new PayoutFacts(
            account, account.OpenedAt is null ? null : await desk.View(new AccountId(accountId), ct), challenge, version.Definition,
            await db.Set<Contract>().AnyAsync(row => row.ChallengeId == challenge.Id, ct), await kyc.Of(userId, ct), payouts, await PaidThisMonth(userId, now, ct), net, count, await OpenReviews(accountId, ct), now);
    }

    private async Task<(decimal Net, int Count)> TradesSince(Guid accountId, DateTimeOffset since, CancellationToken ct)
    {
        var trades = db.Set<Trade>().AsNoTracking().Where(trade => trade.AccountId == accountId && trade.ClosedAt > since);
        return (await trades.SumAsync(trade => trade.Profit - trade.Commission + trade.Swap, ct), await trades.CountAsync(ct));
    }

    /// <summary>What the firm has still to decide about this account: an incident that touched it, an appeal.</summary>
    private async Task<int> OpenReviews(Guid accountId, CancellationToken ct) =>
        await db.Set<IncidentAccount>().CountAsync(row => row.AccountId == accountId && (row.Status == TouchStatus.UnderReview || row.Status == TouchStatus.Proposed), ct)
        + await db.Set<Appeal>().CountAsync(row => row.AccountId == accountId && (row.Status == AppealStatus.Open || row.Status == AppealStatus.OverturnProposed), ct);

    /// <summary>Asked for in this calendar month (UTC) on all accounts of the person and not turned down: what counts against the identity tier.</summary>
    private Task<decimal> PaidThisMonth(Guid userId, DateTimeOffset now, CancellationToken ct)
    {
        var month = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return db.Set<Payout>().Where(row => row.UserId == userId && row.RequestedAt >= month && row.Status != PayoutStatus.Rejected && row.Status != PayoutStatus.Refused)
            .SumAsync(row => row.Amount, ct);
    }
}
