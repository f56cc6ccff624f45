using System.Diagnostics;
using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk;

namespace TradeSense.Web.Commands;

/// <summary><c>tradesense replay</c>: runs commands against recorded quotes on one account and prints one JSON line per event.</summary>
public static class ReplayCommand
{
    private const int WrongUse = 2;
    private static readonly AccountId Account = new(new Guid(1, 0, 0, new byte[8]));

    public const string Help = """
        usage: tradesense replay --quotes FILE[,FILE…] --orders FILE [--rules FILE] [--group FILE] [--account-currency USD] [--leverage 100]

        Runs one account's commands against recorded quotes and prints one JSON line for each event, then a summary. Quotes and commands are taken in time
        order; of the same time the quotes come first. Exit code 0 when it ran, 2 when a file or an option is wrong; each problem names its place.

        QUOTES  lines time_utc,symbol,bid,ask (2014-05-02T12:30:01.535Z,EURUSD,1.38650,1.38662), plain or .gz; several files are merged by time.
                Left out and counted: crossed quotes, zero prices, quotes before their symbol's last, quotes finer than one digit below the instrument's.
        RULES   a scenario file of "tradesense rules": its "rules" give the balance (else 100000), the trading day and the loss rules.
        GROUP   a JSON object; without it there is no staleness limit, no session, no commission, no swap and no other rule. All fields are optional:
          "commissionFactor": "1" as listed, "swapFree": false charges swap, "overnightFee": "5" per lot and night where swap-free, "stopOut": "50",
          "spreadMarkupPoints": 2 half on each side, "spreadMarkupOf": { "metals": 20 }, "netting": true, "leverage": 100, "leverageOf": { "currencies": 30, "metals": 20, "indices": 20, "coins": 2 },
          "sessions": true, "staleness": 360 seconds, "weekendHolding": false, "coinsAtWeekends": true, "closesOvernight": true, "guardsStopLoss": true,
          "maximumOrderLots": "5", "maximumOpenLots": "10", "maximumPositions": 3, "maximumTradesPerDay": 20,
          "news": { "minutesBefore": 5, "minutesAfter": 5, "effect": "block|reduce", "counted": "50" }, "newsEvents": [ { "at": "…Z", "currency": "USD" } ]
        ORDERS  a JSON array in time order. Every command has "at" (2014-05-02T12:29:00Z), "id" and "do"; lots, prices and distances are decimal strings.
                The same id with the same content, whatever its time and spacing, has one effect, with other content it is refused duplicate_command.
                A position is named by the id of the order that opened it, an order by its id; the legs of a command are id/1, id/2 … unless they have ids.
          market        symbol, side buy|sell, lots; stopLoss, takeProfit, worstPrice (slippage limit), guards
          limit, stop   symbol, side, lots, price; stopLoss, takeProfit, until or expiry, guards
          stopLimit     as stop, with limitPrice: becomes a limit at it when the stop triggers
          bracket       symbol, side, lots, stopLoss, takeProfit; entry market|limit|stop|stopLimit, price, limitPrice, until or expiry, guards
                        (without entry: no price is market; a limitPrice is stopLimit; a price on the near side of the quote is limit, beyond it stop)
          oco           legs: two or more of { do limit|stop|stopLimit, symbol, side, lots, price, limitPrice, stopLoss, takeProfit, id }; until or expiry
          scaled        symbol, side, lots (of all), from, to, count, split equal|weighted; stopLoss, takeProfit, until or expiry, guards
                        or legs: [ { lots, price, id } … ] with symbol and side of the command
          close         position; lots (all of it without)                 closeAll   symbol (all of them without)
          reverse       position                                           cancel     order (a command's id cancels all that is left of it, a leg's own id that leg)
          modify        position, stopLoss, takeProfit; or order, lots, price, limitPrice, stopLoss, takeProfit, until or expiry: what is not named stays, null removes
          trailingStop  position, distance (null: no longer)               breakeven  position, trigger (null: no longer), offset
          timeStop      position, until (null: no longer)
          guards        distance (trailing stop), trigger and offset (breakeven): armed when the order fills.  expiry gtc|day, until an instant
        EVENTS  {"at","event","order","position","symbol","side","lots","price","profit","commission","balance","reason"}, each field a string or null:
          accepted      the command was taken: what it named                filled     a position opened (price, commission, balance)
          triggered     a stop met its price                               cancelled  an order is gone: reason trader, oco, expired, breach, pause, passed, or a refusal's code
          refused       reason: account_not_active, unknown_instrument, unknown_position, unknown_order, market_closed, invalid_quantity, invalid_price, no_price,
                        rule_forbids, would_breach, insufficient_margin, duplicate_command
          closed        lots closed, profit, reason trader, stopLoss, takeProfit, timeStop, reverse, netting, breach, pause, weekend, overnight; stopOut: by margin
          swap          profit is the swap or fee                          breach     reason dailyLoss|overallLoss, profit the floating loss, balance before the closes
          The last line: {"event":"summary","balance","equity","openPositions","quotes"}.
        EXAMPLE [ { "at": "2014-05-02T12:29:00Z", "id": "a", "do": "limit", "symbol": "EURUSD", "side": "buy", "lots": "0.10", "price": "1.38", "stopLoss": "1.379", "distance": "0.001" },
                  { "at": "2014-05-02T12:40:00Z", "id": "b", "do": "close", "position": "a", "lots": "0.05" } ]
        The rate of the replay is written to standard error.
        """;

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        var started = Stopwatch.GetTimestamp();
        List<string> problems = [];
        var options = ReplayOptions.Read(args, problems);
        var quotes = options is null ? [] : ReplayQuotes.Read(options.Quotes, problems);
        var orders = options is null ? [] : ReplayOrders.Read(options.Orders, problems);
        var group = options is null ? null : options.Group is { } file ? ReplayGroup.Read(file, options.Leverage ?? 100, problems) : ReplayGroup.Plain(options.Leverage ?? 100);
        var terms = options is null || group is null ? null : Terms(options, group, problems);
        if (options is null || group is null || terms is null || problems.Count > 0)
        {
            foreach (var problem in problems) await error.WriteLineAsync(problem);
            if (options is null) await error.WriteLineAsync(Help);
            return WrongUse;
        }

