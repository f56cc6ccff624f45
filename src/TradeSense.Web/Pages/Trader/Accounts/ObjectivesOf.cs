using System.Globalization;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges.Rules;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Web.Pages.Shared;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>Builds the objectives from the engine's picture: floors and goals are the engine's own figures, the words are the rule book's.</summary>
public static class ObjectivesOf
{
    public static Objectives View(AccountView view, TradingAccountStatus status, CultureInfo culture, TenantFormat format)
    {
        var (state, terms) = (view.State, view.State.Terms);
        Money Of(decimal exact) => Money.Rounded(exact, terms.Currency, MidpointRounding.AwayFromZero);
        RoomMeter?[] rooms = [Rooms.Daily(view, culture, $"daily-room-{state.Id}"), Rooms.Overall(view, culture, $"overall-room-{state.Id}")];
        var byRoom = rooms.OfType<RoomMeter>().OrderByDescending(room => room.Floor.Amount).Select((room, i) => i == 0 ? room with { Label = "Room today" } : room).ToList();
        var rules = RuleBook.Describe(terms, culture).ToDictionary(rule => rule.Kind);
        string Words(RuleKind kind) => rules.TryGetValue(kind, out var rule) ? rule.Words : "";

        var goals = new List<Goal>();
        if (PhaseGoal.TargetBalance(terms) is { } target)
        {
            var (need, have) = (target - terms.InitialBalance, PhaseGoal.CountedBalance(state) - terms.InitialBalance);
            goals.Add(new Goal("Profit target", need == 0 ? 1m : have / need, $"{format.Money(Of(have))} of {format.Money(Of(need))}", Words(RuleKind.ProfitTarget)));
        }

        if (terms.MinimumTradingDays > 0)
            goals.Add(new Goal("Trading days", (decimal)state.TradingDays / terms.MinimumTradingDays, $"{state.TradingDays} of {terms.MinimumTradingDays}", Words(RuleKind.TradingDays)));
        if (terms.Consistency is not null) goals.Add(ConsistencyOf(state, format, Words(RuleKind.Consistency)));
        return new Objectives(state.Id.Value, status, Of(state.Balance), Of(view.Equity), Of(view.TodayProfit), byRoom, goals, view.AsOf);
    }

    private static Goal ConsistencyOf(AccountState state, TenantFormat format, string words)
    {
        var best = PhaseGoal.BestDay(state);
        var (total, needed) = (PhaseGoal.CountedProfit(state), PhaseGoal.RequiredProfit(state.Terms, best) ?? 0m);
        Money Of(decimal exact) => Money.Rounded(exact, state.Terms.Currency, MidpointRounding.ToPositiveInfinity);
        return best <= 0
            ? new Goal("Consistency", 0m, "no profitable day yet", words)
            : new Goal("Consistency", total <= 0 ? 0m : total / needed, $"best day {format.Money(Of(best))}: total {format.Money(Of(total))} of {format.Money(Of(needed))} needed", words);
    }
}
