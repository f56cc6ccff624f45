using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>Has the engine do what two people agreed on, known to it by the decision, so that doing it twice does it once; then tells the trader.</summary>
internal sealed class CarryOutRemedy(TradeSenseDb db, UndoVerdict undo, TradingDesk desk, NotifyUser notify, AuditTrail audit, TimeProvider clock) : IOutboxHandler
{
    public const string MessageKind = "risk.carry_out_remedy";

    public string Kind => MessageKind;

    public async Task Handle(OutboxMessage message, CancellationToken ct)
    {
        if (await db.LockedTouch(message.Read<Guid>(), ct) is not { Status: TouchStatus.Confirmed } touched) return;

        var done = touched.Remedy is Remedy.Reinstate ? await Reinstate(touched, ct) : await Credit(touched, ct);
        if (done.Refusal == TradingRefusal.Busy) throw new InvalidOperationException("The engine is busy; the remedy is carried out later.");

        if (done.IsRefused) touched.Refuse(done.Refusal.Code);
        else (touched.Status, touched.DoneAt) = (TouchStatus.Done, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await audit.Record(done.IsRefused ? "incident.remedy_refused" : "incident.remedied", touched.Subject, new { touched.Remedy, touched.Amount, touched.Failure }, ct);
        if (!done.IsRefused) await Tell(touched, ct);
    }

    /// <summary>The time from the verdict to now counts against no limit.</summary>
    private async Task<Result> Reinstate(IncidentAccount touched, CancellationToken ct)
    {
        var undone = await undo.Run(new UndoVerdict.Request(touched.ReceiptId!.Value, touched.CommandId, "The verdict rested on prices of an incident.", touched.Amount), ct);
        if (undone.IsRefused) return undone;

        var failedAt = await db.Set<BreachReceipt>().AsNoTracking().Where(row => row.Id == touched.ReceiptId).Select(row => row.At).SingleAsync(ct);
        await db.PauseClocks(touched.AccountId, touched.IncidentId, failedAt, clock.GetUtcNow(), ct);
        return Result.Ok;
    }

    private async Task<Result> Credit(IncidentAccount touched, CancellationToken ct)
    {
        var currency = await db.Set<TradingAccount>().AsNoTracking().Where(row => row.Id == touched.AccountId).Select(row => row.Currency).SingleAsync(ct);
        var outcome = await desk.Send(new CreditAccount(clock.GetUtcNow(), new AccountId(touched.AccountId), touched.CommandId, new Money(touched.Amount!.Value, currency), "An incident's remedy."), ct);
        return outcome is CommandOutcome.Refused { Reason: var reason } ? TradingRefusal.Of(reason) : Result.Ok;
    }

    private async Task Tell(IncidentAccount touched, CancellationToken ct)
    {
        var user = await db.Set<User>().AsNoTracking().SingleAsync(row => row.Id == touched.UserId, ct);
        var title = touched.Remedy is Remedy.Reinstate ? "Your account is reinstated" : "Your account was credited";
        await notify.Run(new(user.Id, user.Email, "incident.remedied", title, touched.Words ?? "", $"/trader/accounts/{touched.AccountId}"), ct);
    }
}
