using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Modules.Trading.Calculators;

/// <summary>An engine of its own with one account and the last quotes. What a calculator says is what the engine did here: no formula is written twice.</summary>
internal sealed class CalculatorBench
{
    private static readonly AccountId Account = new(new Guid("00000000-0000-0000-0000-00000000ca1c"));
    private readonly TradingEngine _engine;
    private readonly CalculatorAccount _account;
    private string? _stands;

    /// <param name="instrument">What is reckoned with. Of the others only those with a quote are known here, so that a conversion goes by USD where its own pair has none.</param>
    public CalculatorBench(CalculatorAccount account, LatestQuotes quotes, Instrument instrument)
    {
        _account = account;
        var known = InstrumentCatalog.All.Where(listed => listed.Symbol == instrument.Symbol || quotes.TryGet(listed.Symbol, out _)).ToList();
        _engine = new(new EngineOptions(known, Staleness: null, EnforceSessions: false));
        foreach (var quote in quotes.All.Select(latest => latest.Quote).OrderBy(quote => quote.At)) Hear(quote);
        // Before the first quote of an installation the engine has no time yet.
        Send(new OpenAccount(_engine.Now == default ? DateTimeOffset.UnixEpoch : _engine.Now, Account, "open", account.Terms));
    }

    public Quote? Last(string symbol) => _engine.LastQuote(symbol);

    public OrderEstimate? Estimate(OrderSketch sketch) => _engine.Estimate(Account, sketch);

    /// <summary>The conversion of an instrument's profits, and the oldest of the quotes that a figure rests on.</summary>
    public CalculatorBasis Basis(Instrument instrument, bool atMarket)
    {
        var rate = _engine.Rate(instrument.QuoteCurrency, _account.Currency);
        IEnumerable<Quote> rests = [.. rate?.Quotes ?? [], .. atMarket && Last(instrument.Symbol) is { } quote ? [quote] : Array.Empty<Quote>()];
        return new CalculatorBasis(instrument, _account.Currency, rate, rests.Where(quote => quote.Symbol != _stands).Select(quote => (DateTimeOffset?)quote.At).Min());
    }

    /// <summary>The market stands at this one price: no spread.</summary>
    public void Stand(string symbol, Price price)
    {
        _stands = symbol;
        Hear(new Quote(_engine.Now, symbol, price, price));
    }


    public PositionOpened? Open(string symbol, Side side, Lots lots) =>
        Send(new MarketOrder(_engine.Now, Account, "enter", symbol, side, lots, null, null)).OfType<PositionOpened>().SingleOrDefault();

    public PositionClosed? Close(PositionNumber position) =>
        Send(new ClosePosition(_engine.Now, Account, "leave", position, null)).OfType<PositionClosed>().SingleOrDefault();

    private void Hear(Quote quote) => _engine.Apply(new QuoteInput(quote), new List<EngineEvent>());

    private List<EngineEvent> Send(AccountCommand command)
    {
        var events = new List<EngineEvent>();
        _engine.Apply(command, events);
        return events;
    }
}

/// <summary>What a figure rests on.</summary>
/// <param name="Rate">From the instrument's quote currency to the account's; null when it cannot be converted.</param>
/// <param name="AsOf">Time of the oldest quote used; null when none was.</param>
public sealed record CalculatorBasis(Instrument Instrument, Currency Currency, ConversionRate? Rate, DateTimeOffset? AsOf)
{
    internal Money Money(decimal exact) => Engine.Values.Money.Rounded(exact, Currency, MidpointRounding.AwayFromZero);
}
