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
        usage: tradesense replay --quotes FILE[,FILE…] --orders FILE [--rules FILE] [--account-currency USD] [--leverage 100]

        quotes  time_utc,symbol,bid,ask; plain or .gz; several files are merged by time. Crossed quotes are left out.
        rules   a scenario file of "tradesense rules": its "rules" give the balance (else 100000), the trading day and the loss rules.
        orders  a JSON array in time order; lots and prices are decimal strings; a position is named by the id of the order that opened it:
          { "at": "2014-05-02T12:29:00Z", "id": "a", "do": "market", "symbol": "EURUSD", "side": "buy", "lots": "0.10", "stopLoss": "1.38", "takeProfit": "1.40" }
          { "at": "…", "id": "b", "do": "modify", "position": "a", "stopLoss": "1.381", "takeProfit": null }     a level not named stays, null removes it
          { "at": "…", "id": "c", "do": "close", "position": "a", "lots": "0.05" }                               all of it without lots
          { "at": "…", "id": "d", "do": "closeAll" }
        Nothing is stale, no session ends, and nothing costs commission or swap.
        """;

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        List<string> problems = [];
        var options = ReplayOptions.Read(args, problems);
        var quotes = options is null ? [] : ReplayQuotes.Read(options.Quotes, problems);
        var orders = options is null ? [] : ReplayOrders.Read(options.Orders, problems);
        var terms = options is null ? null : Terms(options, problems);
        if (options is null || terms is null || problems.Count > 0)
        {
            foreach (var problem in problems) await error.WriteLineAsync(problem);
            if (options is null) await error.WriteLineAsync(Help);
            return WrongUse;
        }

        var lines = new ReplayLines(output);
        var engine = new TradingEngine(new EngineOptions([.. InstrumentCatalog.All.Where(i => quotes.Symbols.Contains(i.Symbol))], null, EnforceSessions: false));
        await Replay(engine, terms, quotes, orders, lines);
        await lines.WriteSummary(engine.View(Account)!, quotes.Count);
        if (quotes.LeftOut > 0) await error.WriteLineAsync($"{quotes.LeftOut} quotes were left out: crossed, before their symbol's last, or too fine");
        return 0;
    }

    /// <summary>Quotes and commands by time; of the same time the quotes come first.</summary>
    private static async Task Replay(TradingEngine engine, AccountTerms terms, ReplayQuotes quotes, IReadOnlyList<ReplayOrder> orders, ReplayLines lines)
    {
        List<EngineEvent> events = [];
        var (next, seen) = (0, new Dictionary<string, string>());
        engine.Apply(new OpenAccount(StartOf(quotes, orders), Account, "", terms), []);

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

            engine.Apply(order.Command(Account, engine, lines.PositionOpenedBy(order.Position)), events);
            await lines.WriteOutcome(order, events, engine.State(Account)!.Balance);
            events.Clear();
        }
    }

    private static DateTimeOffset StartOf(ReplayQuotes quotes, IReadOnlyList<ReplayOrder> orders) =>
        quotes.Select(q => q.At).Take(1).Concat(orders.Select(o => o.At).Take(1)).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Min();

    private static AccountTerms? Terms(ReplayOptions options, List<string> problems)
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

        return new AccountTerms(
            options.Currency, rules.Terms.InitialBalance, rules.Day, rules.Terms.Daily, rules.Terms.Overall, ProfitTarget: null, 0, null, 0, null,
            options.Leverage, new Percent(50), 0, CommissionFactor: 0m, SwapFree: true, WeekendHolding: true);
    }
}
