using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;
using TradeSense.Web.Kept;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>Closed trades as a table; everywhere the same columns.</summary>
public sealed record TradeTable(string Id, Currency Currency, IReadOnlyList<TradeList.Row> Rows);

/// <summary>The live part of an account's page: what may still be lost, and what is still to be reached, each with its rule in words.</summary>
/// <param name="Rooms">The nearer floor first and large, the other as a line.</param>
public sealed record Objectives(Guid AccountId, TradingAccountStatus Status, Money Balance, Money Equity, Money Today, ValueList<RoomMeter> Rooms, ValueList<Goal> Goals, DateTimeOffset AsOf)
{
    /// <summary>As exact as it is shown: within a second the same figures are equal objectives, for whoever looks at them.</summary>
    public Objectives ToTheSecond()
    {
        var second = AsOf.AddTicks(-(AsOf.Ticks % TimeSpan.TicksPerSecond));
        return this with { AsOf = second, Rooms = new ValueList<RoomMeter>([.. Rooms.Select(room => room with { AsOf = second })]) };
    }
}

/// <summary>One thing to reach.</summary>
/// <param name="Share">0 to 1 of the way.</param>
public sealed record Goal(string Label, decimal Share, string Figures, string Rule);

/// <summary>Points of the equity chart and what happened on it, beside what the chart needs to write money.</summary>
public sealed record EquityChart(string Id, string Culture, string Currency, IReadOnlyList<EquityCurve.Point> Points, IReadOnlyList<EquityCurve.Mark> Marks);

/// <summary>One month of trading days.</summary>
public sealed record CalendarMonth(DateOnly First, Currency Currency, IReadOnlyDictionary<DateOnly, DayCalendar.Day> Days)
{
    /// <summary>Monday first; days of the months beside it fill the first and last week.</summary>
    public IEnumerable<DateOnly> Dates
    {
        get
        {
            var start = First.AddDays(-(((int)First.DayOfWeek + 6) % 7));
            var last = First.AddMonths(1).AddDays(-1);
            for (var day = start; day <= last || day.DayOfWeek != DayOfWeek.Monday; day = day.AddDays(1)) yield return day;
        }
    }
}
