using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.Api;

/// <summary>A trader makes a key for a program of theirs. Its secret is in the answer and nowhere else; a mail tells of it, in case it was somebody else.</summary>
public sealed class CreateApiKey(TradeSenseDb db, CurrentTenant tenant, AuditTrail audit, NotifyUser notify, TimeProvider clock)
{
    /// <summary>How long a key may work, in days.</summary>
    public static IReadOnlyList<int> Lives { get; } = [7, 30, 90, 365];

    /// <param name="Accounts">Ignored where the key is for all.</param>
    public sealed record Request(Guid UserId, string Email, string Name, bool MayTrade, bool AllAccounts, IReadOnlyList<Guid> Accounts, int Days);

    public sealed record Created(Guid Id, string Name, string Secret, DateTimeOffset ExpiresAt);

    public async Task<Result<Created>> Run(Request request, CancellationToken ct)
    {
        var name = request.Name.Trim();
        if (name.Length is 0 or > ApiKey.LongestName || name.Any(char.IsControl)) return ApiKeyRefusal.NameMissing.With(ApiKey.LongestName);
        if (!Lives.Contains(request.Days)) return ApiKeyRefusal.LifeUnknown;

        // Whoever makes two at once waits for the other, so that the limit holds.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"api-keys:{tenant.Id}:{request.UserId}"}, 0))", ct);
        var now = clock.GetUtcNow();
        var live = await db.Set<ApiKey>().CountAsync(key => key.UserId == request.UserId && key.RevokedAt == null && key.ExpiresAt > now, ct);
        if (live >= ApiKey.MostLive) return ApiKeyRefusal.TooMany.With(ApiKey.MostLive);

        var asked = request.AllAccounts ? [] : request.Accounts.Distinct().ToArray();
        var own = await db.Set<TradingAccount>().CountAsync(account => account.UserId == request.UserId && asked.Contains(account.Id), ct);
        if (own != asked.Length || (!request.AllAccounts && asked.Length == 0)) return ApiKeyRefusal.NoAccount;

        return await Add(request, name, asked, now, ct);
    }

    private async Task<Result<Created>> Add(Request request, string name, Guid[] accounts, DateTimeOffset now, CancellationToken ct)
    {
        var secret = ApiKey.NewSecret();
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(now), UserId = request.UserId, Name = name, KeyHash = ApiKey.HashOf(secret)!, Hint = ApiKey.HintOf(secret), MayTrade = request.MayTrade,
            AllAccounts = request.AllAccounts, Accounts = accounts, CreatedAt = now, ExpiresAt = now + TimeSpan.FromDays(request.Days),
        };
        db.Add(key);
        await audit.Record("api_key.created", $"api_key:{key.Id}", new { key.Name, key.MayTrade, key.AllAccounts, key.Accounts, key.ExpiresAt }, ct);
        var may = key.MayTrade ? "read your accounts and trade" : "read your accounts";
        await notify.Run(new(request.UserId, request.Email, "api_key.created", "A new API key was made",
            $"The key “{name}” lets a program {may} until {key.ExpiresAt:yyyy-MM-dd}. If it was not you who made it, revoke it and change your password at once.", "/trader/profile/api-keys"), ct);
        return new Created(key.Id, name, secret, key.ExpiresAt);
    }
}
