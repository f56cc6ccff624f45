using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Payouts;

/// <summary>What a payout would be now: the sums line by line, the conditions one by one, and the floor and room after it.</summary>
public sealed class PayoutQuote(TradeSenseDb db, PayoutFactsReader reader, ReducedTrades reduced)
{
    public sealed record Choice(Guid Id, long Number, string Phase, Money Size, bool IsFunded);

    /// <param name="Floor">After the payout; null for an account without loss rules.</param>
    public sealed record View(
        Choice Account, IReadOnlyList<Choice> Accounts, PayoutSums Sums, IReadOnlyList<PayoutCondition> Conditions, Money EquityAfter, Money? Floor, Money? Room, DateTimeOffset AsOf,
        IReadOnlyList<ReducedTrades.Row> Reduced, int ReducedCount)
    {
        public bool IsEligible => Conditions.All(condition => condition.IsMet);
    }

    /// <summary>Null when the trader has no account at all, or not this one.</summary>
    /// <param name="accountId">Null: the newest funded account, else the newest of all.</param>
    public async Task<View?> Read(Guid userId, Guid? accountId, decimal? asked, CancellationToken ct)
    {
        var accounts = await Accounts(userId, ct);
        var account = accountId is null ? accounts.FirstOrDefault() : accounts.FirstOrDefault(choice => choice.Id == accountId);
        if (account is null || await reader.Read(account.Id, userId, ct) is not { } facts) return null;

        var sums = facts.Sums(asked);
        var currency = facts.Account.Currency;
        Money? Of(decimal? amount) => amount is { } exact ? Money.Rounded(exact, currency, MidpointRounding.ToNegativeInfinity) : null;
        var (equity, floor, room) = facts.View is { } view ? PayoutSums.After(view.State, view.Equity, sums.Gross.Amount) : (facts.Account.Balance, null, null);
        var (rows, count) = await reduced.Since(account.Id, facts.LastPayoutAt, currency, ct);
        return new View(account, accounts, sums, facts.Conditions(sums), Of(equity)!.Value, Of(floor), Of(room), facts.View?.AsOf ?? facts.At, rows, count);
    }

    private async Task<IReadOnlyList<Choice>> Accounts(Guid userId, CancellationToken ct)
    {
        var rows = await (
            from account in db.Set<TradingAccount>().AsNoTracking()
            join challenge in db.Set<Challenge>() on account.ChallengeId equals challenge.Id
            where account.UserId == userId && (account.Status == TradingAccountStatus.Opening || account.Status == TradingAccountStatus.Active || account.Status == TradingAccountStatus.Paused)
            orderby account.CreatedAt descending
            select new { account.Id, account.Number, account.PhaseName, account.Currency, Size = account.ScaledSize ?? challenge.Size, IsFunded = challenge.Status == ChallengeStatus.Funded && account.PhaseIndex == challenge.PhaseIndex }).ToListAsync(ct);
        return [.. rows.Select(row => new Choice(row.Id, row.Number, row.PhaseName, Money.Rounded(row.Size, row.Currency, MidpointRounding.ToZero), row.IsFunded)).OrderByDescending(choice => choice.IsFunded)];
    }
}
