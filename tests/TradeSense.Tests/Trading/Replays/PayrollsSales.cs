using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Payments;
using TradeSense.Modules.Payouts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Payments;
using TradeSense.Tests.Payouts;

namespace TradeSense.Tests.Trading.Replays;

/// <summary>
/// Accounts of the payrolls day that came through checkout and the gateway's report, as everybody's do; one of them is funded, earns in the spike and is
/// paid. The sums are worked out here by hand: 449 dollars a challenge, of which the gateway keeps 2.9 % and 30 cents, and 80 % of a profit for its trader.
/// </summary>
internal sealed class PayrollsSales
{
    private const int Sold = 8;
    private const decimal Price = 449m, Fee = 13.32m, Split = 0.8m;

    private readonly TestFirm _firm;
    private readonly PayoutScenes.Funded _funded;

    private PayrollsSales(TestFirm firm, PayoutScenes.Funded funded, IReadOnlyList<AccountId> accounts, IReadOnlyList<AccountId> quiet) =>
        (_firm, _funded, Accounts, Quiet) = (firm, funded, accounts, quiet);

    public IReadOnlyList<AccountId> Accounts { get; }

    /// <summary>Those of the funded trader, who makes one bet and no other.</summary>
    public IReadOnlyList<AccountId> Quiet { get; }

    /// <summary>A minute before the release: the euro falls to here. It did, and by more than twice as much.</summary>
    public AccountCommand Bet => new MarketOrder(default, new AccountId(_funded.Account), "bet", "EURUSD", Side.Sell, new Lots(3), null, new Price(1.3845m));

    public static async Task<PayrollsSales> Make(TestFirm firm)
    {
        var challenges = new List<(TestPerson Trader, Guid Challenge)>();
        for (var i = 0; i < Sold; i++) challenges.Add(await Sell(firm, i));

        var funded = await Fund(firm, challenges[0].Trader, challenges[0].Challenge);
        var accounts = (await firm.Site.Audit("select id, challenge_id from trading_accounts where tenant_id = $1 order by number", firm.Tenant.Id)).Select(row => (Id: new AccountId((Guid)row[0]!), Challenge: (Guid)row[1]!)).ToList();
        foreach (var (id, _) in accounts) await firm.Balance(id.Value);
        return new PayrollsSales(firm, funded, [.. accounts.Select(account => account.Id)], [.. accounts.Where(account => account.Challenge == funded.Challenge).Select(account => account.Id)]);
    }

    /// <summary>Asked for by the trader, approved by the firm, paid by the bank.</summary>
    public async Task PayOut()
    {
        var approver = await _firm.Staff(Role.Finance);
        var payout = await _firm.Requested(_funded);
        Assert.Null((await _firm.Run<ApprovePayout, Result>(approve => approve.Run(payout, approver.Id, default))).Refusal);
        await _firm.Reached(payout, PayoutStatus.Paid);
    }

    /// <summary>What the journals say left the accounts and what the shop took stand in the ledger to the cent, and nothing else does.</summary>
    public async Task LedgerAgrees(IReadOnlyDictionary<AccountId, IndependentAccount> again)
    {
        var withdrawn = again.Values.Sum(account => account.Withdrawn);
        var share = decimal.Round(withdrawn * Split, 2, MidpointRounding.ToZero);
        Assert.True(withdrawn > 0 && again[new AccountId(_funded.Account)].Withdrawn == withdrawn, "The funded account alone was paid out of.");
        Assert.Equal(100_000m, again[new AccountId(_funded.Account)].Balance);

        var books = (await _firm.Site.Audit("""
            select a.kind, sum(p.amount) from ledger_postings p join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
            where p.tenant_id = $1 group by a.kind order by a.kind
            """, _firm.Tenant.Id)).Select(row => ((string)row[0]!, (decimal)row[1]!));
        Assert.Equal(
        [
            ("Bank", -share), ("GatewayClearing", Sold * (Price - Fee)), ("GatewayFees", Sold * Fee), ("PayoutPayable", 0m), ("ProfitShare", share), ("Sales", -Sold * Price),
        ], books);
    }

    private static async Task<(TestPerson Trader, Guid Challenge)> Sell(TestFirm firm, int number)
    {
        var trader = await firm.Trader();
        var order = await firm.PlaceOrder(trader);
        await firm.Report(order.Paid($"evt_{number}"));
        await firm.Settled(order.Id, OrderStatus.Paid);
        return (trader, (await firm.Challenges()).Single(challenge => challenge.OrderId == order.Id).Id);
    }

    /// <summary>Past its phases as the engine would report them: what a day holds is no five days of trading.</summary>
    private static async Task<PayoutScenes.Funded> Fund(TestFirm firm, TestPerson trader, Guid challenge)
    {
        for (var phase = 1; phase <= 2; phase++)
        {
            await firm.Pass(await firm.Challenge(trader, challenge));
            await firm.Until(async () => (await firm.Challenges()).Single(row => row.Id == challenge).PhaseIndex == phase, $"Phase {phase}");
        }

        await firm.ApproveIdentity(trader);
        await firm.ChallengeAt(trader, challenge, ChallengeStatus.PendingContract);
        Assert.Null((await firm.Sign(trader, challenge)).Refusal);
        await firm.DrainOutbox();
        return new PayoutScenes.Funded(trader, (await firm.Challenge(trader, challenge)).Account!.AccountId!.Value, challenge);
    }
}
