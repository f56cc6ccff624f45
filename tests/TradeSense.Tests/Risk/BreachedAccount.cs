using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Risk;

/// <summary>An account whose floor followed its equity up, over a day start, a partial close and a moved stop, until a quote crossed it.</summary>
internal static class BreachedAccount
{
    public static async Task<Guid> Receipt(Site site, TestDesk desk)
    {
        var trailing = TestDesk.Terms with { OverallLoss = new OverallLossRule(new Allowance(new Percent(4), null), OverallMode.TrailingEquity), ProfitTarget = null };
        var account = await desk.Account(trailing);
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        await desk.Send(new ModifyPosition(default, account, "m1", new PositionNumber(1), null, new Price(1.2m)));
        await desk.Price("EURUSD", "1.10250", "1.10260");
        await desk.Price("EURUSD", "1.10400", "1.10410");
        await desk.Send(new ClosePosition(default, account, "c1", new PositionNumber(1), new Lots(1m)));
        desk.Clock.Advance(TimeSpan.FromHours(24));
        await desk.Tick();
        await desk.Price("EURUSD", "1.10600", "1.10610");
        await desk.Price("EURUSD", "1.10580", "1.10590");
        await desk.Price("EURUSD", "1.09300", "1.09310");
        await desk.Price("EURUSD", "1.09310", "1.09320");
        await desk.Tick();

        return await Complete(site, desk, account);
    }

    public static async Task<EvidenceBundle> Bundle(Site site, TestDesk desk, AccountId account)
    {
        var receipt = await Complete(site, desk, account);
        return (await desk.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run(receipt, null, default)))!;
    }

    private static async Task<Guid> Complete(Site site, TestDesk desk, AccountId account)
    {
        await site.Services.GetRequiredService<CompleteReceipts>().Run(
            (symbol, from, to, _) => Task.FromResult<IReadOnlyList<Quote>>([.. desk.Quotes.Where(quote => quote.Symbol == symbol && quote.At >= from && quote.At <= to)]),
            desk.Clock.GetUtcNow().AddHours(1), desk.Shard, TestContext.Current.CancellationToken);
        return (Guid)Assert.Single(await desk.Rows("select id from breaches where account_id = $1", account.Value))[0]!;
    }

    public static async Task<EvidenceBundle> Bundle(Site site, bool isHeadSigned = true)
    {
        await using var desk = await TestDesk.Open(site);
        var receipt = await Receipt(site, desk);
        if (isHeadSigned) Assert.NotNull(await desk.Firm.Run<SignDailyHead, JournalHead?>(sign => sign.Run(default)));
        return (await desk.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run(receipt, null, default)))!;
    }
}
