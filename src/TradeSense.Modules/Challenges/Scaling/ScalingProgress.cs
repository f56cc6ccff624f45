using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Challenges.Scaling;

/// <summary>How far a funded account is on the way to its next size. Everything is counted from the month it was opened in or last grew in; the running month waits for its end.</summary>
public sealed class ScalingProgress(TradeSenseDb db, TimeProvider clock)
{
    /// <param name="Next">Null when the account has the largest size.</param>
    /// <param name="Months">Finished calendar months in a row, each with a profit, up to the last one.</param>
    /// <param name="Profit">What these brought together.</param>
    /// <param name="RunningMonth">The result of the running month so far.</param>
    /// <param name="ScaledAt">When the account last grew.</param>
    public sealed record Picture(ScalingTerms Terms, Money Size, Money? Next, int Months, Money Profit, Money ProfitNeeded, Money RunningMonth, int PaidPayouts, DateTimeOffset? ScaledAt)
    {
        public bool IsMet => Next is not null && Terms.IsMet(Months, Profit.Amount, PaidPayouts, Size.Amount);
    }

    /// <summary>Null for an account whose terms let it not grow, or that has not been opened.</summary>
    public async Task<Picture?> Of(TradingAccount account, CancellationToken ct) => (await Of([account], ct)).GetValueOrDefault(account.Id);

    internal async Task<IReadOnlyDictionary<Guid, Picture>> Of(IReadOnlyCollection<TradingAccount> accounts, CancellationToken ct)
    {
        var growing = accounts.Where(account => account is { Terms.Scaling: not null, OpenedAt: not null }).ToList();
        if (growing.Count == 0) return new Dictionary<Guid, Picture>();

        var ids = growing.Select(account => account.Id).ToArray();
        var months = (await db.Database.SqlQuery<MonthResult>($"""
            select account_id as "AccountId", date_trunc('month', trading_day::timestamp)::date as "First", sum(profit - commission + swap) as "Profit"
            from trades where account_id = any({ids}) group by 1, 2
            """).ToListAsync(ct)).ToLookup(month => month.AccountId);
        // Payouts stand on this module; here only what was paid, and when, is read.
        var payouts = (await db.Database.SqlQuery<Paid>($"""
            select account_id as "AccountId", paid_at as "At" from payouts where account_id = any({ids}) and status = 'Paid'
            """).ToListAsync(ct)).ToLookup(paid => paid.AccountId);

        var now = clock.GetUtcNow();
        return growing.ToDictionary(account => account.Id, account => Count(account, now, months[account.Id].ToDictionary(month => month.First, month => month.Profit), payouts[account.Id]));
    }

    private static Picture Count(TradingAccount account, DateTimeOffset now, Dictionary<DateOnly, decimal> results, IEnumerable<Paid> payouts)
    {
        var (terms, currency, since) = (account.Terms.Scaling!, account.Currency, account.ScaledAt ?? account.OpenedAt!.Value);
        var (first, running) = (MonthOf(account, since), MonthOf(account, now));
        var (months, profit) = (0, 0m);
        for (var month = running.AddMonths(-1); month >= first && results.GetValueOrDefault(month) is > 0m and var result; month = month.AddMonths(-1)) (months, profit) = (months + 1, profit + result);

        Money Of(decimal amount, MidpointRounding rounding = MidpointRounding.ToZero) => Money.Rounded(amount, currency, rounding);
        return new Picture(
            terms, Of(account.Size), terms.NextSize(account.Size, currency) is { } next ? Of(next) : null, months, Of(profit), Of(terms.ProfitNeeded(account.Size), MidpointRounding.ToPositiveInfinity),
            Of(results.GetValueOrDefault(running)), payouts.Count(paid => paid.At >= since), account.ScaledAt);
    }

    /// <summary>The first of the month that the account's trading day at an instant belongs to.</summary>
    private static DateOnly MonthOf(TradingAccount account, DateTimeOffset at)
    {
        var day = TradingDayClock.LabelOf(account.Terms.TradingDay, at);
        return new DateOnly(day.Year, day.Month, 1);
    }

    private sealed record MonthResult(Guid AccountId, DateOnly First, decimal Profit);

    private sealed record Paid(Guid AccountId, DateTimeOffset At);
}
