using System.Globalization;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests;

/// <summary>Runs a story told in text against an engine and holds each told event to what happened.</summary>
/// <remarks>
/// <code>
/// account A 100000 USD daily=5 overall=10     opens an account; options below
/// at 2026-03-02 12:00:00                      the time of what follows (UTC), until the next
/// price EURUSD 1.10000 1.10020                a quote
/// clock                                       time passed, no quote
/// buy A 2.00 EURUSD sl 1.09 tp 1.12           sell, close A #1 0.5, closeall A, modify A #1 sl 1.1, payout A 500, end A timeLimit
/// → filled A #1 buy 2 EURUSD 1.1002 balance 100000     all events since the last step, in order, when at least one is told
/// = A balance 100000 equity 99960             the account's figures now
/// </code>
/// </remarks>
internal sealed partial class Scenario(TradingEngine engine)
{
    private readonly List<EngineEvent> _events = [];
    private readonly Dictionary<string, AccountId> _accounts = [];
    private DateTimeOffset _at = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private int _commands;
    private int _told;

    public static EngineOptions Options { get; } = new(InstrumentCatalog.All, Staleness: null, EnforceSessions: false);

    public TradingEngine Engine => engine;

    public static Scenario Run(string story, EngineOptions? options = null)
    {
        var scenario = new Scenario(new TradingEngine(options ?? Options));
        scenario.Tell(story);
        return scenario;
    }

