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

        var done = touched.Remedy switch
        {
            Remedy.Reinstate => await Reinstate(touched, ct),
            Remedy.Resume => await Resume(touched, ct),
            _ => await Credit(touched, touched.CommandId, touched.Amount!.Value, ct),
        };
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

    /// <summary>Where a new trading day has ended the pause meanwhile, what is left to give back is the money.</summary>
    private async Task<Result> Resume(IncidentAccount touched, CancellationToken ct)
    {
        var resumed = await Reinstate(touched, ct);
        if (resumed.Refusal?.Code != TradingRefusal.AccountNotFailed.Code) return resumed;

        var left = await db.Set<BreachReceipt>().AsNoTracking().Where(row => row.Id == touched.ReceiptId).Select(row => row.Equity).SingleAsync(ct);
        return touched.Amount > left ? await Credit(touched, touched.CommandId + "c", touched.Amount.Value - left, ct) : Result.Ok;
    }

    private async Task<Result> Credit(IncidentAccount touched, string clientId, decimal amount, CancellationToken ct)
    {
        var currency = await db.Set<TradingAccount>().AsNoTracking().Where(row => row.Id == touched.AccountId).Select(row => row.Currency).SingleAsync(ct);
        var credit = Money.Rounded(amount, currency, MidpointRounding.AwayFromZero);
        var outcome = await desk.Send(new CreditAccount(clock.GetUtcNow(), new AccountId(touched.AccountId), clientId, credit, "An incident's remedy."), ct);
        return outcome is CommandOutcome.Refused { Reason: var reason } ? TradingRefusal.Of(reason) : Result.Ok;
    }

    private async Task Tell(IncidentAccount touched, CancellationToken ct)
    {
        var user = await db.Set<User>().AsNoTracking().SingleAsync(row => row.Id == touched.UserId, ct);
        var title = touched.Remedy switch
        {
            Remedy.Reinstate => "Your account is reinstated",
            Remedy.Resume => "The pause of your account was undone",
            _ => "Your account was credited",
        };
        await notify.Run(new(user.Id, user.Email, "incident.remedied", title, touched.Words ?? "", $"/trader/accounts/{touched.AccountId}"), ct);
    }
}
