using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

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

    /// <summary>The engine's code, when it would not reinstate the account.</summary>
    public string? Failure { get; private set; }

    public DateTimeOffset? WarnedAt { get; set; }
    public DateTimeOffset? OverdueToldAt { get; set; }

    public bool IsDecided => Status is AppealStatus.Upheld or AppealStatus.Overturned;
    public string Subject => $"appeal:{Id}";

    public bool IsOverdue(DateTimeOffset now) => !IsDecided && DueAt <= now;

    public Result Uphold(Guid by, string reason, DateTimeOffset at)
    {
        if (IsDecided) return AppealRefusal.Decided;

        (Status, DecidedBy, DecidedAt, Reason) = (AppealStatus.Upheld, by, at, reason);
        return Result.Ok;
    }

    public Result Propose(Guid by, string reason, decimal balance, DateTimeOffset at)
    {
        if (IsDecided) return AppealRefusal.Decided;
        if (Status is AppealStatus.OverturnProposed) return AppealRefusal.AlreadyProposed;

        (Status, ProposedBy, ProposedAt, Balance, Reason) = (AppealStatus.OverturnProposed, by, at, balance, reason);
        return Result.Ok;
    }

    public Result Confirm(Guid by, DateTimeOffset at)
    {
        if (Status is not AppealStatus.OverturnProposed) return IsDecided ? AppealRefusal.Decided : AppealRefusal.NotProposed;
        if (ProposedBy == by) return AppealRefusal.SamePerson;

        (Status, DecidedBy, DecidedAt) = (AppealStatus.Overturned, by, at);
        return Result.Ok;
    }

    public void Reinstated(DateTimeOffset at) => ReinstatedAt = at;

    public void Fail(string code) => Failure = code;

    internal sealed class Mapping : IEntityTypeConfiguration<Appeal>
    {
        public void Configure(EntityTypeBuilder<Appeal> appeal)
        {
            appeal.ToTable("appeals").HasKey(row => new { row.TenantId, row.Id });
            appeal.Ignore(row => row.IsDecided).Ignore(row => row.Subject);
        }
    }
}

internal static class LockedAppeals
{
    /// <summary>The row, locked until the transaction ends: two who decide at once take turns.</summary>
    public static Task<Appeal?> LockedAppeal(this TradeSenseDb db, Guid id, CancellationToken ct) =>
        db.Set<Appeal>().FromSql($"select * from appeals where id = {id} for update").AsTracking().SingleOrDefaultAsync(ct);
}
