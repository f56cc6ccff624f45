using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;

namespace TradeSense.Modules.Risk;

/// <summary>Runs a scenario through the rules the engine's own accounts run under and says what is seen after each event.</summary>
public static class RuleScenarioRun
{
    /// <summary>The names of what is seen, as they are printed and expected.</summary>
    public static string[] Fields { get; } =
        ["at", "tradingDay", "balance", "equity", "dailyFloor", "overallFloor", "floor", "room", "state", "tradingDays", "breach"];

    /// <summary>What is seen after one event.</summary>
    public sealed record Line(
        DateTimeOffset At, DateOnly TradingDay, decimal Balance, decimal Equity, LossState Limits, AccountStatus State, int TradingDays, Breach? Breach);

    public static IEnumerable<Line> Lines(RuleScenario scenario)
    {
        var account = new ScenarioAccount(scenario.Terms, TradingDayClock.LabelOf(scenario.TradingDay, scenario.StartedAt));
        var nextDay = TradingDayClock.NextStart(scenario.TradingDay, scenario.StartedAt);

        foreach (var happened in scenario.Events)
        {
            for (; nextDay <= happened.At; nextDay = TradingDayClock.NextStart(scenario.TradingDay, nextDay))
                account.StartDay(TradingDayClock.LabelOf(scenario.TradingDay, nextDay), nextDay);
            account.Apply(happened);
            yield return new Line(
                happened.At, account.TradingDay, account.Balance, account.Equity, account.Limits, account.Status, account.TradingDays, account.Breach);
        }
    }

    /// <summary>An account whose open profit is told instead of marked.</summary>
    private sealed class ScenarioAccount(LossTerms terms, DateOnly day) : RuledAccount(terms, day)
    {
        private decimal _floating;
        private bool _tradedToday;

        public int TradingDays { get; private set; }

        public override decimal Equity => Balance + _floating;

        public void Apply(RuleScenario.Event happened)
        {
            if (Status != AccountStatus.Active) return;

            Balance += happened.Closed;
            _floating = happened.Floating ?? _floating;
            if (happened.Opened > 0 && !_tradedToday) (_tradedToday, TradingDays) = (true, TradingDays + 1);
            if (happened.Payout > 0)
            {
                Balance -= happened.Payout;
                Limits = Limits.AfterPayout(Loss, happened.Payout);
            }

            Check(happened.At);
        }

        protected override void CloseForBreach(Breach breach) => (Balance, _floating) = (Equity, 0m);

        protected override void OnDayStarted(DateOnly previous, DateTimeOffset at) => _tradedToday = false;
    }
}
