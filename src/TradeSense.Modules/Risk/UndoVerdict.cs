using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Risk;

/// <summary>
/// Has the engine go on with an account that a verdict ended, or paused for the day: an appeal overturned, an incident's remedy. The receipt and the journal stay as they are;
/// the reinstatement is one more entry. Call it where it is tried again, from an outbox handler: the engine may be busy.
/// </summary>
public sealed class UndoVerdict(TradeSenseDb db, TradingDesk desk, TimeProvider clock)
{
    /// <param name="ClientId">Names the decision, so that asking twice reinstates once: <c>appeal:…</c>, <c>incident:…</c>.</param>
    /// <param name="Reason">For the journal, without anybody's name.</param>
    /// <param name="Balance">What the account goes on with; null is the balance just before the verdict, its forced closes undone in money.</param>
    public sealed record Request(Guid ReceiptId, string ClientId, string Reason, decimal? Balance = null);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        if (await db.Set<BreachReceipt>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.ReceiptId, ct) is not { } receipt) return TradingRefusal.UnknownAccount;

        var account = await db.Set<TradingAccount>().AsNoTracking().SingleAsync(row => row.Id == receipt.AccountId, ct);
        var balance = Money.Rounded(request.Balance ?? receipt.ReadEvidence().BalanceBefore, account.Currency, MidpointRounding.AwayFromZero);
        var outcome = await desk.Send(new ReinstateAccount(clock.GetUtcNow(), new AccountId(account.Id), request.ClientId, balance, request.Reason), ct);
        if (outcome is not CommandOutcome.Refused { Reason: var reason }) return Result.Ok;

        // The account stands in the database: an engine that does not know it has yet to read it, and may be asked again.
        return reason == RejectReason.UnknownAccount ? TradingRefusal.Busy : TradingRefusal.Of(reason);
    }
}
