using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payouts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Payments;

namespace TradeSense.Tests.Payouts;

/// <summary>A funded trader with profit, made by the product's own steps: purchase, phases, identity check, contract, trades.</summary>
internal static class PayoutScenes
{
    public const string Iban = "DE89 3704 0044 0532 0130 00";
    private const string Symbol = "ETHUSD";

    /// <summary>Pays from the first day on, without a wait between payouts.</summary>
    public static ModelDefinition Prompt { get; } = SampleModel.Make("Prompt") with { Payout = new PayoutTerms(0, 1, 50m, new Percent(80), new Percent(5), new Percent(90)) };

    public sealed record Funded(TestPerson Trader, Guid Account, Guid Challenge);

    public static async Task<Funded> FundedTrader(this TestFirm firm, ModelDefinition? model = null, decimal profit = 500m)
    {
        var trader = await firm.Trader();
        var version = await firm.Sell((model ?? Prompt) with { Name = $"Model of {trader.UserName}" });
        var challenge = await firm.Buy(trader, version);
        for (var phase = 1; phase <= version.Definition.Phases.Count; phase++)
        {
            await firm.Pass(await firm.Challenge(trader, challenge));
            await firm.Until(async () => (await firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<Challenge>().SingleAsync(row => row.Id == challenge))).PhaseIndex == phase, $"Phase {phase}");
        }

        await firm.ApproveIdentity(trader);
        await firm.Until(async () => (await firm.Challenges()).Any(row => row.Id == challenge && row.Status is ChallengeStatus.PendingContract), "The contract");
        Assert.Null((await firm.Sign(trader, challenge)).Refusal);
        var account = (await firm.Challenge(trader, challenge)).Account!.AccountId!.Value;
        if (profit != 0) await firm.Earn(account, profit);
        return new Funded(trader, account, challenge);
    }

    /// <summary>Buys and sells so that the balance moves by exactly this much; commissions are part of it.</summary>
    public static async Task Earn(this TestFirm firm, Guid account, decimal profit)
    {
        var before = await firm.Balance(account);
        await firm.Open(account);
        var half = await firm.Balance(account);
        // One lot of one coin: a dollar up is a dollar of profit. Closing costs what opening cost.
        await firm.Price(3000m + profit + 2 * (before - half));
        Accepted(await firm.Desk().Send(new CloseAllPositions(default, new AccountId(account), Guid.CreateVersion7().ToString()), default));
        await firm.Until(async () => await firm.Balance(account) == before + profit, $"A profit of {profit}");
    }

    public static async Task Open(this TestFirm firm, Guid account)
    {
        await firm.Until(async () => await firm.Desk().View(new AccountId(account), default) is not null, "The account's opening");
        await firm.Price(3000m);
        Accepted(await firm.Desk().Send(new MarketOrder(default, new AccountId(account), Guid.CreateVersion7().ToString(), Symbol, Side.Buy, new Lots(1), null, null), default));
    }

    public static async Task<decimal> Balance(this TestFirm firm, Guid account)
    {
        await firm.Until(async () => await firm.Desk().View(new AccountId(account), default) is not null, "The account's opening");
        return (await firm.Desk().View(new AccountId(account), default))!.State.Balance;
    }

    public static TradingDesk Desk(this TestFirm firm) => firm.Site.Services.GetRequiredService<TradingDesk>();

    public static Task<Result<Guid>> Ask(this TestFirm firm, Funded funded, decimal? amount = null, Guid? key = null, string iban = Iban, string holder = "Anna Trader") =>
        firm.Run<RequestPayout, Result<Guid>>(request => request.Run(new(funded.Trader.Id, funded.Account, amount, holder, iban, key ?? Guid.CreateVersion7()), default));

    /// <summary>Asked for, and the profit taken out of the account.</summary>
    public static async Task<Guid> Requested(this TestFirm firm, Funded funded, decimal? amount = null)
    {
        var id = await firm.Ask(funded, amount);
        Assert.Null(id.Refusal);
        await firm.Reached(id.Value, PayoutStatus.AwaitingDecision);
        return id.Value;
    }

    public static Task<Payout> Payout(this TestFirm firm, Guid id) => firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<Payout>().SingleAsync(row => row.Id == id));

    public static Task Reached(this TestFirm firm, Guid id, PayoutStatus status) => firm.Until(async () => (await firm.Payout(id)).Status == status, $"Payout {status}");

    public static async Task<decimal> LedgerBalance(this TestFirm firm, LedgerAccountName name) =>
        (await firm.Run<LedgerStatement, Money>(statement => statement.Balance(name, Currency.Usd, default))).Amount;

    private static async Task Price(this TestFirm firm, decimal price) =>
        await firm.Desk().Take(new Quote(firm.Clock.GetUtcNow(), Symbol, new Price(price), new Price(price)), default);

    private static void Accepted(CommandOutcome outcome) => Assert.IsType<CommandOutcome.Accepted>(outcome);
}
