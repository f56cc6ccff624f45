using TradeSense.Engine.Inputs;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Trading;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>A second person agrees: the verdict is overturned, and the engine reinstates the account.</summary>
public sealed class ConfirmOverturn(TradeSenseDb db, Outbox outbox, TellAppellant tell, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result> Run(Guid appealId, Guid by, CancellationToken ct)
    {
        if (await db.LockedAppeal(appealId, ct) is not { } appeal) return AppealRefusal.Unknown;

        var confirmed = appeal.Confirm(by, clock.GetUtcNow());
        if (confirmed.IsRefused) return confirmed;

        await db.SaveChangesAsync(ct);
        outbox.Add(ReinstateAppellant.MessageKind, appeal.CommandId, appeal.Id);
        await tell.Run(appeal, "appeal.overturned", "Your appeal was answered: the verdict is overturned", $"{appeal.Reason} Your account is being reinstated; you are told when it trades again.", ct);
        await audit.Record("appeal.overturned", appeal.Subject, new { appeal.ProposedBy, DecidedBy = by, appeal.Balance }, ct);
        return Result.Ok;
    }
}

/// <summary>Has the engine reinstate the account of an appeal that was granted; known to it by the appeal, so that asking twice reinstates once.</summary>
internal sealed class ReinstateAppellant(TradeSenseDb db, UndoVerdict undo, NotifyStaff notifyStaff, TellAppellant tell, AuditTrail audit, TimeProvider clock) : IOutboxHandler
{
    public const string MessageKind = "risk.reinstate_appellant";

    public string Kind => MessageKind;

    public async Task Handle(OutboxMessage message, CancellationToken ct)
    {
        if (await db.LockedAppeal(message.Read<Guid>(), ct) is not { Status: AppealStatus.Overturned, ReinstatedAt: null } appeal) return;

        var undone = await undo.Run(new UndoVerdict.Request(appeal.ReceiptId, appeal.CommandId, "An appeal was decided for the trader.", appeal.Balance), ct);
        if (undone.Refusal == TradingRefusal.Busy) throw new InvalidOperationException("The engine is busy; the account is reinstated later.");
        if (!undone.IsRefused)
        {
            appeal.Reinstated(clock.GetUtcNow());
            if (appeal.Attempts > 0) await tell.Run(appeal, "appeal.reinstated", "Your account trades again", "What kept your account from being started again was put right.", ct);
            return;
        }

        appeal.Fail(undone.Refusal.Code);
        await audit.Record("appeal.not_reinstated", appeal.Subject, new { Reason = undone.Refusal.Code }, ct);
        await notifyStaff.Run(new(Permission.DecideAppeals, "appeal.not_reinstated", "An account could not be reinstated", $"The engine refused: {undone.Refusal.Code}. Try again, or with another balance.", $"/firm/appeals?id={appeal.Id}"), ct);
        await tell.Run(appeal, "appeal.not_reinstated", "Your account could not be started again yet", "The verdict stays overturned. Starting the account again did not work; the people who decide were told and put it right. You are told when it trades.", ct);
    }
}
