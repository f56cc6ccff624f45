using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Quotes.Feeds;

namespace TradeSense.Web.Commands.Demo;

/// <summary>The days themselves: quotes of the synthetic market go to the engine, and every ten minutes whoever feels like it acts.</summary>
internal sealed class DemoDays(IServiceProvider services, Tenant brand, PastClock clock, Random dice, TextWriter output)
{
    /// <summary>One quote a symbol in this time is enough for an honest past, and lets a day pass in a second or two.</summary>
    private static readonly TimeSpan BetweenQuotes = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan BetweenActions = TimeSpan.FromMinutes(10);

    private readonly TradingDesk _desk = services.GetRequiredService<TradingDesk>();
    private readonly Dictionary<string, DateTimeOffset> _quotedAt = new(StringComparer.Ordinal);

    public async Task Run(int traders, DateTimeOffset end, CancellationToken ct)
    {
        var people = new DemoPeople(services, brand, clock, dice);
        var trading = new DemoTrading(services, brand, clock, dice);
        var office = new DemoOffice(services, brand, clock, new Random(dice.Next()));
        var joins = Joins(traders, clock.GetUtcNow(), end);
        var (next, day) = (NextHour(clock.GetUtcNow()), clock.GetUtcNow().Date);

        await foreach (var (quote, _, _) in services.GetRequiredService<IQuoteFeed>().Read(ct))
        {
            if (quote.At >= end) break;
            if (quote.At >= next)
            {
                clock.MoveTo(next);
                await _desk.AdvanceTo(next, ct);
                while (joins.TryPeek(out var joinsAt) && joinsAt <= next && joins.TryDequeue(out _)) await people.Join(ct);
                await trading.Act(ct);
                next += BetweenActions;
                if (next.Minute == 0)
                {
                    await office.Work(ct);
                    await Settle(ct);
                }
            }

            await Deliver(quote, ct);
            if (quote.At.Date == day) continue;

            day = quote.At.Date;
            await output.WriteLineAsync($"{day:yyyy-MM-dd}: {people.Count} traders, {trading.Accounts} accounts trading, {trading.Orders} orders, {office.Payouts} payouts asked for so far");
        }

        clock.MoveTo(end);
        await trading.CloseEverything(ct);
        await Settle(ct);
        await output.WriteLineAsync($"{brand.Name}: {people.Count} traders, {trading.Orders} orders");
    }

    private async Task Deliver(Quote quote, CancellationToken ct)
    {
        if (_quotedAt.TryGetValue(quote.Symbol, out var before) && quote.At - before < BetweenQuotes) return;

        _quotedAt[quote.Symbol] = quote.At;
        clock.MoveTo(quote.At);
        await _desk.Take(quote, ct);
    }

    /// <summary>What the outbox promised: next phases, notifications, ends.</summary>
    private Task<int> Settle(CancellationToken ct) => services.GetRequiredService<OutboxPump>().Drain(brand, ct);

    private static DateTimeOffset NextHour(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour + TimeSpan.TicksPerHour, TimeSpan.Zero);

    /// <summary>Most join early, so that there is something to see of them; nobody in the last third.</summary>
    private Queue<DateTimeOffset> Joins(int traders, DateTimeOffset start, DateTimeOffset end) =>
        new(Enumerable.Range(0, traders).Select(_ => start + (end - start) * (0.66 * dice.NextDouble() * dice.NextDouble())).Order());
}
