using System.Globalization;
using System.Text;
using TradeSense.Engine.Accounts;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>Remembers what one stream has shown last, so that markup goes out only when rows come, go or change their levels.</summary>
/// <param name="open">The markets that were open when the page was made.</param>
internal sealed class TerminalShape(string open)
{
    private string? _account;
    private string _watch = open;
    private string? _marks;
    private string? _floor;

    public bool HasChanged(AccountView? view)
    {
        var now = Of(view);
        if (now == _account) return false;

        _account = now;
        return true;
    }

    /// <summary>The floor's mark when it is another one; null otherwise.</summary>
    public string? Floor(string now) => now == _floor ? null : _floor = now;

    /// <summary>The marks when one of them has moved; null otherwise.</summary>
    public string? Marks(string now) => now == _marks ? null : _marks = now;

    /// <summary>True when a market has opened or closed since the last look, or while the line was broken.</summary>
    public bool HasOpened(string open)
    {
        if (open == _watch) return false;

        _watch = open;
        return true;
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
