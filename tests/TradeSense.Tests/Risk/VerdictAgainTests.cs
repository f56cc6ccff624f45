using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Risk;

/// <summary>A verdict is worked out from its evidence, whatever the account lived through; and evidence that its own signer forged is contradicted.</summary>
public sealed class VerdictAgainTests(Site site)
{
    private static readonly OverallLossRule Trailing = new(new Allowance(new Percent(4), null), OverallMode.TrailingEquity, Payout: PayoutEffect.LowersPeak);

    [Fact]
    public async Task Payouts_and_their_return_move_the_floor_as_the_terms_say()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account(TestDesk.Terms with { OverallLoss = Trailing, ProfitTarget = null });
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        await desk.Price("EURUSD", "1.10810", "1.10820");
        await desk.Send(new ClosePosition(default, account, "c1", new PositionNumber(1), null));
        Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new WithdrawPayout(default, account, "p1", new Money(2_000m, Currency.Usd))));
        Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new WithdrawPayout(default, account, "p2", new Money(500m, Currency.Usd))));
        Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new ReturnPayout(default, account, "p2r", new Money(500m, Currency.Usd))));
        await desk.Buy(account, "a2", lots: "5");
        await desk.Price("EURUSD", "1.09700", "1.09710");
        await desk.Tick();

        var report = VerifyBundle.Run((await Bundles(desk, account))[^1].Write());

        Assert.Empty(report.Differences);
        Assert.Equal(["Payout", "Payout", "Payout came back"], report.Verdict!.Floors.Select(step => step.What).Where(what => what.StartsWith("Payout", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_second_verdict_after_a_reinstatement_and_a_credit_stands_on_both()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        await desk.Price("EURUSD", "1.08000", "1.08010");
        Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new ReinstateAccount(default, account, "appeal:1", new Money(99_500m, Currency.Usd), "granted")));
        Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new CreditAccount(default, account, "credit:1", new Money(300m, Currency.Usd), "an incident")));
        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Buy(account, "a2", lots: "5");
        await desk.Price("EURUSD", "1.07000", "1.07010");
        await desk.Tick();

        var bundles = await Bundles(desk, account);

        Assert.Equal(2, bundles.Count);
        Assert.All(bundles, bundle => Assert.Empty(VerifyBundle.Run(bundle.Write()).Differences));
    }

    [Fact]
    public async Task A_daily_rule_checked_at_the_days_end_is_judged_by_the_quotes_of_that_end()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account(TestDesk.Terms with { DailyLoss = new DailyLossRule(new Allowance(new Percent(2), null), Evaluate: Evaluation.EndOfDay) });
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        await desk.Price("EURUSD", "1.09400", "1.09410");
        Assert.Equal(AccountStatus.Active, (await desk.Live.View(account, TestContext.Current.CancellationToken))!.State.Status);
        desk.Clock.Advance(TimeSpan.FromHours(13) - TimeSpan.FromSeconds(20));
        await desk.Price("EURUSD", "1.09500", "1.09510");
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Tick();

        var report = VerifyBundle.Run(Assert.Single(await Bundles(desk, account)).Write());

        Assert.Empty(report.Differences);
        Assert.Equal((22, 0), (report.Verdict!.Breach.At.Hour, report.Verdict.Breach.At.Minute));
    }

    [Fact]
    public async Task A_day_that_starts_at_an_equity_in_another_currency_is_worked_out_with_swaps_and_rates()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await Overnight(desk);

        var bundle = Assert.Single(await Bundles(desk, account));
        var report = VerifyBundle.Run(bundle.Write());

        Assert.Empty(report.Differences);
        Assert.Contains(bundle.Journal, entry => entry.Kind == "swap_charged");
        Assert.Contains(report.Verdict!.Floors, step => step.What.StartsWith("Day 2026-03-0", StringComparison.Ordinal) && step.Limits.Anchor > 100_300m);
    }

    [Fact]
    public async Task A_worse_quote_from_half_a_minute_earlier_is_contradicted()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.06000", "1.06010");
        var worse = desk.Quotes[^1];
        desk.Clock.Advance(TimeSpan.FromSeconds(15));
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        desk.Clock.Advance(TimeSpan.FromSeconds(13));
        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Tick();

        var forged = await Forged(desk, account, fact => fact is not AccountFailed failed ? fact : failed with
        {
            Breach = failed.Breach with { Equity = failed.Breach.Equity - 10_000m },
            Evidence = failed.Evidence with
            {
                Floating = failed.Evidence.Floating - 10_000m,
                Quotes = [worse],
                Positions = [.. failed.Evidence.Positions.Select(position => position with { Profit = position.Profit - 10_000m, Mark = worse.Bid })],
            },
        });

        var told = Assert.Single(forged);
        Assert.EndsWith("evidence.quotes.EURUSD", told.Field, StringComparison.Ordinal);
        Assert.Contains("1.08000,1.08010", told.Expected, StringComparison.Ordinal);
        Assert.Contains("1.06000,1.06010", told.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profit_that_price_and_lots_do_not_come_to_is_contradicted_though_all_balances_follow_it()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account(TestDesk.Terms with { ProfitTarget = null });
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        desk.Clock.Advance(TimeSpan.FromSeconds(8));
        await desk.Price("EURUSD", "1.10200", "1.10210");
        await desk.Send(new ClosePosition(default, account, "c1", new PositionNumber(1), new Lots(2m)));
        await desk.Buy(account, "a2", lots: "5");
        await desk.Price("EURUSD", "1.09000", "1.09010");
        await desk.Tick();

        EngineEvent Less(EngineEvent fact, bool isAfter) => fact switch
        {
            PositionClosed closed => closed with { Profit = closed.Profit - 100m, Balance = closed.Balance - 100m },
            PositionOpened opened when isAfter => opened with { Balance = opened.Balance - 100m },
            AccountFailed failed => failed with { Breach = failed.Breach with { Equity = failed.Breach.Equity - 100m }, Evidence = failed.Evidence with { BalanceBefore = failed.Evidence.BalanceBefore - 100m } },
            _ => fact,
        };
        var isAfter = false;
        var forged = await Forged(desk, account, fact => Less(fact, (isAfter |= fact is PositionClosed) && fact is not PositionClosed));

        var told = Assert.Single(forged);
        Assert.EndsWith("body.profit", told.Field, StringComparison.Ordinal);
        Assert.Equal(("380", "280"), (told.Expected, told.Found));
        Assert.Contains(await Forged(desk, account, fact => fact is PositionClosed closed ? closed with { Commission = closed.Commission + 1m, Balance = closed.Balance - 1m } : fact), one => one.Field.EndsWith("body.commission", StringComparison.Ordinal));
        Assert.Contains(await Forged(desk, account, fact => fact is PositionClosed closed ? closed with { Price = new Price(1.101m) } : fact), one => one.Field.EndsWith("body.price", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Quotes_under_which_the_floor_had_long_been_crossed_are_contradicted()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        for (var i = 0; i < 10; i++)
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(2));
            await desk.Price("EURUSD", "1.09500", "1.09510");
        }

        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Tick();

        var forged = await Forged(desk, account, null, quotes => quotes.Select(quote => quote.Bid.Value == 1.095m ? quote with { Bid = new Price(1.07m), Ask = new Price(1.0701m) } : quote));

        Assert.EndsWith("breach.at", Assert.Single(forged).Field, StringComparison.Ordinal);
        Assert.Contains(await Forged(desk, account, null, quotes => quotes.SkipLast(1)), one => one.Field == "quotes");
    }

    [Fact]
    public async Task An_equity_at_a_days_start_that_its_quotes_do_not_make_is_contradicted()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await Overnight(desk);

        // A higher anchor lifts the floor and makes the verdict out of nothing.
        EngineEvent Lifted(EngineEvent fact) => fact switch
        {
            DayStarted day => day with { Equity = day.Equity + 900m, Anchor = day.Anchor + 900m, DailyFloor = day.DailyFloor + 900m },
            AccountFailed failed => failed with
            {
                Breach = failed.Breach with { Floor = failed.Breach.Floor + 900m },
                Evidence = failed.Evidence with { DailyAnchor = failed.Evidence.DailyAnchor + 900m, DailyFloor = failed.Evidence.DailyFloor + 900m },
            },
            _ => fact,
        };

        var forged = await Forged(desk, account, Lifted);
        Assert.EndsWith("body.equity", forged[0].Field, StringComparison.Ordinal);
        Assert.Contains(await Forged(desk, account, fact => Lifted(fact) is DayStarted day ? day with { Quotes = null } : Lifted(fact)), one => one.Field.EndsWith("body.quotes", StringComparison.Ordinal));
        Assert.Contains(await Forged(desk, account, fact => fact is SwapCharged swap ? swap with { Amount = swap.Amount - 7m } : fact), one => one.Field.EndsWith("body.amount", StringComparison.Ordinal));
        Assert.Contains(await Forged(desk, account, fact => fact is PositionClosed closed ? closed with { Rates = null } : fact), one => one.Field.EndsWith("body.rates", StringComparison.Ordinal));
    }

    /// <summary>An account in euros holding francs against dollars over two nights, one of them a Wednesday's; its day is anchored at the higher of balance and equity.</summary>
    private static async Task<AccountId> Overnight(TestDesk desk)
    {
        var account = await desk.Account(TestDesk.Terms with
        {
            Currency = Currency.Of("EUR"),
            SwapFree = false,
            ProfitTarget = null,
            DailyLoss = new DailyLossRule(new Allowance(new Percent(2), null), DailyAnchor.Higher),
        });
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Price("USDCHF", "0.90000", "0.90010");
        await desk.Buy(account, "a1", lots: "3", symbol: "USDCHF");
        await desk.Price("USDCHF", "0.90300", "0.90310");
        for (var night = 0; night < 2; night++)
        {
            desk.Clock.Advance(TimeSpan.FromDays(1));
            await desk.Tick();
        }

        await desk.Price("EURUSD", "1.10200", "1.10210");
        await desk.Price("USDCHF", "0.90310", "0.90320");
        await desk.Send(new ClosePosition(default, account, "c1", new PositionNumber(1), new Lots(1m)));
        await desk.Price("USDCHF", "0.88800", "0.88810");
        await desk.Tick();
        return account;
    }

    /// <summary>What is told of the account's last bundle when its signer, whose key is known, wrote facts or quotes anew.</summary>
    private async Task<IReadOnlyList<Difference>> Forged(TestDesk desk, AccountId account, Func<EngineEvent, EngineEvent>? fact, Func<IReadOnlyList<Quote>, IEnumerable<Quote>>? quotes = null)
    {
        var bundle = (await Bundles(desk, account))[^1];
        using var forger = new Forger();
        Assert.Empty(VerifyBundle.Run(forger.Sign(bundle).Write(), keys: [forger.Fingerprint]).Differences);

        var report = VerifyBundle.Run(forger.Sign(bundle, fact, quotes).Write(), keys: [forger.Fingerprint]);
        Assert.True(report.IsWhole);
        Assert.False(report.Stands);
        return report.Differences;
    }

    private async Task<IReadOnlyList<EvidenceBundle>> Bundles(TestDesk desk, AccountId account)
    {
        await site.Services.GetRequiredService<CompleteReceipts>().Run(
            (symbol, from, to, _) => Task.FromResult<IReadOnlyList<Quote>>([.. desk.Quotes.Where(quote => quote.Symbol == symbol && quote.At >= from && quote.At <= to)]),
            desk.Clock.GetUtcNow().AddHours(1), desk.Shard, TestContext.Current.CancellationToken);
        var bundles = new List<EvidenceBundle>();
        foreach (var row in await desk.Rows("select id from breaches where account_id = $1 order by at", account.Value))
            bundles.Add((await desk.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run((Guid)row[0]!, null, default)))!);
        Assert.NotEmpty(bundles);
        return bundles;
    }
}
