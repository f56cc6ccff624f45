using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Risk.Incidents;

/// <summary>A site of its own with one trader who holds bitcoin on the live desk, and two members of staff. Prices are the test's, and the archive has them.</summary>
internal sealed class IncidentScenes : IAsyncDisposable
{
    private const string Symbol = "BTCUSD";
    private readonly List<Quote> _quotes = [];

    private IncidentScenes(Site site, TestFirm firm, TestPerson trader, TestPerson owner, TestPerson risk, Guid challenge, Guid account) =>
        (Site, Firm, Trader, Owner, Risk, Challenge, Account) = (site, firm, trader, owner, risk, challenge, account);

    public Site Site { get; }
    public TestFirm Firm { get; }
    public TestPerson Trader { get; }
    public TestPerson Owner { get; }
    public TestPerson Risk { get; }
    public Guid Challenge { get; }
    public Guid Account { get; private set; }
    public DateTimeOffset Now => Firm.Clock.GetUtcNow();
    public TradingDesk Desk => Site.Services.GetRequiredService<TradingDesk>();

    public static async Task<IncidentScenes> Open()
    {
        var site = await Site.Start(TimeProvider.System, null);
        var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var challenge = await firm.Buy(trader, await firm.Sell(), size: 100_000m);
        await firm.DrainOutbox();
        var account = (await firm.Challenge(trader, challenge)).Account!.AccountId!.Value;
        var scenes = new IncidentScenes(site, firm, trader, await firm.Staff(Role.Owner), await firm.Staff(Role.Risk), challenge, account);
        while (await scenes.Desk.View(new AccountId(account), default) is null) await Task.Delay(20, TestContext.Current.CancellationToken);
        return scenes;
    }

    /// <summary>Goes on with another account of the trader, under these terms and without a challenge.</summary>
    public async Task Under(AccountTerms terms)
    {
        Account = Guid.CreateVersion7();
        await Firm.Run<OpenTradingAccount, Result<long>>(open => open.Run(new OpenTradingAccount.Request(Account, Trader.Id, Guid.CreateVersion7(), 0, "Phase 1", terms), default));
        await Firm.DrainOutbox();
        while (await Desk.View(new AccountId(Account), default) is null) await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    /// <summary>A price taken by engine and archive.</summary>
    public async Task<DateTimeOffset> Price(decimal bid, TimeSpan? ago = null)
    {
        var now = Now - (ago ?? TimeSpan.Zero);
        var quote = new Quote(now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMillisecond)), Symbol, new Price(bid), new Price(bid + 10m));
        var minute = BarPeriod.M1.OpenOf(quote.At);
        _quotes.Add(quote);
        await Site.Services.GetRequiredService<QuoteArchive>().Write(
            new ArchiveBatch([new QuoteMinute(Symbol, minute, [.. _quotes.Where(one => BarPeriod.M1.OpenOf(one.At) == minute)])], [], [quote]), default);
        await Desk.Take(quote, default);
        return quote.At;
    }

    public async Task Buy(string lots) =>
        Assert.IsType<CommandOutcome.Accepted>(await Desk.Send(new MarketOrder(default, new AccountId(Account), Guid.CreateVersion7().ToString(), Symbol, Side.Buy, new Lots(decimal.Parse(lots, System.Globalization.CultureInfo.InvariantCulture)), null, null), default));

    public async Task CloseAll() => Assert.IsType<CommandOutcome.Accepted>(await Desk.Send(new CloseAllPositions(default, new AccountId(Account), Guid.CreateVersion7().ToString()), default));

    /// <summary>Sixty thousand, a position, and a crash that ends the account: when the verdict fell.</summary>
    public async Task<DateTimeOffset> Crash()
    {
        await Price(60_000m, ago: TimeSpan.FromMinutes(3));
        await Buy("1.00");
        var at = await Price(50_000m);
        await Desk.AdvanceTo(Now, default);
        await Firm.DrainOutbox();
        Assert.Equal("Failed", await Status());
        return at;
    }

    public async Task<string> Status() => (string)(await Site.Audit("select status from trading_accounts where id = $1", Account)).Single()[0]!;

    /// <summary>Declared by the owner through the page, for a time that ends now.</summary>
    public async Task<Page> Declare(IncidentKind kind, DateTimeOffset from, string symbols = Symbol, DateTimeOffset? to = null)
    {
        await Task.Delay(5, TestContext.Current.CancellationToken);
        return await (await Owner.Browser.Get("/firm/incidents/declare")).Ok().Form("#declare-form")
            .Submit(new { Kind = kind, Symbols = symbols, From = Text(from), To = Text(to ?? Now), Reason = "The venue sent wrong prices." });
    }

    public async Task<Guid> Touch() => (Guid)(await Site.Audit("select id from incident_accounts where account_id = $1", Account)).Single()[0]!;

    public async ValueTask DisposeAsync()
    {
        await Firm.DisposeAsync();
        await Site.DisposeAsync();
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture);
}
