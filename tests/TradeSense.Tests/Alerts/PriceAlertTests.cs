using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Alerts;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Payments;

namespace TradeSense.Tests.Alerts;

/// <summary>Alerts are told by real quotes, once, to the trader who asked.</summary>
public sealed class PriceAlertTests(Site shared)
{
    private const int Patience = 60;

    [Fact]
    public async Task An_alert_is_told_once_by_the_first_quote_whose_bid_is_there()
    {
        await using var site = await Site.Start(TimeProvider.System, null);
        await using var firm = await TestFirm.Create(site);
        var (anna, boris) = (await firm.Trader("anna"), await firm.Trader("boris"));
        Quote(site, "EURUSD", 1.1000m);
        var id = await Set(firm, anna, "EURUSD", AlertKind.Above, "1.1010", byMail: true);
        await firm.Until(() => Task.FromResult(site.Services.GetRequiredService<AlertBook>().Count == 1), "The watcher knows it", Patience);

        foreach (var bid in new[] { 1.1005m, 1.1012m, 1.1020m, 1.1000m, 1.1030m }) Quote(site, "EURUSD", bid);

        await firm.Until(async () => (await Find(firm, anna, id))!.Status is AlertStatus.Fired, "Told", Patience);
        Assert.Equal(1.1012m, (await Find(firm, anna, id))!.FiredPrice);
        Assert.Single(await site.Audit("select 1 from notifications where user_id = $1 and kind = 'alert.fired'", anna.Id));
        Assert.StartsWith("EURUSD is above 1.10100", await firm.MailTo(anna.Email), StringComparison.Ordinal);
        Assert.Empty((await List(firm, boris, past: true)).Rows);
    }

    [Fact]
    public async Task What_was_reached_while_nobody_watched_is_told_at_the_next_start()
    {
        await using var site = await Site.Start(TimeProvider.System, null);
        await using var firm = await TestFirm.Create(site);
        var anna = await firm.Trader("anna");
        Quote(site, "EURUSD", 1.1000m);
        var id = await Set(firm, anna, "EURUSD", AlertKind.Below, "1.0990");
        await firm.Until(async () => (await site.Audit("select 1 from alert_watch")).Count == 1, "The watcher says how far it is", Patience);

        // Accepted and archived, as by a process that was killed before it could tell.
        var buffer = new ArchiveBuffer(new LiveBars());
        var from = TimeProvider.System.GetUtcNow();
        foreach (var (second, bid) in new[] { (1, 1.0995m), (2, 1.0989m), (3, 1.1000m) }) buffer.Add(new Quote(from.AddSeconds(second), "EURUSD", new Price(bid), new Price(bid)));
        await site.Services.GetRequiredService<QuoteArchive>().Write(buffer.Take(), TestContext.Current.CancellationToken);
        Assert.Equal(AlertStatus.Waiting, (await Find(firm, anna, id))!.Status);
        await using var next = await Site.Beside(site, _ => { });

        await firm.Until(async () => (await Find(firm, anna, id))!.Status is AlertStatus.Fired, "Told after the start", Patience);
        Assert.Equal(1.0989m, (await Find(firm, anna, id))!.FiredPrice);
        Assert.Single(await site.Audit("select 1 from notifications where user_id = $1", anna.Id));
    }

    [Theory]
    [InlineData("AUDUSD", AlertKind.Above, "0.6400", 30, "", "alert.already_above")]
    [InlineData("AUDUSD", AlertKind.Below, "0.6600", 30, "", "alert.already_below")]
    [InlineData("AUDUSD", AlertKind.Above, "0,6600", 30, "", "alert.invalid_price")]
    [InlineData("AUDUSD", AlertKind.Above, "0.660001", 30, "", "alert.invalid_price")]
    [InlineData("AUDUSD", AlertKind.Change, "0", 30, "", "alert.invalid_percent")]
    [InlineData("AUDUSD", AlertKind.Change, "51", 30, "", "alert.invalid_percent")]
    [InlineData("AUDUSD", AlertKind.Above, "0.6600", 0, "", "alert.invalid_expiry")]
    [InlineData("AUDUSD", AlertKind.Above, "0.6600", 91, "", "alert.invalid_expiry")]
    [InlineData("AUDUSD", AlertKind.Above, "0.6600", 30, "a\nb", "alert.invalid_note")]
    [InlineData("ABCDEF", AlertKind.Above, "1", 30, "", "alert.unknown_instrument")]
    public async Task What_cannot_be_waited_for_is_refused(string symbol, AlertKind kind, string wanted, int days, string note, string code)
    {
        await using var firm = await TestFirm.Create(shared);
        var anna = await firm.Trader("anna");
        Quote(shared, "AUDUSD", 0.6500m);

        var refused = await firm.Run<SetPriceAlert, Result<Guid>>(set => set.Run(new(anna.Id, null, symbol, kind, wanted, days, note, false), default));

        Assert.Equal(code, refused.Refusal!.Code);
    }

