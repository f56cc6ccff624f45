using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>How an incident touched an account, the strongest way first.</summary>
public enum Touch
{
    /// <summary>A verdict rests only on the incident's quotes.</summary>
    Verdict,

    /// <summary>Its prices raised a floor that still stands.</summary>
    Floor,
    Traded,
    Held,

    /// <summary>An order found no price.</summary>
    Refused,
}

/// <summary>Where the firm stands with one account. Under review: somebody must decide; proposed: a second person must agree.</summary>
public enum TouchStatus { Noted, UnderReview, Proposed, Confirmed, Done, Stands }

/// <summary>One account an incident touched, and what is done about it. Only its trader and the firm's staff see it.</summary>
public sealed class IncidentAccount : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Guid AccountId { get; init; }
    public Guid UserId { get; init; }
    public Touch Touch { get; private set; }
    public Guid? ReceiptId { get; private set; }

    /// <summary>What the account would have been worth at the last prices before the incident; null where there are none, or no verdict.</summary>
    public decimal? SoundEquity { get; private set; }

    /// <summary>The higher floor as it stood when this was assessed, and as it would have been without the incident's quotes; null where it raised none.</summary>
    public decimal? WrongFloor { get; private set; }
    public decimal? SoundFloor { get; private set; }

    public Remedy Remedy { get; private set; }
    public TouchStatus Status { get; set; }

    /// <summary>The balance to go on with, or the credit: a suggestion until it is proposed.</summary>
    public decimal? Amount { get; set; }

    /// <summary>The firm's words, for the trader.</summary>
    public string? Words { get; private set; }

    public Guid? ProposedBy { get; private set; }
    public DateTimeOffset? ProposedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>The engine's code, when it would not do what was agreed; somebody proposes anew.</summary>
    public string? Failure { get; private set; }

    public string Subject => $"incident_account:{Id}";

    /// <summary>Known to the engine by this, so that doing it twice does it once. What is proposed anew is another wish.</summary>
    public string CommandId => FormattableString.Invariant($"incident:{Id}:{ProposedAt?.ToUnixTimeMilliseconds()}");

    public bool IsProvisional => Touch is Touch.Verdict && Status is TouchStatus.UnderReview or TouchStatus.Proposed;
    private bool IsOpen => Status is TouchStatus.UnderReview or TouchStatus.Proposed;

    /// <summary>Whether something stronger that turned up later takes the place of what was found. What somebody has decided on stays.</summary>
    public bool MayBecome(Touch touch) => touch < Touch && (Status is TouchStatus.Noted or TouchStatus.UnderReview || (Status is TouchStatus.Done && Remedy is Remedy.PauseClocks));

    /// <param name="isPausing">Its clocks stop for the time of the incident, at once.</param>
    public void Find(TouchedAccounts.Touched found, bool isPausing, DateTimeOffset at)
    {
        (Touch, ReceiptId, SoundEquity, WrongFloor, SoundFloor) = (found.Touch, found.ReceiptId, found.SoundEquity, found.WrongFloor, found.SoundFloor);
        Remedy = found.Touch is Touch.Verdict ? found.IsPause ? Remedy.Resume : Remedy.Reinstate : found.NeedsReview ? Remedy.Credit : isPausing ? Remedy.PauseClocks : Remedy.None;
        (Status, Amount, DoneAt) = (found.NeedsReview ? TouchStatus.UnderReview : isPausing ? TouchStatus.Done : TouchStatus.Noted, found.Suggested, !found.NeedsReview && isPausing ? at : null);
    }

    public Result Propose(Guid by, decimal amount, string words, DateTimeOffset at)
    {
        if (!IsOpen) return IncidentRefusal.Decided;
        if (Status is TouchStatus.Proposed) return IncidentRefusal.AlreadyProposed;

        (Status, Amount, Words, ProposedBy, ProposedAt, Failure) = (TouchStatus.Proposed, amount, words, by, at, null);
        return Result.Ok;
    }

    /// <summary>Money and verdicts take two people.</summary>
    public Result Confirm(Guid by, DateTimeOffset at)
    {
        if (Status is not TouchStatus.Proposed) return IsOpen ? IncidentRefusal.NotProposed : IncidentRefusal.Decided;
        if (ProposedBy == by) return IncidentRefusal.SamePerson;

        (Status, DecidedBy, DecidedAt) = (TouchStatus.Confirmed, by, at);
        return Result.Ok;
    }

    /// <summary>Nothing changes for the account: one person may say so.</summary>
    public Result LetStand(Guid by, string words, DateTimeOffset at)
    {
        if (!IsOpen) return IncidentRefusal.Decided;

        (Status, Words, DecidedBy, DecidedAt) = (TouchStatus.Stands, words, by, at);
        return Result.Ok;
    }

    /// <summary>The engine would not: back to where somebody proposes.</summary>
    public void Refuse(string code) =>
        (Status, Failure, ProposedBy, ProposedAt, DecidedBy, DecidedAt) = (TouchStatus.UnderReview, code, null, null, null, null);

    internal sealed class Mapping : IEntityTypeConfiguration<IncidentAccount>
    {
        public void Configure(EntityTypeBuilder<IncidentAccount> touched)
        {
            touched.ToTable("incident_accounts").HasKey(row => new { row.TenantId, row.Id });
            touched.Ignore(row => row.Subject).Ignore(row => row.CommandId).Ignore(row => row.IsProvisional);
        }
    }
}

internal static class LockedTouches
{
    /// <summary>The row, locked until the transaction ends: two who decide at once take turns.</summary>
    public static Task<IncidentAccount?> LockedTouch(this TradeSenseDb db, Guid id, CancellationToken ct) =>
        db.Set<IncidentAccount>().FromSql($"select * from incident_accounts where id = {id} for update").AsTracking().SingleOrDefaultAsync(ct);
}
