using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Risk;

public sealed class SealReceiptsTests(Site site)
{
    [Fact]
    public async Task A_receipt_is_sealed_when_it_is_complete_and_the_trader_has_digest_and_key_before_anybody_downloads_it()
    {
        await using var desk = await TestDesk.Open(site);
        var trader = await desk.Firm.Trader();
        var account = await desk.Account(userId: trader.Id);
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Tick();
        var receipt = (Guid)(await desk.Rows("select id from breaches where account_id = $1", account.Value))[0][0]!;
        var path = $"/trader/accounts/{account}/receipts/{receipt}";
        Assert.Contains("still being added", (await trader.Browser.Get(path)).Ok().TextOf("#receipt-seal"), StringComparison.Ordinal);

        await Complete(desk);

        var seal = Assert.Single(await desk.Rows("select digest, fingerprint from receipt_seals where id = $1", receipt));
        var printed = (await trader.Browser.Get(path)).Ok().TextOf("#receipt-seal");
        var mail = await desk.Firm.MailTo(trader.Email);
        Assert.All(seal, part => Assert.Contains((string)part!, printed, StringComparison.Ordinal));
        Assert.All(seal, part => Assert.Contains((string)part!, mail, StringComparison.Ordinal));
        Assert.Contains((string)seal[0]!, (await trader.Browser.Get("/trader/notifications")).Ok().Text, StringComparison.Ordinal);
        var bundle = (await desk.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run(receipt, null, default)))!;
        Assert.True(VerifyBundle.Run(bundle.Write(), (string)seal[0]!, [(string)seal[1]!]).Stands);
        await Complete(desk);
        Assert.Equal(1L, (await desk.Rows("select count(*) from notifications where tenant_id = $1 and kind = 'receipt.sealed'", desk.Firm.Tenant.Id))[0][0]);
    }

    private Task<int> Complete(TestDesk desk) => site.Services.GetRequiredService<CompleteReceipts>().Run(
        (symbol, from, to, _) => Task.FromResult<IReadOnlyList<Quote>>([.. desk.Quotes.Where(quote => quote.Symbol == symbol && quote.At >= from && quote.At <= to)]),
        desk.Clock.GetUtcNow().AddHours(1), desk.Shard, TestContext.Current.CancellationToken);
}
