using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests;

/// <summary>
/// Looks at every event and at accounts after every input, in plain decimals and without a look at the engine's integers, bands or sorted sets: nothing may have
/// happened that the rules do not say, and nothing they say may have been left out.
/// </summary>
internal sealed class PlainWitness(TradingEngine engine)
{
    private readonly Dictionary<(AccountId, PositionNumber), decimal> _open = [];
    private readonly Dictionary<(AccountId, OrderNumber), OrderState> _waiting = [];
    private readonly Dictionary<(AccountId, OrderNumber Group), int> _fillsOfOco = [];
    private readonly Dictionary<(AccountId, PositionNumber), (decimal? Distance, decimal? Stop)> _trailed = [];
    private readonly Dictionary<AccountId, decimal> _booked = [];
    private readonly HashSet<AccountId> _ended = [];
    private readonly Dictionary<AccountId, AccountTerms> _terms = [];

    private (AccountId Account, OrderState Order)? _filled;

    public int Fills { get; private set; }
    public int PendingFills { get; private set; }
    public int Verdicts { get; private set; }
    public int Credits { get; private set; }
    public int Reinstatements { get; private set; }

    public void See(EngineEvent happened)
    {
        Assert.False(_ended.Contains(happened.Account) && happened is PositionOpened or OrderPlaced or OrderTriggered, $"{happened} after the end");
        switch (happened)
        {
            case AccountOpened e: _terms.Add(e.Account, e.Terms); break;
            case PositionOpened e: Opened(e); break;
            case PositionClosed e: Closed(e); break;
            case PositionModified e: _trailed.Remove((e.Account, e.Position)); break;
            case PositionGuarded e: _trailed.Remove((e.Account, e.Position)); break;
            case SwapCharged e: Book(e.Account, e.Amount); break;
            case PayoutWithdrawn e: Book(e.Account, -e.Amount); break;
            case PayoutReturned e: Book(e.Account, e.Amount); break;
            case AccountCredited e: Credits++; Book(e.Account, e.Amount); break;
            case AccountReinstated e: Reinstated(e); break;
            case OrderPlaced e: Assert.False(e.Order.ExpiresAt <= e.At); _waiting.Add((e.Account, e.Order.Number), e.Order); break;
            case OrderModified e: _waiting[(e.Account, e.Order.Number)] = e.Order; break;
            case OrderTriggered e: Triggered(e); break;
            case OrderCancelled e: Assert.True(_waiting.Remove((e.Account, e.Order))); break;
            case AccountFailed or AccountPaused: Verdicts++; End(happened.Account); break;
            case PhasePassed or AccountClosed: End(happened.Account); break;
            case AccountResumed: _ended.Remove(happened.Account); break;
        }
    }

    /// <summary>After an input: what must be true of the account now.</summary>
    public void Look(AccountId account)
    {
        if (engine.View(account) is not { } view) return;
        var state = view.State;
        Assert.Equal(state.Terms.InitialBalance + _booked.GetValueOrDefault(account), state.Balance);
        Assert.Equal(_waiting.Where(o => o.Key.Item1 == account).Select(o => o.Key.Item2).Order(), state.Orders.Select(o => o.Number));

        var floating = 0m;
        foreach (var position in state.Positions)
        {
            Assert.Equal(_open[(account, position.Number)], position.Lots.Value);
            floating += ProfitOf(position, state.Terms);
            NothingMissed(position, state);
        }

        Assert.InRange(floating - view.Floating, -0.000_000_001m, 0.000_000_001m);
        Assert.Equal(state.Balance + view.Floating, view.Equity);
        if (state.Status != AccountStatus.Active) return;

        foreach (var order in state.Orders) Assert.False(IsReached(order, state.Terms, order.IsTriggered) && CanValue(order.Symbol, state.Terms), $"{order} was reached at {engine.LastQuote(order.Symbol)}");
        if (state.Terms.DailyLoss is { Evaluate: Evaluation.Tick } daily) Within(daily.Compare, view.Equity, state.DailyFloor!.Value);
        if (state.Terms.OverallLoss is { } overall) Within(overall.Compare, view.Equity, state.OverallFloor!.Value);
    }

