using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

/// <summary>An engine apart over the site's database: its own shard, its own clock, prices as the test says them.</summary>
internal sealed class TestDesk : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);
    private static int _shards = DeskApart.FirstNumber;
    private static readonly TradingOptions Options = new() { Lease = TimeSpan.FromMilliseconds(400) };

    private readonly List<DeskApart> _processes = [];

    private TestDesk(TestFirm firm, int shard) => (Firm, Shard) = (firm, shard);

    public TestFirm Firm { get; }
    public int Shard { get; }
    public List<Quote> Quotes { get; } = [];
    public FakeClock Clock { get; } = new(Start);
    public TradingDesk Live => _processes[^1].Desk;

    /// <summary>Ten percent overall and five daily on 100,000, New York days.</summary>
    public static AccountTerms Terms { get; } = new(
        Currency.Usd, 100_000m, TradingDay.Default, new DailyLossRule(new Allowance(new Percent(5), null)), new OverallLossRule(new Allowance(new Percent(10), null)),
        new Percent(8), 1, null, 30, null, 100, new Percent(50), 0, 1m, false, true);

    public static async Task<TestDesk> Open(Site site, TradingOptions? options = null)
    {
        var desk = new TestDesk(await TestFirm.Create(site), Interlocked.Increment(ref _shards));
        desk.StartProcess(options);
        return desk;
    }

    /// <summary>Another process of the application, as far as the database can tell; the last one is <see cref="Live"/>.</summary>
    public DeskApart StartProcess(TradingOptions? options = null)
    {
        _processes.Add(DeskApart.Start(Firm.Site.Services, options ?? Options, Shard, Clock));
        return _processes[^1];
    }

    /// <summary>The last process stops as a host does.</summary>
    public async Task Stop()
    {
        await _processes[^1].DisposeAsync();
        _processes.RemoveAt(_processes.Count - 1);
    }

    public async Task<AccountId> Account(AccountTerms? terms = null, Guid? userId = null)
    {
        var id = new AccountId(Guid.CreateVersion7());
        userId ??= (await Firm.Trader()).Id;
        var number = await Firm.Run<OpenTradingAccount, Result<long>>(open => open.Run(
            new OpenTradingAccount.Request(id.Value, userId.Value, Guid.CreateVersion7(), 0, "Phase 1", terms ?? Terms, Shard), default));
        Assert.False(number.IsRefused);
        Assert.IsType<CommandOutcome.Accepted>(await Send(new OpenAccount(default, id, "open", terms ?? Terms)));
        return id;
    }

    public Task<CommandOutcome> Send(AccountCommand command) => Live.Send(command, TestContext.Current.CancellationToken);

    public Task<CommandOutcome> Buy(AccountId account, string clientId, string lots = "1", string symbol = "EURUSD") =>
        Send(new MarketOrder(default, account, clientId, symbol, Side.Buy, new Lots(Number(lots)), null, null));

    public async Task Price(string symbol, string bid, string ask)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        Quotes.Add(new Quote(Clock.GetUtcNow(), symbol, new Price(Number(bid)), new Price(Number(ask))));
        await Live.Take(Quotes[^1], TestContext.Current.CancellationToken);
    }

    public Task Tick() => Live.AdvanceTo(Clock.GetUtcNow(), TestContext.Current.CancellationToken);

    public async Task<string> Hash() => (await Live.StateHashes(TestContext.Current.CancellationToken))[0];

    public Task<IReadOnlyList<object?[]>> Rows(string sql, params object[] parameters) => Firm.Site.Audit(sql, parameters);

    /// <summary>Gives the accounts to the site's own engine and waits until that knows this one: it reads its state again with its next commit.</summary>
    public async Task HandOver(AccountId account)
    {
        await _processes[^1].HandOver(TestContext.Current.CancellationToken);
        var live = Firm.Site.Services.GetRequiredService<TradingDesk>();
        for (var tries = 0; await live.View(account, TestContext.Current.CancellationToken) is null; tries++)
        {
            Assert.True(tries < 600, "The site's engine did not take the account over.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        await Firm.DisposeAsync();
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
