using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>A phase begins: its account gets a number at once, and the engine opens it as soon as this transaction is committed.</summary>
public sealed class OpenTradingAccount(TradeSenseDb db, CurrentTenant tenant, Outbox outbox, TradingOptions options, TimeProvider clock)
{
    internal const string Message = "trading.open_account";
    private const long FirstNumber = 100_001;

    /// <param name="ShardApart">Set where an engine runs apart from the live one and opens the account itself.</param>
    public sealed record Request(Guid AccountId, Guid UserId, Guid ChallengeId, int PhaseIndex, string PhaseName, AccountTerms Terms, int? ShardApart = null);

    /// <summary>What the outbox carries to the engine.</summary>
    internal sealed record Opening(Guid AccountId);

    /// <summary>The account's number. Asked again for the same account it does nothing and says the same.</summary>
    public async Task<Result<long>> Run(Request request, CancellationToken ct)
    {
        if (await NumberOf(request.AccountId, ct) is { } existing) return existing;

        // Numbers are counted per brand, so openings of one brand take turns until they commit.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"account-number:" + tenant.Id}, 0))", ct);
        if (await NumberOf(request.AccountId, ct) is { } meanwhile) return meanwhile;

        var number = (await db.Set<TradingAccount>().MaxAsync(account => (long?)account.Number, ct) ?? FirstNumber - 1) + 1;
        db.Add(new TradingAccount
        {
            Id = request.AccountId, UserId = request.UserId, ChallengeId = request.ChallengeId, Number = number, PhaseIndex = request.PhaseIndex,
            PhaseName = request.PhaseName, Status = TradingAccountStatus.Opening, Currency = request.Terms.Currency, Terms = request.Terms,
            CreatedAt = clock.GetUtcNow(), ShardKey = TradingAccount.ShardKeyOf(request.AccountId), ShardApart = request.ShardApart ?? options.OpensApart, Balance = request.Terms.InitialBalance,
            JournalHead = JournalEntry.Root,
        });
        if (request.ShardApart is null) outbox.Add(Message, request.AccountId.ToString(), new Opening(request.AccountId));
        await db.SaveChangesAsync(ct);
        return number;
    }

    private Task<long?> NumberOf(Guid account, CancellationToken ct) =>
        db.Set<TradingAccount>().AsNoTracking().Where(row => row.Id == account).Select(row => (long?)row.Number).SingleOrDefaultAsync(ct);
}
