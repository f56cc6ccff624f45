using System.Globalization;
using System.Text;
using TradeSense.Engine.Accounts;
using TradeSense.Web.Live;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>Remembers what one stream has shown last, by marks of it, so that markup goes out only when rows come, go or change their levels.</summary>
/// <param name="open">The markets that were open when the page was made, see <see cref="TerminalScreen.OpenMarkets()"/>.</param>
internal sealed class TerminalShape(int open)
{
    private UInt128? _account;
    private int _open = open;
    private UInt128? _marks;
    private string? _floor;

    /// <summary>Whether two pictures would be told in the same words: most follow another because time passed, not because a figure moved.</summary>
    public static bool LooksAs(AccountView view, AccountView? shown) =>
        ReferenceEquals(view, shown)
        || (shown is not null && view.AsOf.Ticks / TimeSpan.TicksPerSecond == shown.AsOf.Ticks / TimeSpan.TicksPerSecond && view.Equity == shown.Equity && view.UsedMargin == shown.UsedMargin
            && view.State.Balance == shown.State.Balance && view.State.Status == shown.State.Status && view.State.LastActivityAt == shown.State.LastActivityAt
            && view.Positions.SequenceEqual(shown.Positions) && view.Orders.SequenceEqual(shown.Orders)
            && view.State.TradingDay == shown.State.TradingDay && view.State.DailyFloor == shown.State.DailyFloor && view.State.OverallFloor == shown.State.OverallFloor);

    public bool HasChanged(AccountView? view)
    {
        var now = LivePart.MarkOf(Of(view));
        if (now == _account) return false;

        _account = now;
        return true;
    }

    /// <summary>The floor's mark when it is another one; null otherwise.</summary>
    public string? Floor(string now) => now == _floor ? null : _floor = now;

    /// <summary>The marks when one of them has moved; null otherwise.</summary>
    public string? Marks(string now)
    {
        var mark = LivePart.MarkOf(now);
        if (mark == _marks) return null;

        _marks = mark;
        return now;
    }

    /// <summary>True when a market has opened or closed since the last look, or while the line was broken.</summary>
    public bool HasOpened(int open)
    {
        var before = _open;
        _open = open;
        return before != open;
    }

    /// <summary>A trailing stop moves with the quotes: marks carry it, the table is not sent anew for it.</summary>
    private static decimal? Still(PositionState position) => position.Guards?.TrailingDistance is null ? position.StopLoss?.Value : 0m;

    private static string Of(AccountView? view)
    {
        if (view is null) return "";

        var (text, state) = (new StringBuilder(), view.State);
        text.Append(CultureInfo.InvariantCulture, $"{state.Status} {state.Balance} {state.LastPositionNumber} {state.DailyFloor} {state.OverallFloor}");
        foreach (var position in state.Positions)
            text.Append(CultureInfo.InvariantCulture, $"|{position.Number.Value} {position.Lots.Value} {Still(position)} {position.TakeProfit?.Value} {position.Guards}");
        foreach (var order in state.Orders)
            text.Append(CultureInfo.InvariantCulture, $"|o{order.Number.Value} {order.Lots.Value} {order.Price.Value} {order.LimitPrice?.Value} {order.IsTriggered} {order.StopLoss?.Value} {order.TakeProfit?.Value}");
        return text.ToString();
    }
}
