using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>Upheld: the verdict stands. Overturned: two people agreed that it does not.</summary>
public enum AppealStatus { Open, OverturnProposed, Upheld, Overturned }

/// <summary>A trader says that a verdict is wrong; the firm answers within the time it promised.</summary>
public sealed class Appeal : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid ReceiptId { get; init; }
    public Guid AccountId { get; init; }
    public Guid UserId { get; init; }
    public AppealStatus Status { get; private set; }
    public required string Grounds { get; init; }
    public DateTimeOffset FiledAt { get; init; }

    /// <summary>The promise as it stood then.</summary>
    public int PromisedHours { get; init; }

    public DateTimeOffset DueAt { get; init; }
    public Guid? ProposedBy { get; private set; }
    public DateTimeOffset? ProposedAt { get; private set; }

    /// <summary>What the account goes on with, once overturned.</summary>
    public decimal? Balance { get; private set; }

    public Guid? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>The firm's words, for the trader.</summary>
    public string? Reason { get; private set; }

    public DateTimeOffset? ReinstatedAt { get; private set; }

    /// <summary>The engine's code, when it would not reinstate the account; null again while another attempt is made.</summary>
    public string? Failure { get; private set; }

    /// <summary>How often reinstating was tried again.</summary>
    public int Attempts { get; private set; }

    /// <summary>Another balance to try it with, until a second person agrees.</summary>
    public decimal? RetryBalance { get; private set; }

    public Guid? RetryBy { get; private set; }

    public DateTimeOffset? WarnedAt { get; set; }
    public DateTimeOffset? OverdueToldAt { get; set; }

    public bool IsDecided => Status is AppealStatus.Upheld or AppealStatus.Overturned;
    public string Subject => $"appeal:{Id}";

    /// <summary>The engine answers the same id with the same outcome for ever, so that each attempt has its own.</summary>
    public string CommandId => Attempts == 0 ? Subject : $"{Subject}:{Attempts}";

    /// <summary>The trader was told that the verdict is overturned, and the account does not trade.</summary>
    public bool IsStuck => Status is AppealStatus.Overturned && ReinstatedAt is null && Failure is not null;

    public bool IsOverdue(DateTimeOffset now) => !IsDecided && DueAt <= now;

    public Result Uphold(Guid by, string reason, DateTimeOffset at)
    {
        if (IsDecided) return AppealRefusal.Decided;
        if (UserId == by) return AppealRefusal.OwnCase;

        (Status, DecidedBy, DecidedAt, Reason) = (AppealStatus.Upheld, by, at, reason);
        return Result.Ok;
    }

    public Result Propose(Guid by, string reason, decimal balance, DateTimeOffset at)
    {
        if (IsDecided) return AppealRefusal.Decided;
        if (Status is AppealStatus.OverturnProposed) return AppealRefusal.AlreadyProposed;
        if (UserId == by) return AppealRefusal.OwnCase;

        (Status, ProposedBy, ProposedAt, Balance, Reason) = (AppealStatus.OverturnProposed, by, at, balance, reason);
        return Result.Ok;
    }

    public Result Confirm(Guid by, DateTimeOffset at)
    {
        if (Status is not AppealStatus.OverturnProposed) return IsDecided ? AppealRefusal.Decided : AppealRefusal.NotProposed;
        if (ProposedBy == by) return AppealRefusal.SamePerson;
        if (UserId == by) return AppealRefusal.OwnCase;

        (Status, DecidedBy, DecidedAt) = (AppealStatus.Overturned, by, at);
        return Result.Ok;
    }

    /// <summary>Another balance for an account that could not be reinstated; nothing is tried before a second person agrees.</summary>
    public Result ProposeRetry(Guid by, decimal balance)
    {
        if (!IsStuck) return AppealRefusal.NotStuck;
        if (UserId == by) return AppealRefusal.OwnCase;

        (RetryBalance, RetryBy) = (balance, by);
        return Result.Ok;
    }

    /// <summary>Tries again: with the balance decided, or, where another was proposed, with that.</summary>
    public Result Retry(Guid by)
    {
        if (!IsStuck) return AppealRefusal.NotStuck;
        if (UserId == by) return AppealRefusal.OwnCase;
        if (RetryBy == by) return AppealRefusal.SamePerson;

        (Balance, RetryBalance, RetryBy, Failure, Attempts) = (RetryBalance ?? Balance, null, null, null, Attempts + 1);
        return Result.Ok;
    }

    public void Reinstated(DateTimeOffset at) => ReinstatedAt = at;

    public void Fail(string code) => Failure = code;

    internal sealed class Mapping : IEntityTypeConfiguration<Appeal>
    {
        public void Configure(EntityTypeBuilder<Appeal> appeal)
        {
            appeal.ToTable("appeals").HasKey(row => new { row.TenantId, row.Id });
            appeal.Ignore(row => row.IsDecided).Ignore(row => row.Subject).Ignore(row => row.CommandId).Ignore(row => row.IsStuck);
        }
    }
}

internal static class LockedAppeals
{
    /// <summary>The account stands as this verdict left it: it has failed, and not again since.</summary>
    public static async Task<bool> IsLastWord(this TradeSenseDb db, BreachReceipt receipt, CancellationToken ct) =>
        receipt.Effect is BreachEffect.Fail
        && await db.Set<TradingAccount>().AnyAsync(row => row.Id == receipt.AccountId && row.Status == TradingAccountStatus.Failed, ct)
        && !await db.Set<BreachReceipt>().AnyAsync(row => row.AccountId == receipt.AccountId && row.JournalSequence > receipt.JournalSequence, ct);

    /// <summary>The row, locked until the transaction ends: two who decide at once take turns.</summary>
    public static Task<Appeal?> LockedAppeal(this TradeSenseDb db, Guid id, CancellationToken ct) =>
        db.Set<Appeal>().FromSql($"select * from appeals where id = {id} for update").AsTracking().SingleOrDefaultAsync(ct);
}
