using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Kyc;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Analytics;

/// <summary>The firm's traders, newest first, found by name, e-mail or country and narrowed by where they stand.</summary>
public sealed class TraderList(TradeSenseDb db)
{
    /// <summary>Buyer: has bought a challenge. Waiting: the identity check waits for the firm.</summary>
    public enum Standing { All, Buyer, Funded, Waiting, Unconfirmed }

    public sealed record Filter(string? Search = null, Standing Standing = Standing.All);

    public sealed record Row(
        Guid Id, string UserName, string Email, string Country, UserStatus Status, bool IsConfirmed, KycStatus Kyc, int Tier, int Challenges, int RunningAccounts, bool IsFunded, DateTimeOffset RegisteredAt);

    public async Task<(IReadOnlyList<Row> Rows, int Total)> Read(Filter filter, int page, int size, CancellationToken ct)
    {
        var traders = Matching(filter);
        var rows = await Rows(traders.OrderByDescending(user => user.CreatedAt).ThenBy(user => user.Id).Skip((page - 1) * size).Take(size)).ToListAsync(ct);
        return ([.. rows.OrderByDescending(row => row.RegisteredAt).ThenBy(row => row.Id)], await traders.CountAsync(ct));
    }

    /// <summary>One trader; null for staff, strangers and unknown ids alike.</summary>
    public Task<Row?> Find(Guid userId, CancellationToken ct) => Rows(Traders().Where(user => user.Id == userId)).SingleOrDefaultAsync(ct);

    private IQueryable<User> Traders() => db.Set<User>().AsNoTracking().Where(user => user.Role == Role.Trader);

    private IQueryable<User> Matching(Filter filter)
    {
        var traders = filter.Standing switch
        {
            Standing.All => Traders(),
            Standing.Buyer => Traders().Where(user => db.Set<Challenge>().Any(challenge => challenge.UserId == user.Id)),
            Standing.Funded => Traders().Where(user => db.Set<Challenge>().Any(challenge => challenge.UserId == user.Id && challenge.Status == ChallengeStatus.Funded)),
            Standing.Waiting => Traders().Where(user => db.Set<KycCase>().Any(kyc => kyc.UserId == user.Id && kyc.Status == KycStatus.Submitted)),
            Standing.Unconfirmed => Traders().Where(user => user.EmailConfirmedAt == null),
            _ => throw new ArgumentOutOfRangeException(nameof(filter)),
        };
        if (string.IsNullOrWhiteSpace(filter.Search)) return traders;

        var words = filter.Search.Trim();
        var (pattern, country) = (LikePattern.Containing(words), words.ToUpperInvariant());
        return traders.Where(user => EF.Functions.ILike(user.UserName, pattern) || EF.Functions.ILike(user.Email, pattern) || user.Country == country);
    }

    private IQueryable<Row> Rows(IQueryable<User> users) =>
        from user in users
        join kyc in db.Set<KycCase>() on user.Id equals kyc.UserId into cases
        from kyc in cases.DefaultIfEmpty()
        select new Row(
            user.Id, user.UserName, user.Email, user.Country, user.Status, user.EmailConfirmedAt != null, kyc == null ? KycStatus.None : kyc.Status, kyc == null ? 0 : kyc.Tier,
            db.Set<Challenge>().Count(challenge => challenge.UserId == user.Id),
            db.Set<TradingAccount>().Where(AccountList.IsRunning).Count(account => account.UserId == user.Id),
            db.Set<Challenge>().Any(challenge => challenge.UserId == user.Id && challenge.Status == ChallengeStatus.Funded), user.CreatedAt);
}
