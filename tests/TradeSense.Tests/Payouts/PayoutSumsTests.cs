using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Payouts;

namespace TradeSense.Tests.Payouts;

public sealed class PayoutSumsTests
{
    private static readonly Percent Eighty = new(80);

    [Fact]
    public void The_worked_example_of_the_document_comes_out()
    {
        var account = Account(104_321.57m, daily: new DailyLossRule(new Allowance(new Percent(5), null)), dailyFloor: 100_500m);

        var sums = PayoutSums.Of(account, account.Balance, 3_821.57m, 12, null, Eighty);

        Assert.Equal((500m, 4_321.57m, 3_821.57m, 500m), (sums.CarriedOver.Amount, sums.Profit.Amount, sums.Available.Amount, sums.HeldByFloor.Amount));
        Assert.Equal((3_057.25m, 764.32m), (sums.Share.Amount, sums.FirmShare.Amount));
    }

    [Fact]
    public void Without_profit_there_is_nothing_to_share()
    {
        var sums = PayoutSums.Of(Account(99_000m), 99_000m, -1_000m, 3, null, Eighty);

        Assert.Equal((0m, 0m, 0m), (sums.Profit.Amount, sums.Available.Amount, sums.Share.Amount));
    }

    [Theory]
    [InlineData(Comparison.Below, 500)]
    [InlineData(Comparison.AtOrBelow, 499.99)]
    public void The_last_cent_that_may_leave_depends_on_how_the_rule_compares(Comparison compare, decimal available)
    {
        var account = Account(101_000m, daily: new DailyLossRule(new Allowance(new Percent(5), null), Compare: compare), dailyFloor: 100_500m);

        Assert.Equal(available, PayoutSums.Of(account, 101_000m, 1_000m, 1, null, Eighty).Available.Amount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_available_crosses_no_floor_and_one_cent_more_does(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var balance = 100_000m + random.Next(0, 2_000_000) / 100m;
            var account = Account(balance,
                new DailyLossRule(new Allowance(new Percent(5), null), Compare: (Comparison)random.Next(2)), 95_000m + random.Next(0, 1_000_000) / 100m,
                new OverallLossRule(new Allowance(new Percent(random.Next(1, 12)), null), (OverallMode)random.Next(4), Lock: (FloorLock)random.Next(2), Payout: (PayoutEffect)random.Next(3)));

            var sums = PayoutSums.Of(account, balance, 0m, 0, null, new Percent(random.Next(1, 101)));

            Assert.Equal(sums.Gross, sums.Share + sums.FirmShare);
            Assert.True(sums.Share.Amount <= sums.Gross.Amount * sums.Split.AsFraction && sums.Gross.Amount * sums.Split.AsFraction - sums.Share.Amount < 0.01m);
            Assert.True(sums.Available.IsZero || !Crosses(account, sums.Available.Amount), $"seed {seed}, round {i}");
            Assert.True(sums.Available == sums.Profit || Crosses(account, sums.Available.Amount + 0.01m), $"seed {seed}, round {i}");
        }
    }

    private static bool Crosses(AccountState account, decimal amount)
    {
        var terms = LossTerms.Of(account.Terms);
        return LossState.Of(account).AfterPayout(terms, amount).Crossed(terms, account.Balance - amount, withDaily: true) is not null;
    }

    private static AccountState Account(decimal balance, DailyLossRule? daily = null, decimal? dailyFloor = null, OverallLossRule? overall = null)
    {
        var terms = new AccountTerms(Currency.Usd, 100_000m, TradingDay.Default, daily, overall, null, 0, null, 30, null, 100, new Percent(50), 0, 1m, false, true);
        var start = LossState.Start(LossTerms.Of(terms)).Followed(LossTerms.Of(terms), balance, balance);
        return new AccountState
        {
            Id = new AccountId(Guid.CreateVersion7()), Terms = terms, Status = AccountStatus.Active, OpenedAt = default, Balance = balance, TradingDay = default, DailyAnchor = start.Anchor,
            DailyFloor = dailyFloor ?? start.DailyFloor, Peak = start.Peak, OverallFloor = start.OverallFloor, FloorLifted = false, DayStartBalance = balance, TradingDays = 1, TradedToday = true,
            BestDayProfit = 0, PaidOut = 0, LastActivityAt = default, LastPositionNumber = 0, Breach = null, Positions = [],
        };
    }
}
