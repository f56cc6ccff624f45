using System.Globalization;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges.Rules;

namespace TradeSense.Web.Pages.Shared;

/// <summary>Makes room meters from the engine's picture: the same floors that decide the verdict, the same words that were sold.</summary>
public static class Rooms
{
    /// <summary>The room before the nearer floor; null without a loss rule.</summary>
    public static RoomMeter? Today(AccountView view, CultureInfo culture, string id, bool thin = false)
    {
        var (daily, overall) = (view.State.DailyFloor, view.State.OverallFloor);
        if (daily is null && overall is null) return null;

        var isDaily = daily is not null && (overall is null || daily >= overall);
        return Meter(view, culture, id, isDaily ? RuleKind.DailyLoss : RuleKind.OverallLoss, "Room today", thin);
    }

    public static RoomMeter? Daily(AccountView view, CultureInfo culture, string id) =>
        view.State.DailyFloor is null ? null : Meter(view, culture, id, RuleKind.DailyLoss, "Daily loss", thin: false);

    public static RoomMeter? Overall(AccountView view, CultureInfo culture, string id) =>
        view.State.OverallFloor is null ? null : Meter(view, culture, id, RuleKind.OverallLoss, "Overall loss", thin: false);

    private static RoomMeter Meter(AccountView view, CultureInfo culture, string id, RuleKind kind, string label, bool thin)
    {
        var state = view.State;
        Money Of(decimal exact) => Money.Rounded(exact, state.Terms.Currency, MidpointRounding.ToZero);
        var (floor, top) = kind is RuleKind.DailyLoss ? (state.DailyFloor!.Value, state.DailyAnchor) : (state.OverallFloor!.Value, Math.Max(state.Peak, state.Terms.InitialBalance));
        var words = RuleBook.Describe(state.Terms, culture).FirstOrDefault(rule => rule.Kind == kind)?.Words ?? "";
        return new RoomMeter(id, label, Of(floor), Of(view.Equity), Of(Math.Max(top, view.Equity)), words, view.AsOf, thin);
    }
}
