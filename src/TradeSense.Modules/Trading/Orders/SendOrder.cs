using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>The last step of every trader's order: is the account this trader's, at this brand; then to the desk, and its answer as a refusal or the facts.</summary>
/// <remarks>Orders are not repeated in the audit trail: the account's own hash-chained journal holds each of them.</remarks>
public sealed class SendOrder(OrderSubjects subjects, CurrentTenant tenant, TradingDesk desk)
{
    /// <summary>Room for a UUID and a prefix; printable ASCII only.</summary>
    private const int LongestClientId = 64;

    /// <summary>Null when the account is this person's, else why nothing is sent. Whether it still trades the desk says, which also knows a command sent before.</summary>
    public async Task<Refusal?> Check(Guid accountId, Guid userId, string clientId, CancellationToken ct)
    {
        if (!await subjects.Owns(tenant.Id, userId, accountId, ct)) return TradingRefusal.UnknownAccount;
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

    /// <summary>
    /// The answer to an order in an instrument that does not exist. The desk gives it: whether the account trades at all comes first. A size of zero
    /// could not trade whatever the symbol meant to the engine.
    /// </summary>
    internal async Task<Refusal> UnknownInstrument(Guid accountId, string clientId, string? symbol, CancellationToken ct)
    {
        var named = symbol is { Length: <= LongestClientId } ? symbol : "";
        return (await Run(new MarketOrder(DateTimeOffset.UnixEpoch, new AccountId(accountId), clientId, named, Side.Buy, default, null, null), null, "", ct)).Refusal!;
    }

    /// <summary>The same for a position that never was: to close none of it.</summary>
    internal async Task<Refusal> UnknownPosition(Guid accountId, string clientId, int position, CancellationToken ct) =>
        (await Run(new Engine.Inputs.ClosePosition(DateTimeOffset.UnixEpoch, new AccountId(accountId), clientId, new PositionNumber(position), new Lots(0m)), null, "", ct)).Refusal!;

    /// <summary>Reads what was typed for a position; null when there never was one of this number. Whether it is still open the desk tells.</summary>
    internal async Task<OrderForm?> FormOfPosition(Guid accountId, int number, CancellationToken ct) => FormOf(await subjects.SymbolOf(tenant.Id, accountId, number, ct));

    internal Task<OrderSubjects.Waiting?> WaitingOrder(Guid accountId, int number, CancellationToken ct) => subjects.WaitingOf(tenant.Id, accountId, number, ct);

    internal static OrderForm? FormOf(string? symbol, string prefix = "") =>
        Engine.Instruments.InstrumentCatalog.All.FirstOrDefault(instrument => instrument.Symbol == symbol) is { } instrument ? new OrderForm(instrument, prefix) : null;
}
