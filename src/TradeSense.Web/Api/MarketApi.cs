using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeSense.Engine.Instruments;
using TradeSense.Modules.Trading.Quotes.Bars;

namespace TradeSense.Web.Api;

/// <summary>Market data for charts. It belongs to no tenant, so no transaction is opened for it.</summary>
internal static class MarketApi
{
    /// <summary>A candle as the chart library reads it: opening time in milliseconds since 1970, prices as numbers because they are drawn, never booked.</summary>
    /// <param name="Volume">How many quotes made it: the only volume there is where no exchange counts.</param>
    /// <param name="Synthetic">Made up for the time before the first quote, or for a stop; left out where it is not.</param>
    public sealed record Candle(
        long Timestamp, decimal Open, decimal High, decimal Low, decimal Close, int Volume, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Synthetic);

    public sealed record Candles(IReadOnlyList<Candle> Bars);

    public static void MapMarket(this IEndpointRouteBuilder routes) => routes.MapGet("/market/bars", Bars).RequireAuthorization();

    private static async Task<Results<Ok<Candles>, NotFound, BadRequest>> Bars(
        string symbol, string period, DateTimeOffset? before, int? count, ChartBars chart, CancellationToken ct)
    {
        if (InstrumentCatalog.All.All(instrument => instrument.Symbol != symbol)) return TypedResults.NotFound();
        if (!Enum.TryParse<BarPeriod>(period, ignoreCase: true, out var length) || !Enum.IsDefined(length) || int.TryParse(period, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)) return TypedResults.BadRequest();

        var bars = await chart.Run(symbol, length, before, count ?? 500, ct);
        return TypedResults.Ok(new Candles([.. bars.Select(bar => new Candle(bar.OpensAt.ToUnixTimeMilliseconds(), bar.Open, bar.High, bar.Low, bar.Close, bar.Quotes, bar.Synthetic))]));
    }
}