    /// <summary>Only what a verdict ended or paused goes on, with the balance stated and nothing open.</summary>
    private void Reinstated(AccountReinstated e)
    {
        Reinstatements++;
        Assert.True(_ended.Remove(e.Account), $"{e} of an account that trades");
        Book(e.Account, e.Correction);
        Assert.Equal(_terms[e.Account].InitialBalance + _booked[e.Account], e.Balance);
        Assert.DoesNotContain(_open, position => position.Key.Item1 == e.Account && position.Value != 0);
    }

    private void Opened(PositionOpened e)
    {
        Fills++;
        var key = (e.Account, e.Position);
        _open[key] = _open.GetValueOrDefault(key) + e.Lots.Value;
        Book(e.Account, -e.Commission);
        var (bid, ask) = Quoted(e.Symbol, _terms[e.Account]);
        Assert.Equal(e.Side == Side.Buy ? ask : bid, e.Price.Value);
        if (e.Order is not { } number) return;

        PendingFills++;
        var order = Filled(e.Account, number);
        if (order.Kind == OrderKind.Limit) Assert.True(IsReached(order, _terms[e.Account], isTriggered: false), $"{order} filled at {e.Price}");
        else Assert.True(order.IsTriggered, $"{order} filled before its stop");
    }

    /// <summary>Under netting one order can close a position and open another: it is the same fill.</summary>
    private OrderState Filled(AccountId account, OrderNumber number)
    {
        if (_filled is { } last && last.Account == account && last.Order.Number == number) return last.Order;
        Assert.True(_waiting.Remove((account, number), out var order), $"order {number} filled and is not there");
        _filled = (account, order);
        if (order.Bond == OrderBond.Oco) Assert.Equal(1, _fillsOfOco[(account, order.Group)] = _fillsOfOco.GetValueOrDefault((account, order.Group)) + 1);
        return order;
    }

    private void Closed(PositionClosed e)
    {
        var key = (e.Account, e.Position);
        Assert.True(e.Lots.Value <= _open[key], $"{e} closes more than is open");
        _open[key] -= e.Lots.Value;
        Assert.Equal(_open[key], e.LotsLeft.Value);
        Book(e.Account, e.Profit - e.Commission);
        if (e.Order is { } order) Filled(e.Account, order);
        var (bid, ask) = Quoted(e.Symbol, _terms[e.Account]);
        Assert.Equal(e.Side == Side.Buy ? bid : ask, e.Price.Value);
        Assert.True(e.Side == Side.Buy ? e.Worst <= e.Price && e.Best >= e.Price : e.Worst >= e.Price && e.Best <= e.Price, $"excursions of {e}");
    }

    private void Triggered(OrderTriggered e)
    {
        var order = _waiting[(e.Account, e.Order)];
        Assert.True(IsReached(order, _terms[e.Account], isTriggered: false), $"{order} triggered");
        _waiting[(e.Account, e.Order)] = order with { IsTriggered = true };
    }

