using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Analytics;

/// <summary>The firm's trading accounts, newest first, found by number or trader and narrowed by state, phase, symbol, breach or nearness to a floor.</summary>
public sealed class AccountList(TradeSenseDb db, FloorWatch floors)
{
    /// <summary>Accounts that are or will be traded.</summary>
    public static readonly Expression<Func<TradingAccount, bool>> IsRunning =
        account => account.Status == TradingAccountStatus.Opening || account.Status == TradingAccountStatus.Active || account.Status == TradingAccountStatus.Paused;

    /// <param name="State">A status, or <c>running</c> for all that are traded; empty for all.</param>
    /// <param name="Symbol">Accounts with a position open in it.</param>
    /// <param name="BreachedSince">Accounts with a breach since.</param>
    /// <param name="NearFloor">Only accounts near a floor right now.</param>
    public sealed record Filter(
        string? Search = null, string? State = null, string? Phase = null, string? Symbol = null, DateTimeOffset? BreachedSince = null, bool NearFloor = false, Guid? UserId = null);

    public sealed record Row(
        Guid Id, long Number, Guid UserId, string UserName, string Email, string PhaseName, TradingAccountStatus Status, Money Size, Money Balance, int TradingDays,
        int OpenPositions, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt)
    {
        public Money Result => Balance - Size;
    }

    public async Task<(IReadOnlyList<Row> Rows, int Total)> Read(Filter filter, int page, int size, CancellationToken ct)
    {
        var accounts = await Matching(filter, ct);
        var rows = await (
            from account in accounts.OrderByDescending(account => account.CreatedAt).ThenByDescending(account => account.Number).Skip((page - 1) * size).Take(size)
            join user in db.Set<User>() on account.UserId equals user.Id
            select new { account, user.UserName, user.Email, Open = db.Set<OpenPosition>().Count(position => position.AccountId == account.Id) }).ToListAsync(ct);
        return ([.. rows.OrderByDescending(row => row.account.CreatedAt).ThenByDescending(row => row.account.Number).Select(row => new Row(
            row.account.Id, row.account.Number, row.account.UserId, row.UserName, row.Email, row.account.PhaseName, row.account.Status,
            Money.Rounded(row.account.Size, row.account.Currency, MidpointRounding.ToZero), Money.Rounded(row.account.Balance, row.account.Currency, MidpointRounding.ToZero),
            row.account.TradingDays, row.Open, row.account.CreatedAt, row.account.EndedAt))], await accounts.CountAsync(ct));
    }

    /// <summary>The names of phases there are accounts of, for the filter.</summary>
    public async Task<IReadOnlyList<string>> Phases(CancellationToken ct) =>
        [.. (await db.Set<TradingAccount>().Select(account => account.PhaseName).Distinct().ToListAsync(ct)).Order(StringComparer.Ordinal)];

    private async Task<IQueryable<TradingAccount>> Matching(Filter filter, CancellationToken ct)
    {
        var accounts = db.Set<TradingAccount>().AsNoTracking();
        if (filter.UserId is { } userId) accounts = accounts.Where(account => account.UserId == userId);
        if (filter.State is "running") accounts = accounts.Where(IsRunning);
        else if (Enum.TryParse<TradingAccountStatus>(filter.State, true, out var status)) accounts = accounts.Where(account => account.Status == status);
        if (!string.IsNullOrWhiteSpace(filter.Phase)) accounts = accounts.Where(account => account.PhaseName == filter.Phase);
        if (!string.IsNullOrWhiteSpace(filter.Symbol)) accounts = accounts.Where(account => db.Set<OpenPosition>().Any(position => position.AccountId == account.Id && position.Symbol == filter.Symbol));
        if (filter.BreachedSince is { } since) accounts = accounts.Where(account => db.Set<BreachReceipt>().Any(breach => breach.AccountId == account.Id && breach.At >= since));
        if (filter.NearFloor)
        {
            var near = (await floors.Near(ct)).Select(row => row.AccountId).ToList();
            accounts = accounts.Where(account => near.Contains(account.Id));
        }

        return Search(accounts, filter.Search?.Trim().TrimStart('#'));
    }

    private IQueryable<TradingAccount> Search(IQueryable<TradingAccount> accounts, string? words)
    {
        if (string.IsNullOrEmpty(words)) return accounts;
        if (long.TryParse(words, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)) return accounts.Where(account => account.Number == number);

        var pattern = LikePattern.Containing(words);
        return accounts.Where(account => db.Set<User>().Any(user => user.Id == account.UserId && (EF.Functions.ILike(user.UserName, pattern) || EF.Functions.ILike(user.Email, pattern))));
    }
}
