using System.Globalization;
using System.Text.Json;
using TradeSense.Modules.Trading.Terminal;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>The data of the stream's named events: figures written the brand's way here, so that the script only puts them in their places.</summary>
public static class LiveMarks
{
    public static string Of(PositionTable table, OrderTable orders, TenantFormat format) => JsonSerializer.Serialize(
        new
        {
            positions = table.Rows.Select(row => new
            {
                number = row.Number, mark = format.Price(row.Mark.Value, row.Instrument.Digits), profit = format.Money(row.Profit, signed: true), sign = Math.Sign(row.Profit.Amount), amount = row.Profit.Amount,
                stop = row.StopLoss?.Value, stopText = row.StopLoss is { } stop ? format.Price(stop.Value, row.Instrument.Digits) : "–",
            }),
            orders = orders.Rows.Where(row => row.Mark is not null).Select(row => new { number = row.Number, mark = format.Price(row.Mark!.Value.Value, row.Instrument.Digits) }),
            total = format.Money(table.Total, signed: true), sign = Math.Sign(table.Total.Amount),
        },
        JsonSerializerOptions.Web);

    public static string Of(FloorMark? floor) => JsonSerializer.Serialize(floor is null ? null : new { symbol = floor.Symbol, bid = floor.Bid, rule = floor.Rule.ToString() }, JsonSerializerOptions.Web);

    public static string Of(Deal deal) => JsonSerializer.Serialize(deal, JsonSerializerOptions.Web);
}

/// <summary>Whole numbers as data attributes and event ids carry them.</summary>
public static class PlainNumber
{
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
