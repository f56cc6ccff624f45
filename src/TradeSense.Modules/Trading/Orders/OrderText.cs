using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>What people and programs typed, read in the instrument's own terms.</summary>
internal static class OrderText
{
    public static Instrument? InstrumentOf(string? symbol) => InstrumentCatalog.All.FirstOrDefault(instrument => instrument.Symbol == symbol);

    /// <summary>Empty means none; anything that is not a price of the instrument is refused beside its field.</summary>
    public static Result<Price?> Level(string? text, Instrument instrument, string field)
    {
        if (string.IsNullOrEmpty(text)) return (Price?)null;
        return Price.TryParse(text, instrument, out var price) ? price : TradingRefusal.Price(instrument, field);
    }
}
