using System.Diagnostics;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;
using TradeSense.Modules.Trading.Quotes.Filter;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Quotes;

namespace TradeSense.Tests.Trading.Replays;

/// <summary>The US payrolls Friday of 2014-05-02 through replayed feed, filter, archive, shard and database, with accounts that trade by seeded dice.</summary>
internal sealed class PayrollsDay : IAsyncDisposable
{
    public const int Accounts = 240;
    private const int Seed = 20140502;
    private static readonly DateTimeOffset Midnight = new(2014, 5, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Release = new(2014, 5, 2, 12, 29, 0, TimeSpan.Zero);
    private static readonly TimeSpan BetweenActions = TimeSpan.FromMinutes(3);
    private static readonly string[] Symbols = ["EURUSD", "NZDUSD", "XAUUSD"];

    private readonly Site _site;
    private readonly FakeClock _clock;
    private readonly HashSet<AccountId> _quiet = [];
    private readonly Random _dice = new(Seed);
    private readonly Dictionary<AccountId, long> _verdictCommitted = [];
    private DateTimeOffset _nextActions = Midnight.AddHours(1);
    private int _commands;

    private PayrollsDay(Site site, TestFirm firm, FakeClock clock, PayrollsSales sales) => (_site, Firm, _clock, Sales) = (site, firm, clock, sales);

    public TestFirm Firm { get; }
    public TradingDesk Desk => _site.Services.GetRequiredService<TradingDesk>();

    /// <summary>The accounts that were bought, and what was paid for them.</summary>
    public PayrollsSales Sales { get; }

    /// <summary>Every account of the firm: those of the shop too.</summary>
    public List<AccountId> Ids { get; } = [];

    /// <summary>Every quote in the order the engine took it, and when it was handed over.</summary>
    public List<(Quote Quote, long HandedOver)> Delivered { get; } = new(360_000);

    public TimeSpan Took { get; private set; }
    public int Commands => _commands;
    public IReadOnlyDictionary<AccountId, long> VerdictCommitted => _verdictCommitted;

    /// <summary>The engine of that day is the application's own here, so that what is sold and paid out goes through it.</summary>
    public static async Task<PayrollsDay> Open()
    {
        var clock = new FakeClock(Midnight);
        var options = new TradingOptions { Staleness = null, EnforceSessions = false };
        var site = await Site.Start(TimeProvider.System, builder => builder
            .UseSetting("Trading:RunEngine", "false").UseSetting("Trading:OpensApart", $"{DeskApart.FirstNumber}")
            .ConfigureTestServices(services => services.AddSingleton(provider => DeskApart.Start(provider, options, DeskApart.FirstNumber, clock))
                .Replace(ServiceDescriptor.Singleton(provider => provider.GetRequiredService<DeskApart>().Desk))));
        var firm = await TestFirm.Create(site);
        var day = new PayrollsDay(site, firm, clock, await PayrollsSales.Make(firm));
        var trader = await day.Firm.Trader();
        for (var i = 0; i < Accounts; i++)
        {
            var id = new AccountId(Guid.CreateVersion7());
            await day.Firm.Run<OpenTradingAccount, Result<long>>(open => open.Run(
                new OpenTradingAccount.Request(id.Value, trader.Id, Guid.CreateVersion7(), 0, "Phase 1", TermsOf(i), DeskApart.FirstNumber), default));
            day.Ids.Add(id);
        }

        await Task.WhenAll(day.Ids.Select((id, i) => day.Desk.Send(new OpenAccount(default, id, "open", TermsOf(i)), default)));
        day.Ids.AddRange(day.Sales.Accounts);
        day._quiet.UnionWith(day.Sales.Quiet);
        return day;
    }

    public async Task Play(string[] files, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watchers = Ids.Select(id => Watch(id, stop.Token)).ToArray();

        // The day's real jumps must come through: what the spike filter would hold back is another test's matter.
        var options = new QuotesOptions { Feed = FeedKind.Replay, Files = files, Speed = 0, Loop = false, HistoryDays = 0, JumpLimit = 1m, JumpLimits = new Dictionary<string, decimal>() };
        var archive = new QuoteArchive(_site.Services.GetRequiredKeyedService<NpgsqlDataSource>(Modules.Database.DatabaseOptions.EngineRole));
        var memory = new QuoteMemory(new LatestQuotes(), new LiveBars(), new SimulatedMarket(1));
        using var pipeline = new QuotePipeline(new ReplayFeed(options, TimeProvider.System), new QuoteFilter(Symbols, options), memory, archive, options, TimeProvider.System);
        var started = Stopwatch.GetTimestamp();
        await pipeline.Run(Deliver, ct);
        await Desk.AdvanceTo(_clock.GetUtcNow(), ct);
        Took = Stopwatch.GetElapsedTime(started);

        await Task.Delay(TimeSpan.FromMilliseconds(300), ct);
        await stop.CancelAsync();
        await Task.WhenAll(watchers);
    }

    public async ValueTask DisposeAsync()
    {
        await Firm.DisposeAsync();
        await _site.DisposeAsync();
    }

    /// <summary>Four kinds of terms, so that each rule of the day has its accounts.</summary>
    private static AccountTerms TermsOf(int i)
    {
        var daily = new DailyLossRule(new Allowance(new Percent(5), null), Effect: i % 4 == 1 ? BreachEffect.Pause : BreachEffect.Fail);
        var overall = new OverallLossRule(new Allowance(new Percent(i % 4 == 2 ? 4 : 10), null), i % 4 == 2 ? OverallMode.TrailingBalance : OverallMode.Static);
        return new AccountTerms(
            i % 4 == 3 ? Currency.Eur : Currency.Usd, 100_000m, TradingDay.Default, daily, overall, null, 0, null, 30, null, 100, new Percent(50), i % 3 == 0 ? 4 : 0, 1m, true, true);
    }

    private async ValueTask Deliver(Quote quote, CancellationToken ct)
    {
        if (quote.At >= _nextActions)
        {
            await Act(ct);
            while (_nextActions <= quote.At) _nextActions += BetweenActions;
        }

        if (quote.At > _clock.GetUtcNow()) _clock.MoveTo(quote.At);
        Delivered.Add((quote, Stopwatch.GetTimestamp()));
        await Desk.Take(quote, ct);
        // So that a verdict's delay is the engine's and the database's, not that of a queue filled on purpose.
        if (Delivered.Count % 64 == 0) await Desk.View(Ids[0], ct);
    }

    /// <summary>Everybody whose turn it is acts at the same instant, which the shard commits together. A minute before the release half of them bet.</summary>
    private async Task Act(CancellationToken ct)
    {
        await Desk.View(Ids[0], ct);
        var isRelease = _nextActions <= Release && Release < _nextActions + BetweenActions;
        if (isRelease) await Desk.Send(Sales.Bet, ct);
        var acting = Ids.Where(id => !_quiet.Contains(id)).Where(_ => _dice.Next(100) < (isRelease ? 60 : 4)).Select(id => Desk.Send(Wish(id, isRelease), ct)).ToArray();
        await Task.WhenAll(acting);
    }

    private AccountCommand Wish(AccountId id, bool isRelease)
    {
        var clientId = $"w{++_commands}";
        var kind = isRelease ? 0 : _dice.Next(10);
        if (kind >= 8) return new CloseAllPositions(default, id, clientId);
        if (kind >= 6) return new ClosePosition(default, id, clientId, new PositionNumber(_dice.Next(1, 6)), _dice.Next(2) == 0 ? null : new Lots(0.1m));

        var symbol = Symbols[_dice.Next(Symbols.Length)];
        var side = _dice.Next(2) == 0 ? Side.Buy : Side.Sell;
        var lots = new Lots(symbol == "XAUUSD" ? _dice.Next(1, isRelease ? 30 : 6) : _dice.Next(isRelease ? 10 : 1, isRelease ? 40 : 8));
        var last = Delivered.FindLast(one => one.Quote.Symbol == symbol).Quote;
        if (isRelease || last.Symbol is null || _dice.Next(2) == 0) return new MarketOrder(default, id, clientId, symbol, side, lots, null, null);

        var (away, digits) = symbol == "XAUUSD" ? (2.5m, 2) : (0.0015m, 5);
        var (stop, take) = (Math.Round(last.Bid.Value - (side == Side.Buy ? away : -away), digits, MidpointRounding.ToZero), Math.Round(last.Bid.Value + (side == Side.Buy ? away : -away), digits, MidpointRounding.ToZero));
        return new MarketOrder(default, id, clientId, symbol, side, lots, new Price(stop), new Price(take));
    }

    private async Task Watch(AccountId id, CancellationToken ct)
    {
        try
        {
            await foreach (var view in Desk.Watch(id, ct))
            {
                if (view.State.Breach is null) continue;
                lock (_verdictCommitted) _verdictCommitted.TryAdd(id, Stopwatch.GetTimestamp());
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The day is over.
        }
    }
}
