using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>The last step of every trader's order: is the account this trader's, at this brand; then to the desk, and its answer as a refusal or the facts.</summary>
/// <remarks>Orders are not repeated in the audit trail: the account's own hash-chained journal holds each of them.</remarks>
public sealed class SendOrder(TradeSenseDb db, TradingDesk desk)
{
    /// <summary>Room for a UUID and a prefix; printable ASCII only.</summary>
    private const int LongestClientId = 64;

    /// <summary>Null when the account may be traded by this person, else why not. First in the documented order of refusals.</summary>
    public async Task<Refusal?> Check(Guid accountId, Guid userId, string clientId, CancellationToken ct)
    {
        var account = await db.Set<TradingAccount>().AsNoTracking().Where(row => row.Id == accountId && row.UserId == userId).Select(row => new { row.Status }).SingleOrDefaultAsync(ct);
        if (account is null) return TradingRefusal.UnknownAccount;
        if (account.Status is TradingAccountStatus.Failed or TradingAccountStatus.Passed or TradingAccountStatus.Closed) return TradingRefusal.AccountNotActive;
        return clientId.Length is 0 or > LongestClientId || clientId.Any(letter => letter is < '!' or > '~') ? TradingRefusal.InvalidClientId : null;
    }

    /// <param name="form">What was read for the command, to say beside which field it was wrong; null where nothing was typed.</param>
    /// <param name="priceField">The field a refused price stands in when the form cannot tell.</param>
    internal async Task<Result<CommandOutcome.Accepted>> Run(AccountCommand command, OrderForm? form, string priceField, CancellationToken ct)
    {
        try
        {
            return await desk.Send(command, ct) switch
            {
                CommandOutcome.Accepted accepted => accepted,
                CommandOutcome.Refused refused => form?.Of(refused.Reason, priceField) ?? TradingRefusal.Of(refused.Reason),
                _ => throw new InvalidOperationException("An outcome is either accepted or refused."),
            };
        }
        catch (UnknownOutcomeException)
        {
            return TradingRefusal.OutcomeUnknown;
        }
    }

    /// <summary>The symbol of an open position, by which what was typed for it is read; null when it is gone, which the desk tells.</summary>
    internal async Task<OrderForm?> FormOfPosition(Guid accountId, int number, CancellationToken ct) => FormOf(await db.Set<OpenPosition>().AsNoTracking()
        .Where(position => position.AccountId == accountId && position.Number == number).Select(position => position.Symbol).SingleOrDefaultAsync(ct));

    internal static OrderForm? FormOf(string? symbol, string prefix = "") =>
        Engine.Instruments.InstrumentCatalog.All.FirstOrDefault(instrument => instrument.Symbol == symbol) is { } instrument ? new OrderForm(instrument, prefix) : null;
}
