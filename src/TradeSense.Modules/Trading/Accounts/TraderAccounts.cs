using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>A trader's own accounts. Another person's account is as absent as one that never existed.</summary>
public sealed class TraderAccounts(TradeSenseDb db)
{
    /// <param name="Terms">As the rules apply them now.</param>
    public sealed record Row(
        Guid Id, long Number, Guid ChallengeId, int PhaseIndex, string PhaseName, TradingAccountStatus Status, Currency Currency, decimal Balance,
        AccountTerms Terms, DateTimeOffset CreatedAt)
    {
        public bool IsRunning => Status is TradingAccountStatus.Opening or TradingAccountStatus.Active or TradingAccountStatus.Paused;
    }

    /// <summary>Running ones first, the newest first among them.</summary>
    public async Task<IReadOnlyList<Row>> Of(Guid userId, CancellationToken ct)
    {
        var rows = await Rows(db.Set<TradingAccount>().Where(account => account.UserId == userId)).ToListAsync(ct);
        return [.. rows.OrderByDescending(row => row.IsRunning).ThenByDescending(row => row.Number)];
    }

    public Task<Row?> Find(Guid userId, Guid accountId, CancellationToken ct) =>
        Rows(db.Set<TradingAccount>().Where(account => account.UserId == userId && account.Id == accountId)).SingleOrDefaultAsync(ct);

    private static IQueryable<Row> Rows(IQueryable<TradingAccount> accounts) => accounts.AsNoTracking().Select(account => new Row(
        account.Id, account.Number, account.ChallengeId, account.PhaseIndex, account.PhaseName, account.Status, account.Currency, account.Balance, account.TermsNow, account.CreatedAt));
}