    /// <summary>No level stands beyond the price, and no trailing stop is further from it than it may be, or went back.</summary>
    private void NothingMissed(PositionState position, AccountState state)
    {
        var (bid, ask) = Quoted(position.Symbol, state.Terms);
        var (price, sign) = position.Side == Side.Buy ? (bid, 1m) : (ask, -1m);
        var key = (state.Id, position.Number);
        if (position.Guards?.TrailingDistance is { } distance)
        {
            if (position.StopLoss is { } stop) Assert.True((price - stop.Value) * sign <= distance.Value || price <= distance.Value, $"{position} does not follow {price}");
            if (_trailed.TryGetValue(key, out var before) && before is { Stop: { } last } && before.Distance == distance.Value)
                Assert.True((position.StopLoss!.Value.Value - last) * sign >= 0, $"{position} went back from {last}");
            _trailed[key] = (distance.Value, position.StopLoss?.Value);
        }
        else
        {
            _trailed.Remove(key);
        }

        // What opened on this very quote is looked at from the next one on.
        if (position.OpenedAt == engine.Now || state.Status != AccountStatus.Active || engine.LastQuote(position.Symbol)!.Value.At != engine.Now) return;
        if (position.TakeProfit is { } take && position.Guards is null) Assert.True((take.Value - price) * sign > 0, $"{position} is beyond its take profit at {price}");
        if (position.StopLoss is { } level && position.Guards is null) Assert.True((price - level.Value) * sign > 0, $"{position} is beyond its stop at {price}");
    }

    private bool IsReached(OrderState order, AccountTerms terms, bool isTriggered)
    {
        if (engine.LastQuote(order.Symbol) is null) return false;
        var (bid, ask) = Quoted(order.Symbol, terms);
        var isStop = order.Kind != OrderKind.Limit && !isTriggered;
        var price = isStop || order.Kind != OrderKind.StopLimit ? order.Price.Value : order.LimitPrice!.Value.Value;
        return order.Side == Side.Buy ? isStop ? ask >= price : ask <= price : isStop ? bid <= price : bid >= price;
    }

    private (decimal Bid, decimal Ask) Quoted(string symbol, AccountTerms terms)
    {
        var half = terms.MarkupOf(Instrument(symbol)) / 2m;
        for (var d = 0; d < Instrument(symbol).Digits; d++) half /= 10m;
        var quote = engine.LastQuote(symbol)!.Value;
        return (quote.Bid.Value - half, quote.Ask.Value + half);
    }

    private decimal ProfitOf(PositionState position, AccountTerms terms)
    {
        var ((bid, ask), instrument) = (Quoted(position.Symbol, terms), Instrument(position.Symbol));
        var moved = position.Side == Side.Buy ? bid - position.OpenPrice.Value : position.OpenPrice.Value - ask;
        return Convert(moved * position.Lots.Value * instrument.ContractSize, instrument.QuoteCurrency.Code, terms.Currency.Code);
    }

    private decimal Convert(decimal amount, string from, string to)
    {
        if (from == to) return amount;
        if (engine.LastQuote(from + to) is { } direct) return amount * direct.Mid;
        if (engine.LastQuote(to + from) is { } inverse) return amount / inverse.Mid;
        return Convert(Convert(amount, from, "USD"), "USD", to);
    }

    /// <summary>A pair on the list of instruments is the way, whether it is quoted or not; the dollar is the way where there is none.</summary>
    private bool CanValue(string symbol, AccountTerms terms)
    {
        var (from, to) = (Instrument(symbol).QuoteCurrency.Code, terms.Currency.Code);
        if (from == to) return true;
        bool IsListed(string one, string other) => InstrumentCatalog.All.Any(i => i.Symbol == one + other || i.Symbol == other + one);
        bool IsQuoted(string one, string other) => engine.LastQuote(one + other) is not null || engine.LastQuote(other + one) is not null;
        return IsListed(from, to) ? IsQuoted(from, to) : IsQuoted(from, "USD") && IsQuoted("USD", to);
    }

    private void End(AccountId account) => _ended.Add(account);

    private void Book(AccountId account, decimal amount) => _booked[account] = _booked.GetValueOrDefault(account) + amount;

    private static void Within(Comparison compare, decimal equity, decimal floor) =>
        Assert.True(compare == Comparison.Below ? equity >= floor : equity > floor, $"equity {equity}, floor {floor}");

    private static Instrument Instrument(string symbol) => InstrumentCatalog.All.First(i => i.Symbol == symbol);
}
