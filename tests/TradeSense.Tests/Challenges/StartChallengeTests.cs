using TradeSense.Modules.Challenges;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Challenges;

public sealed class StartChallengeTests(Site site)
{
    [Fact]
    public async Task A_paid_order_opens_the_first_phases_account_with_the_terms_bought()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, version) = (await firm.Trader(), await firm.Sell());

        var challenge = await firm.Challenge(trader, await firm.Buy(trader, version));

        Assert.Equal((ChallengeStatus.Evaluation, NextStep.Trade, version.Hash), (challenge.Status, challenge.Next, challenge.ModelHash));
        Assert.Equal([("Evaluation", PhaseState.Current), ("Verification", PhaseState.Ahead), ("Funded", PhaseState.Ahead)], challenge.Phases.Select(phase => (phase.Name, phase.State)));
        Assert.True(challenge.Account!.AccountNumber > 0);
        Assert.Equal(10_000m, challenge.Account.Balance!.Value.Amount);
    }

    [Fact]
    public async Task The_same_order_told_fifty_times_starts_one_challenge()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, version, order) = (await firm.Trader(), await firm.Sell(), Guid.CreateVersion7());

        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => firm.Buy(trader, version, order)));

        Assert.Single(ids.Distinct());
        Assert.Equal(1L, (await site.Audit("select count(*) from trading_accounts where tenant_id = $1", firm.Tenant.Id))[0][0]);
        Assert.Equal(1L, (await site.Audit("select count(*) from challenge_phases where tenant_id = $1", firm.Tenant.Id))[0][0]);
    }

    [Fact]
    public async Task A_size_the_model_does_not_offer_and_an_unknown_model_are_refused()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, version) = (await firm.Trader(), await firm.Sell());

        Assert.Equal("challenge.size_not_offered", (await firm.TryBuy(trader, version.Id, Guid.CreateVersion7(), 12_345m)).Refusal?.Code);
        Assert.Equal("challenge.unknown_version", (await firm.TryBuy(trader, Guid.CreateVersion7(), Guid.CreateVersion7(), 10_000m)).Refusal?.Code);
    }

    [Fact]
    public async Task A_model_of_another_firm_is_unknown_here()
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var (trader, foreign) = (await firm.Trader(), await other.Sell());

        Assert.Equal("challenge.unknown_version", (await firm.TryBuy(trader, foreign.Id, Guid.CreateVersion7(), 10_000m)).Refusal?.Code);
    }

    [Fact]
    public async Task A_new_version_leaves_a_running_challenge_under_its_own()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, version) = (await firm.Trader(), await firm.Sell());
        var id = await firm.Buy(trader, version);

        await firm.Run<TradeSense.Modules.Challenges.Models.PublishModelVersion, TradeSense.Modules.Result<ModelVersion>>(publish =>
            publish.Run(new(version.ModelId, SampleModel.Make() with { Phases = [SampleModel.Phase("Evaluation", 20)] }), default));

        var challenge = await firm.Challenge(trader, id);
        Assert.Equal((version.Hash, 8m), (challenge.ModelHash, challenge.Definition.Phases[0].ProfitTarget!.Value.Value));
    }

    [Fact]
    public async Task Instant_funding_goes_straight_to_the_identity_check()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, version) = (await firm.Trader(), await firm.Sell(SampleModel.Make("Instant") with { Phases = [] }));

        var challenge = await firm.Challenge(trader, await firm.Buy(trader, version));

        Assert.Equal((ChallengeStatus.PendingKyc, NextStep.ProveIdentity), (challenge.Status, challenge.Next));
        Assert.Null(challenge.Account);
    }
}
