using System.Net;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Challenges.Progress;

public sealed class ChallengeProgressTests(Site site)
{
    [Fact]
    public async Task A_passed_phase_opens_the_next_account_earns_a_certificate_and_is_announced()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var id = await firm.Buy(trader, await firm.Sell());

        await firm.Pass(await firm.Challenge(trader, id));

        var challenge = await firm.Challenge(trader, id);
        Assert.Equal([PhaseState.Done, PhaseState.Current, PhaseState.Ahead], challenge.Phases.Select(phase => phase.State));
        Assert.NotEqual(challenge.Phases[0].AccountId, challenge.Phases[1].AccountId);
        Assert.NotNull(challenge.Phases[0].CertificateId);
        Assert.Contains("Evaluation passed", await firm.MailTo(trader.Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_verdict_told_fifty_times_has_one_effect()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var id = await firm.Buy(trader, await firm.Sell());

        await firm.Pass(await firm.Challenge(trader, id), times: 50);

        Assert.Equal(2L, (await site.Audit("select count(*) from trading_accounts where tenant_id = $1", firm.Tenant.Id))[0][0]);
        Assert.Equal(1L, (await site.Audit("select count(*) from certificates where tenant_id = $1", firm.Tenant.Id))[0][0]);
        Assert.Equal(1L, (await site.Audit("select count(*) from notifications where tenant_id = $1 and kind = 'phase.passed'", firm.Tenant.Id))[0][0]);
    }

    [Fact]
    public async Task After_the_last_phase_come_identity_check_contract_and_the_funded_account()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var id = await firm.Buy(trader, await firm.Sell());

        await firm.Pass(await firm.Challenge(trader, id));
        await firm.Pass(await firm.Challenge(trader, id));
        Assert.Equal(ChallengeStatus.PendingKyc, (await firm.Challenge(trader, id)).Status);
        Assert.Contains("identity document", await firm.MailTo(trader.Email), StringComparison.Ordinal);

        await firm.ApproveIdentity(trader, times: 3);
        Assert.Equal(ChallengeStatus.PendingContract, (await firm.Challenge(trader, id)).Status);

        Assert.False((await firm.Sign(trader, id)).IsRefused);
        var funded = await firm.Challenge(trader, id);
        Assert.Equal((ChallengeStatus.Funded, NextStep.Trade, "Funded"), (funded.Status, funded.Next, funded.Account!.Name));
        Assert.Equal(3L, (await site.Audit("select count(*) from trading_accounts where tenant_id = $1", firm.Tenant.Id))[0][0]);
    }

    [Fact]
    public async Task A_person_who_is_known_already_goes_from_the_last_phase_to_the_contract()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var id = await firm.Buy(trader, await firm.Sell(SampleModel.Make() with { Phases = [SampleModel.Phase("Evaluation", 10)] }));
        await firm.ApproveIdentity(trader);

        await firm.Pass(await firm.Challenge(trader, id));

        Assert.Equal(ChallengeStatus.PendingContract, (await firm.Challenge(trader, id)).Status);
    }

    [Fact]
    public async Task A_verdict_undone_lets_the_challenge_go_on_where_it_stood()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var id = await firm.Buy(trader, await firm.Sell());
        var before = await firm.Challenge(trader, id);
        await firm.Fail(before);
        Assert.Equal(ChallengeStatus.Failed, (await firm.Challenge(trader, id)).Status);

        await firm.Reinstate(before.Account!.AccountId!.Value, id);

        var after = await firm.Challenge(trader, id);
        Assert.Equal((ChallengeStatus.Evaluation, before.Account.AccountId), (after.Status, after.Account!.AccountId));
        Assert.Contains("goes on", await firm.MailTo(trader.Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_breach_ends_the_challenge_and_a_late_pass_does_not_revive_it()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var id = await firm.Buy(trader, await firm.Sell());
        var before = await firm.Challenge(trader, id);

        await firm.Fail(before);
        await firm.Pass(before);

        var challenge = await firm.Challenge(trader, id);
        Assert.Equal((ChallengeStatus.Failed, NextStep.None, PhaseState.Failed), (challenge.Status, challenge.Next, challenge.Phases[0].State));
        Assert.NotNull(challenge.EndedAt);
        Assert.Contains("loss limit", await firm.MailTo(trader.Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_can_be_checked_by_anyone_and_an_unknown_one_is_not_found()
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var id = await firm.Buy(trader, await firm.Sell());
        await firm.Pass(await firm.Challenge(trader, id));
        var certificate = (await firm.Challenge(trader, id)).Phases[0].CertificateId;

        var page = (await firm.Client().Get($"/verify/certificate/{certificate}")).Ok();

        Assert.Contains(trader.UserName, page.Text, StringComparison.Ordinal);
        Assert.Contains("Elite Trader", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(trader.Email, page.Source, StringComparison.Ordinal);
        (await other.Client().Get($"/verify/certificate/{certificate}")).Is(HttpStatusCode.NotFound);
        (await firm.Client().Get($"/verify/certificate/{Guid.CreateVersion7()}")).Is(HttpStatusCode.NotFound);
        (await firm.Client().Get("/verify/certificate/not-an-id")).Is(HttpStatusCode.NotFound);
    }
}
