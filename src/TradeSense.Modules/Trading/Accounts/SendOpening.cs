using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>Carries a new account from the outbox to its shard. The shard knows the command by its client id, so sending it twice opens it once.</summary>
internal sealed class SendOpening(TradeSenseDb db, TradingDesk desk, TimeProvider clock) : IOutboxHandler
{
    private const string ClientId = "open";

    public string Kind => OpenTradingAccount.Message;

    public async Task Handle(OutboxMessage message, CancellationToken ct)
    {
        var id = message.Read<OpenTradingAccount.Opening>().AccountId;
        var account = await db.Set<TradingAccount>().AsNoTracking().SingleAsync(row => row.Id == id, ct);
        var opening = new OpenAccount(clock.GetUtcNow(), new AccountId(id), ClientId, account.Terms);
        var outcome = await desk.Send(opening, ct);
        if (outcome is CommandOutcome.Refused { Reason: not RejectReason.AccountNotActive } refused)
            throw new InvalidOperationException($"The engine did not open account {id}: {refused.Reason.Code()}.");
    }
}
