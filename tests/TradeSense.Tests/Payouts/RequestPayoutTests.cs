using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payouts;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Payments;

namespace TradeSense.Tests.Payouts;

[Collection("Prices of ETHUSD")]
public sealed class RequestPayoutTests(Site site)
{
    [Fact]
    public async Task A_trader_sees_the_quote_asks_and_the_profit_leaves_the_account()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        var funded = await firm.FundedTrader(profit: 500.01m);

        var page = (await funded.Trader.Browser.Get("/trader/payouts")).Ok();
        Assert.Contains("$400.00", page.TextOf("#quote-lines"), StringComparison.Ordinal);
        var payout = (await page.Form("#payout-form").Submit(new { Holder = "Anna Trader", Destination = PayoutScenes.Iban })).Ok();
        var id = Guid.Parse(payout.Address.Segments[^1]);
        await firm.Reached(id, PayoutStatus.AwaitingDecision);

        // 80 % of 500.01 is 400.008, cut to 400.00.
        Assert.Equal(10_000m, await firm.Balance(funded.Account));
        Assert.Equal(-400.00m, await firm.LedgerBalance(LedgerAccountName.PayoutPayable(funded.Trader.Id)));
        Assert.Contains("decided within", (await funded.Trader.Browser.GetFragment($"/trader/payouts/{id}?handler=Steps")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("waits for a decision", await firm.MailTo(owner.Email), StringComparison.Ordinal);
        Assert.Contains("Your payout request is in", await firm.MailTo(funded.Trader.Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_requests_at_once_are_one_payout_and_one_reserve()
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader();

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => firm.Ask(funded)));
        await firm.Reached(results.Single(result => !result.IsRefused).Value, PayoutStatus.AwaitingDecision);

        Assert.All(results.Where(result => result.IsRefused), result => Assert.Equal(PayoutRefusal.AnotherOpen, result.Refusal));
        Assert.Equal(1, await firm.TransfersOf(LedgerTransferKind.PayoutReserve));
        Assert.Equal(10_000m, await firm.Balance(funded.Account));
    }

    [Fact]
    public async Task One_form_sent_twenty_times_is_one_payout_and_all_get_it()
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader();
        var key = Guid.CreateVersion7();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => firm.Ask(funded, 200m, key)));
        var other = await firm.Ask(funded, 300m, key);

        Assert.Single(results.Select(result => result.Value).Distinct());
        Assert.Equal(PayoutRefusal.KeyReused, other.Refusal);
    }

    [Fact]
    public async Task Part_of_the_profit_can_be_taken_and_the_rest_is_carried_over()
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader();

        var first = await firm.Requested(funded, 200m);
        Assert.Null((await firm.Run<ApprovePayout, Result>(approve => approve.Run(first, funded.Trader.Id, default))).Refusal);
        await firm.Reached(first, PayoutStatus.Paid);

        var quote = (await firm.Run<PayoutQuote, PayoutQuote.View?>(quotes => quotes.Read(funded.Trader.Id, null, null, default)))!;
        Assert.Equal((300m, 300m, 0), (quote.Sums.Profit.Amount, quote.Sums.CarriedOver.Amount, quote.Sums.TradeCount));
        // One paid payout later the split has grown from 80 to 85 %.
        Assert.Equal(255m, quote.Sums.Share.Amount);
    }

    [Theory]
    [InlineData("62.49", "payouts.below_minimum")]
    [InlineData("500.01", "payouts.above_available")]
    [InlineData("0", "payouts.amount_invalid")]
    [InlineData("-5", "payouts.amount_invalid")]
    [InlineData("10.001", "payouts.amount_invalid")]
    public async Task An_amount_that_cannot_be_paid_is_refused_and_reserves_nothing(string amount, string code)
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader();

        var refused = await firm.Ask(funded, decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((code, "Amount"), (refused.Refusal?.Code, refused.Refusal?.Field));
        Assert.Equal(0, await firm.TransfersOf(LedgerTransferKind.PayoutReserve));
    }

    [Theory]
    [InlineData("", "Anna", "payouts.destination_invalid")]
    [InlineData("DE89 3704 0044 0532 0130 01", "Anna", "payouts.destination_invalid")]
    [InlineData("12345", "Anna", "payouts.destination_invalid")]
    [InlineData("DE89 3704 0044 0532 0130 00", " ", "payouts.holder_missing")]
    public async Task A_bank_account_that_cannot_be_right_is_refused(string number, string holder, string code)
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader();

        Assert.Equal(code, (await firm.Ask(funded, iban: number, holder: holder)).Refusal?.Code);
    }

    [Fact]
    public async Task Somebody_in_the_evaluation_is_told_what_is_missing()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        await firm.Buy(trader, await firm.Sell());

        var page = (await trader.Browser.Get("/trader/payouts")).Ok();

        Assert.Contains("Pass every phase", page.TextOf("#conditions"), StringComparison.Ordinal);
        Assert.False(page.Has("#payout-form"));
    }

    [Fact]
    public async Task Days_that_have_not_passed_are_named_with_their_end()
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader(SampleModel.Make());

        Assert.Equal(PayoutRefusal.TooEarly.Code, (await firm.Ask(funded)).Refusal?.Code);
        Assert.Contains("21 days since funding", (await funded.Trader.Browser.Get("/trader/payouts")).Ok().TextOf("#conditions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_position_stands_in_the_way()
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader();
        await firm.Open(funded.Account);

        Assert.Equal(PayoutRefusal.PositionOpen.Code, (await firm.Ask(funded)).Refusal?.Code);
    }

    [Fact]
    public async Task What_would_cross_a_floor_stays_in_the_account()
    {
        await using var firm = await TestFirm.Create(site);
        var trailing = new OverallLossRule(new Allowance(new Percent(2), null), OverallMode.TrailingBalance);
        var funded = await firm.FundedTrader(PayoutScenes.Prompt with { Funded = PayoutScenes.Prompt.Funded with { DailyLoss = null, OverallLoss = trailing } });

        // The peak is 10,500, the floor 200 below it: 300 must stay.
        var quote = (await firm.Run<PayoutQuote, PayoutQuote.View?>(quotes => quotes.Read(funded.Trader.Id, null, null, default)))!;
        var refused = await firm.Ask(funded, 200.01m);
        var id = await firm.Requested(funded, 200m);

        Assert.Equal((200m, 300m, 0m), (quote.Sums.Available.Amount, quote.Sums.HeldByFloor.Amount, quote.Room!.Value.Amount));
        Assert.Equal("payouts.above_available", refused.Refusal?.Code);
        Assert.Equal(10_300m, await firm.Balance(funded.Account));
        Assert.Equal(160m, (await firm.Payout(id)).Amount);
    }

    [Fact]
    public async Task When_the_engine_refuses_nothing_is_taken_and_the_reserve_is_given_up()
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader();

        // The account ends between the request and its withdrawal.
        var id = await firm.Run(async services =>
        {
            var requested = await services.GetRequiredService<RequestPayout>().Run(new(funded.Trader.Id, funded.Account, null, "Anna Trader", PayoutScenes.Iban, Guid.CreateVersion7()), default);
            await firm.Desk().Send(new CloseAccount(default, new AccountId(funded.Account), "end", "test"), default);
            return requested.Value;
        });
        await firm.Reached(id, PayoutStatus.Refused);

        Assert.Equal(10_500m, await firm.Balance(funded.Account));
        Assert.Equal(0m, await firm.LedgerBalance(LedgerAccountName.PayoutPayable(funded.Trader.Id)));
        Assert.Equal("account_not_active", (await firm.Payout(id)).Reason);
    }

    [Fact]
    public async Task Another_traders_account_and_payout_are_not_there()
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader();
        var other = await firm.Trader();
        var id = await firm.Requested(funded);

        Assert.Equal(PayoutRefusal.NoAccount, (await firm.Ask(funded with { Trader = other })).Refusal);
        foreach (var path in (string[])[$"/trader/payouts/{id}", $"/trader/payouts/{id}?handler=Steps", $"/trader/payouts/{id}/receipt"])
            (await other.Browser.Get(path)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_bank_account_is_kept_sealed()
    {
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader();
        var id = await firm.Requested(funded);

        var plain = await firm.Run(services => services.GetRequiredService<TradeSenseDb>().Database.SqlQuery<string>($"select payouts::text as \"Value\" from payouts where id = {id}").SingleAsync());

        Assert.DoesNotContain("37040044", plain, StringComparison.Ordinal);
        Assert.Equal("3000", (await firm.Payout(id)).DestinationEnd);
    }
}