    [Fact]
    public async Task Only_so_many_wait_at_a_time_and_they_are_each_traders_own()
    {
        await using var firm = await TestFirm.Create(shared);
        await using var other = await TestFirm.Create(shared);
        var (anna, boris) = (await firm.Trader("anna"), await firm.Trader("boris"));
        Quote(shared, "AUDUSD", 0.6500m);
        var id = await Set(firm, anna, "AUDUSD", AlertKind.Change, "50");
        for (var i = 1; i < 50; i++) await Set(firm, anna, "AUDUSD", AlertKind.Above, "9");

        var tooMany = await firm.Run<SetPriceAlert, Result<Guid>>(set => set.Run(new(anna.Id, null, "AUDUSD", AlertKind.Above, "9", 1, null, false), default));

        Assert.Equal("alert.too_many", tooMany.Refusal!.Code);
        Assert.Equal("alert.unknown", (await firm.Run<RemovePriceAlert, Result>(remove => remove.Run(boris.Id, id, default))).Refusal!.Code);
        Assert.Equal("alert.unknown", (await firm.Run<SetPriceAlert, Result<Guid>>(set => set.Run(new(boris.Id, id, "AUDUSD", AlertKind.Above, "9", 1, null, false), default))).Refusal!.Code);
        Assert.Equal("alert.unknown", (await other.Run<RemovePriceAlert, Result>(remove => remove.Run(anna.Id, id, default))).Refusal!.Code);
        Assert.Equal(50, (await List(firm, anna, past: false)).Waiting);
    }

    [Fact]
    public async Task A_trader_sets_changes_and_removes_an_alert_on_the_pages()
    {
        await using var firm = await TestFirm.Create(shared);
        var anna = await firm.Trader("anna");
        Quote(shared, "AUDUSD", 0.6500m);
        Assert.Contains("No alert waits", (await anna.Browser.Get("/trader/alerts")).Ok().Text, StringComparison.Ordinal);

        var form = (await anna.Browser.Get("/trader/alerts/new?symbol=AUDUSD")).Ok().Form("#alert-form");
        var wrong = await form.Submit(new { Kind = "Below", Wanted = "0.7" });
        Assert.Contains("stands at 0.65", wrong.TextOf("#Form_Wanted-error"), StringComparison.Ordinal);
        var list = (await wrong.Form("#alert-form").Submit(new { Kind = "Below", Wanted = "0.64000", Note = "Buy the dip" })).Ok();
        Assert.Contains("falls below 0.64000", list.TextOf("#alert-table"), StringComparison.Ordinal);
        Assert.Contains("Buy the dip", list.TextOf("#alert-table"), StringComparison.Ordinal);

        list = (await (await list.Follow("Change")).Ok().Form("#alert-form").Submit(new { Kind = "Change", Wanted = "1.5" })).Ok();
        Assert.Contains("changes by 1.50", list.TextOf("#alert-table"), StringComparison.Ordinal);

        list = (await list.Form("#alert-table form").Submit()).Ok();
        Assert.Contains("No alert waits", list.Text, StringComparison.Ordinal);
    }

    private static void Quote(Site site, string symbol, decimal bid) =>
        site.Services.GetRequiredService<LatestQuotes>().Put(new Quote(TimeProvider.System.GetUtcNow(), symbol, new Price(bid), new Price(bid + 0.0001m)));

    private static async Task<Guid> Set(TestFirm firm, TestPerson trader, string symbol, AlertKind kind, string wanted, bool byMail = false) =>
        (await firm.Run<SetPriceAlert, Result<Guid>>(set => set.Run(new(trader.Id, null, symbol, kind, wanted, 30, null, byMail), default))).Value;

    private static Task<PriceAlertList.Row?> Find(TestFirm firm, TestPerson trader, Guid id) => firm.Run<PriceAlertList, PriceAlertList.Row?>(list => list.Find(trader.Id, id, default));

    private static Task<PriceAlertList.Page> List(TestFirm firm, TestPerson trader, bool past) => firm.Run<PriceAlertList, PriceAlertList.Page>(list => list.Read(trader.Id, past, 1, 100, default));
}