        var names = new ReplayNames();
        var lines = new ReplayLines(output, names);
        // What has no quotes can be ordered and has no price. It stays out where nothing names it: a conversion goes by pairs that are quoted.
        var named = orders.SelectMany(order => order.Symbols).ToHashSet(StringComparer.Ordinal);
        var engine = new TradingEngine(
            new EngineOptions([.. InstrumentCatalog.All.Where(i => quotes.Symbols.Contains(i.Symbol) || named.Contains(i.Symbol))], group.Staleness, group.HasSessions));
        var began = Stopwatch.GetTimestamp();
        await Replay(engine, terms, group, quotes, orders, lines, names);
        var took = Stopwatch.GetElapsedTime(began);
        await lines.WriteSummary(engine.View(Account)!, quotes.Count);
        await error.WriteLineAsync(FormattableString.Invariant(
            $"{quotes.Count} quotes in {(long)took.TotalMilliseconds} ms: {(quotes.Count * TimeSpan.TicksPerSecond / Math.Max(took.Ticks, 1))} quotes/s, read in {(long)(Stopwatch.GetElapsedTime(started) - took).TotalMilliseconds} ms"));
        if (quotes.LeftOut > 0) await error.WriteLineAsync($"{quotes.LeftOut} quotes were left out: crossed, before their symbol's last, or too fine");
        return 0;
    }

    /// <summary>Quotes and commands by time; of the same time the quotes come first.</summary>
    private static async Task Replay(
        TradingEngine engine, AccountTerms terms, ReplayGroup group, ReplayQuotes quotes, IReadOnlyList<ReplayOrder> orders, ReplayLines lines, ReplayNames names)
    {
        List<EngineEvent> events = [];
        var (next, seen) = (0, new Dictionary<string, string>());
        var start = StartOf(quotes, orders);
        engine.Apply(new OpenAccount(start, Account, "", terms), []);
        if (group.News.Count > 0) engine.Apply(new NewsInput(start, group.News), []);

        foreach (var quote in quotes)
        {
            while (next < orders.Count && orders[next].At < quote.At) await Order(orders[next++]);
            engine.Apply(new QuoteInput(quote), events);
            if (events.Count == 0) continue;
            await lines.Write(events);
            events.Clear();
        }

        while (next < orders.Count) await Order(orders[next++]);

        async Task Order(ReplayOrder order)
        {
            if (!seen.TryAdd(order.Id, order.Content))
            {
                // The same command again has one effect; another one under its id has none.
                if (seen[order.Id] != order.Content) await lines.WriteRefusal(order.At, order.Id, RejectReason.DuplicateCommand);
                return;
            }

            // What is due by the clock comes first: an order that has expired by now cannot be changed.
            engine.Apply(new ClockInput(order.At), events);
            await lines.Write(events);
            events.Clear();
            names.Note(order);
            engine.Apply(order.Command(Account, engine, names), events);
            await lines.WriteOutcome(order, events, engine.State(Account)!.Balance);
            events.Clear();
        }
    }

    private static DateTimeOffset StartOf(ReplayQuotes quotes, IReadOnlyList<ReplayOrder> orders) =>
        quotes.Select(q => q.At).Take(1).Concat(orders.Select(o => o.At).Take(1)).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Min();

    private static AccountTerms? Terms(ReplayOptions options, ReplayGroup group, List<string> problems)
    {
        (LossTerms Terms, TradingDay Day) rules = (new LossTerms(100_000m, null, null), TradingDay.Default);
        if (options.Rules is { } file)
        {
            if (!File.Exists(file))
            {
                problems.Add($"{file}: there is no such file");
                return null;
            }

            var read = RuleScenarioReader.ReadRules(File.ReadAllText(file), out var found);
            problems.AddRange(found.Select(p => $"{file}: {p}"));
            if (read is null) return null;
            rules = read.Value;
        }

        var trading = group.Trading;
        return new AccountTerms(
            options.Currency, rules.Terms.InitialBalance, rules.Day, rules.Terms.Daily, rules.Terms.Overall, ProfitTarget: null, 0, null, 0, null,
            options.Leverage ?? trading.Leverage, trading.StopOut, trading.SpreadMarkupPoints, trading.CommissionFactor, trading.SwapFree, trading.WeekendHolding, trading.Rules);
    }
}
