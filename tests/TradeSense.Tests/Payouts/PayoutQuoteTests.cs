using Npgsql;
using TradeSense.Modules.Payouts;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Payouts;

/// <summary>What the quote says of single trades and of reviews is counted, not printed.</summary>
[Collection("Prices of ETHUSD")]
public sealed class PayoutQuoteTests(Site site)
{
    [Fact]
    public async Task Trades_around_news_are_named_and_paid_in_full_and_without_any_all_are_counted()
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader();
        Assert.Contains("1 trade since the last payout all counted", (await Quote(funded)).TextOf("#quote-lines"), StringComparison.Ordinal);

        await Do("update trades set uncounted = 250 where account_id = $1", funded.Account);
        var page = await Quote(funded);

        Assert.Contains("1 trade made around news", page.TextOf("#quote-lines"), StringComparison.Ordinal);
        Assert.DoesNotContain("all counted", page.TextOf("#quote-lines"), StringComparison.Ordinal);
        Assert.Contains("$250.00 would not count towards a target", page.TextOf("#reduced-trades"), StringComparison.Ordinal);
        var quote = (await firm.Run<PayoutQuote, PayoutQuote.View?>(quotes => quotes.Read(funded.Trader.Id, null, null, default)))!;
        Assert.Equal((500m, 400m, 1), (quote.Sums.Profit.Amount, quote.Sums.Share.Amount, quote.ReducedCount));
        Assert.Equal(quote.Sums.Trades.Amount, quote.Reduced.Sum(trade => trade.Profit.Amount));
    }

    [Fact]
    public async Task While_a_review_of_the_account_is_open_nothing_is_paid_and_the_page_says_so()
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader();
        await Do("""
            insert into incidents (tenant_id, id, kind, symbols, started_at, ended_at, reason, remedy, declared_by, declared_at)
            select tenant_id, id, 'WrongPrices', array['ETHUSD'], now() - interval '2 hours', now() - interval '1 hour', 'a spike', 'Reinstate', 'test', now() from trading_accounts where id = $1
            """, funded.Account);
        await Do("""
            insert into incident_accounts (tenant_id, id, incident_id, account_id, user_id, touch, remedy, status)
            select tenant_id, id, id, id, user_id, 'Traded', 'Credit', 'UnderReview' from trading_accounts where id = $1
            """, funded.Account);

        var page = await Quote(funded);
        var refused = await firm.Ask(funded);
        await Do("update incident_accounts set status = 'Stands', decided_at = now() where account_id = $1", funded.Account);

        Assert.Contains("Missing: No review open", page.TextOf("#conditions"), StringComparison.Ordinal);
        Assert.Equal(PayoutRefusal.UnderReview, refused.Refusal);
        Assert.Null((await firm.Ask(funded)).Refusal);
    }

    private static async Task<Page> Quote(PayoutScenes.Funded funded) => (await funded.Trader.Browser.Get("/trader/payouts")).Ok();

    private async Task Do(string sql, Guid account)
    {
        await using var owner = NpgsqlDataSource.Create(site.Database.Options.Owner);
        await using var command = owner.CreateCommand(sql);
        command.Parameters.Add(new() { Value = account });
        await command.ExecuteNonQueryAsync();
    }
}