    public void Tell(string story)
    {
        foreach (var line in story.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#')) continue;
            if (line.StartsWith('→')) Hold(line[1..].Trim());
            else if (line.StartsWith('=')) HoldFigures(line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            else Step(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        HoldNothingUntold();
    }

    private void Step(string[] words)
    {
        HoldNothingUntold();
        (_told, var before) = (0, _events.Count);
        _events.RemoveRange(0, before);
        if (words[0] == "at")
        {
            _at = DateTimeOffset.Parse(string.Join(' ', words[1..]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return;
        }

        engine.Apply(Input(words), _events);
    }

    private EngineInput Input(string[] words) => words switch
    {
        ["clock"] => new ClockInput(_at),
        ["price", var symbol, var bid, var ask] => new QuoteInput(new Quote(_at, symbol, PriceOf(bid), PriceOf(ask))),
        ["account", var name, var balance, var currency, .. var options] => new OpenAccount(_at, Name(name), Id(), Terms(balance, currency, options)),
        ["buy" or "sell", var name, var lots, var symbol, .. var levels] => new MarketOrder(
            _at, Account(name), Id(), symbol, words[0] == "buy" ? Side.Buy : Side.Sell, new Lots(Number(lots)), Level(levels, "sl"), Level(levels, "tp"), Level(levels, "worst")),
        ["close", var name, var position] => new ClosePosition(_at, Account(name), Id(), PositionOf(position), null),
        ["close", var name, var position, var lots] => new ClosePosition(_at, Account(name), Id(), PositionOf(position), new Lots(Number(lots))),
        ["closeall", var name] => new CloseAllPositions(_at, Account(name), Id()),
        ["modify", var name, var position, .. var levels] => new ModifyPosition(
            _at, Account(name), Id(), PositionOf(position), Level(levels, "sl"), Level(levels, "tp")),
        ["return", var name, var amount] => new ReturnPayout(_at, Account(name), Id(), new Money(Number(amount), engine.State(Account(name))!.Terms.Currency)),
        ["payout", var name, var amount] => new WithdrawPayout(_at, Account(name), Id(), new Money(Number(amount), engine.State(Account(name))!.Terms.Currency)),
        ["scale", var name, var size] => new ScaleAccount(_at, Account(name), Id(), new Money(Number(size), engine.State(Account(name))!.Terms.Currency)),
        ["credit", var name, var amount] => new CreditAccount(_at, Account(name), Id(), new Money(Number(amount), engine.State(Account(name))!.Terms.Currency), "incident"),
        ["reinstate", var name, var balance] => new ReinstateAccount(_at, Account(name), Id(), new Money(Number(balance), engine.State(Account(name))!.Terms.Currency), "appeal"),
        ["end", var name, var reason] => new CloseAccount(_at, Account(name), Id(), reason),
        _ => OrderInput(words),
    };

    public AccountId Account(string name) => _accounts.TryGetValue(name, out var known) ? known : new AccountId(Guid.Empty);

    private void Hold(string told)
    {
        var happened = _told < _events.Count ? Told(_events[_told]) : "(nothing)";
        Assert.Equal(told, happened);
        _told++;
    }

    private void HoldNothingUntold()
    {
        if (_told > 0 && _told < _events.Count) Assert.Fail($"Untold: {Told(_events[_told])}");
    }

    private void HoldFigures(string[] words)
    {
        var view = engine.View(Account(words[0]))!;
        for (var i = 1; i < words.Length; i += 2) Assert.Equal($"{words[i]} {words[i + 1]}", $"{words[i]} {Figure(view, words[i])}");
    }

    private static string Figure(AccountView view, string name) => name switch
    {
        "balance" => Text(view.State.Balance),
        "equity" => Text(view.Equity),
        "floating" => Text(view.Floating),
        "margin" => Text(view.UsedMargin),
        "free" => Text(view.FreeMargin),
        "level" => Text(view.MarginLevel),
        "room" => Text(view.Room),
        "today" => Text(view.TodayProfit),
        "daily" => Text(view.State.DailyFloor),
        "overall" => Text(view.State.OverallFloor),
        "peak" => Text(view.State.Peak),
        "status" => Word(view.State.Status),
        "days" => Text(view.State.TradingDays),
        "best" => Text(view.State.BestDayProfit),
        "size" => Text(view.State.Terms.InitialBalance),
        "day" => view.State.TradingDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "open" => Text(view.Positions.Count),
        "orders" => Text(view.Orders.Count),
        "marginHigh" => Text(view.State.DayMarginHigh),
        ['#', .. var figure] => Of(view, figure),
        _ => throw new FormatException(name),
    };

    private string Told(EngineEvent happened) => happened switch
    {
        AccountOpened e => $"opened {Of(e)} {e.TradingDay:yyyy-MM-dd}",
        PositionOpened e => $"filled {Of(e)} #{e.Position} {Word(e.Side)} {Text(e.Lots.Value)} {e.Symbol} {Text(e.Price.Value)} balance {Text(e.Balance)}{(e.Order is { } order ? $" order !{order}" : "")}",
        PositionClosed e => $"closed {Of(e)} #{e.Position} {Text(e.Lots.Value)} {Text(e.Price.Value)} profit {Text(e.Profit)} balance {Text(e.Balance)} {Word(e.Reason)}",
        PositionModified e => $"modified {Of(e)} #{e.Position} sl {Text(e.StopLoss?.Value)} tp {Text(e.TakeProfit?.Value)}",
        SwapCharged e => $"swap {Of(e)} #{e.Position} {Text(e.Amount)} balance {Text(e.Balance)}",
        CommandRefused e => $"refused {e.Reason.Code()}",
        DayStarted e => $"day {Of(e)} {e.TradingDay:yyyy-MM-dd} profit {Text(e.DayProfit)} daily {Text(e.DailyFloor)} overall {Text(e.OverallFloor)}",
        AccountFailed e => $"failed {Of(e)} {Word(e.Breach.Rule)} floor {Text(e.Breach.Floor)} equity {Text(e.Breach.Equity)}",
        AccountPaused e => $"paused {Of(e)} {Word(e.Breach.Rule)} floor {Text(e.Breach.Floor)} equity {Text(e.Breach.Equity)}",
        AccountResumed e => $"resumed {Of(e)}",
        PeakRaised e => $"peak {Of(e)} {Text(e.Peak)} overall {Text(e.OverallFloor)}",
        AccountCredited e => $"credited {Of(e)} {Text(e.Amount)} balance {Text(e.Balance)}",
        AccountScaled e => $"scaled {Of(e)} {Text(e.Size)} by {Text(e.Growth)} balance {Text(e.Balance)} daily {Text(e.DailyFloor)} overall {Text(e.OverallFloor)}",
        AccountReinstated e => $"reinstated {Of(e)} balance {Text(e.Balance)} correction {Text(e.Correction)} daily {Text(e.DailyFloor)} overall {Text(e.OverallFloor)}",
        PhasePassed e => $"passed {Of(e)} balance {Text(e.Balance)} days {e.TradingDays}",
        PayoutReturned e => $"returned {Of(e)} {Text(e.Amount)} balance {Text(e.Balance)} overall {Text(e.OverallFloor)}",
        PayoutWithdrawn e => $"paid {Of(e)} {Text(e.Amount)} balance {Text(e.Balance)} overall {Text(e.OverallFloor)}",
        AccountClosed e => $"ended {Of(e)} {e.Reason} balance {Text(e.Balance)}",
        _ => OrderTold(happened),
    };

    private static AccountTerms Terms(string balance, string currency, string[] options)
    {
        var given = options.Select(o => o.Split('=')).ToDictionary(o => o[0], o => o.Length > 1 ? o[1] : "");
        string Of(string name, string otherwise) => given.GetValueOrDefault(name, otherwise);
        T Choice<T>(string name, T otherwise) where T : struct, Enum => given.TryGetValue(name, out var text) ? Enum.Parse<T>(text, ignoreCase: true) : otherwise;
        var day = Of("day", "UTC@00:00").Split('@');

        return new AccountTerms(
            Currency.Of(currency), Number(balance), new TradingDay(day[0], TimeOnly.Parse(day[1], CultureInfo.InvariantCulture)),
            given.TryGetValue("daily", out var daily)
                ? new DailyLossRule(new Allowance(new Percent(Number(daily)), null), Choice("anchor", DailyAnchor.Balance), given.ContainsKey("ofAnchor"),
                    Choice("dailyCompare", Comparison.Below), Choice("evaluate", Evaluation.Tick), Choice("effect", BreachEffect.Fail))
                : null,
            given.TryGetValue("overall", out var overall)
                ? new OverallLossRule(new Allowance(new Percent(Number(overall)), null), Choice("mode", OverallMode.Static), given.ContainsKey("ofPeak"),
                    Choice("compare", Comparison.Below), Choice("lock", FloorLock.None), Number(Of("lockOffset", "0")), Choice("payout", PayoutEffect.Unchanged))
                : null,
            given.TryGetValue("target", out var target) ? new Percent(Number(target)) : null,
            (int)Number(Of("minDays", "0")), null, 30, given.TryGetValue("consistency", out var share) ? new Percent(Number(share)) : null,
            (int)Number(Of("leverage", "100")), new Percent(Number(Of("stopOut", "50"))), (int)Number(Of("markup", "0")), Number(Of("commission", "0")),
            given.ContainsKey("swapFree"), !given.ContainsKey("noWeekend"), Rules(given),
            given.TryGetValue("scaling", out var factor) ? new ScalingTerms(4, new Percent(10), 2, Number(factor), Number(Of("cap", "4000000")), new Percent(90)) : null);
    }

    private AccountId Name(string name)
    {
        if (!_accounts.ContainsKey(name)) _accounts.Add(name, new AccountId(new Guid(_accounts.Count + 1, 0, 0, new byte[8])));
        return _accounts[name];
    }

    private string Of(EngineEvent happened) => _accounts.First(a => a.Value == happened.Account).Key;

    private string Id() => $"c{++_commands}";

    private static Price? Level(string[] words, string name) => Array.IndexOf(words, name) is >= 0 and var i ? PriceOf(words[i + 1]) : null;

    private static Price PriceOf(string text) => new(Number(text));

    private static PositionNumber PositionOf(string text) => new((int)Number(text[1..]));

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static string Text(decimal? value) => value is { } known ? PlainDecimal.Text(known) : "-";

    private static string Word<T>(T value) where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];
}
