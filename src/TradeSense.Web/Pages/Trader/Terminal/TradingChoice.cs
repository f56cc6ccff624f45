using TradeSense.Modules;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>What is wrong with a choice made in the dock.</summary>
public static class TradingChoice
{
    public static Refusal Nothing { get; } = new("terminal.nothing_chosen");

    public static Refusal Indivisible { get; } = new("terminal.indivisible");
}
