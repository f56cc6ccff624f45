using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Analytics.OtherPlans;

/// <summary>What a trader and the firm asked of an account, read back from what came of it. Closes by stops, verdicts and the clock are not among it: the engine makes them again, or not.</summary>
/// <remarks>A position may have another number under other terms, where an order before it was refused: it is found by the client id of its order.</remarks>
internal sealed class CommandsAgain(IReadOnlyList<EngineEvent> journal, Currency currency)
{
    private readonly Dictionary<PositionNumber, string> _orderOf = journal.OfType<PositionOpened>().GroupBy(opened => opened.Position).ToDictionary(group => group.Key, group => group.First().ClientId);

    /// <summary>The fact's command for another account; null when nobody asked for it, or what it was about is not there.</summary>
    /// <param name="numbers">The other account's positions by the client id that opened them.</param>
    public AccountCommand? Of(EngineEvent fact, AccountId account, IReadOnlyDictionary<string, PositionNumber> numbers)
    {
        PositionNumber? Number(PositionNumber original) => _orderOf.TryGetValue(original, out var order) && numbers.TryGetValue(order, out var number) ? number : null;
        return fact switch
        {
            PositionOpened opened => new MarketOrder(fact.At, account, opened.ClientId, opened.Symbol, opened.Side, opened.Lots, opened.StopLoss, opened.TakeProfit),
            PositionClosed { Reason: CloseReason.Trader } closed when Number(closed.Position) is { } number =>
                new ClosePosition(fact.At, account, closed.ClientId, number, closed.LotsLeft.Value == 0 ? null : closed.Lots),
            PositionModified modified when Number(modified.Position) is { } number => new ModifyPosition(fact.At, account, modified.ClientId, number, modified.StopLoss, modified.TakeProfit),
            PayoutWithdrawn payout => new WithdrawPayout(fact.At, account, payout.ClientId, new Money(payout.Amount, currency)),
            PayoutReturned returned => new ReturnPayout(fact.At, account, returned.ClientId, new Money(returned.Amount, currency)),
            AccountClosed closed => new CloseAccount(fact.At, account, closed.ClientId, closed.Reason),
            _ => null,
        };
    }
}
