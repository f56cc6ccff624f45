using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Web.Api.V2;

/// <summary>What can be traded and at which prices. The market belongs to no tenant.</summary>
internal static class MarketDataApi
{
    public static void MapMarketData(this IEndpointRouteBuilder api)
    {
        api.MapGet("/instruments", (TimeProvider clock) => ApiAnswer.Of(new InstrumentListAnswer([.. InstrumentCatalog.All.Select(instrument => Answer(instrument, clock.GetUtcNow()))])));
        api.MapGet("/quotes", Quotes);
    }

    private static IResult Quotes(string? symbols, LatestQuotes latest, ApiProblems problems)
    {
        if (string.IsNullOrEmpty(symbols)) return ApiAnswer.Of(new QuoteListAnswer([.. latest.All.Select(Answer)]));

        var asked = symbols.Split(',');
        if (asked.Any(symbol => InstrumentCatalog.All.All(instrument => instrument.Symbol != symbol))) return problems.Of(TradingRefusal.UnknownInstrument with { Field = "symbols" });
        return ApiAnswer.Of(new QuoteListAnswer([.. latest.All.Where(quote => asked.Contains(quote.Quote.Symbol)).Select(Answer)]));
    }

    private static QuoteAnswer Answer(LatestQuote latest) => new(latest.Quote.Symbol, latest.Quote.Bid.Value, latest.Quote.Ask.Value, latest.Quote.At);

    private static InstrumentAnswer Answer(Instrument instrument, DateTimeOffset now)
    {
        var isOpen = MarketHours.IsOpen(instrument.Session, now);
        return new(
            instrument.Symbol, instrument.Base, instrument.QuoteCurrency.Code, instrument.ContractSize, instrument.Digits, instrument.PipDigits, instrument.MinimumLots.Value, instrument.LotStep.Value,
            instrument.MaximumLots.Value, instrument.CommissionPerLot, instrument.SwapLong, instrument.SwapShort, instrument.Session, isOpen, isOpen ? null : MarketHours.NextOpen(instrument.Session, now));
    }
}
