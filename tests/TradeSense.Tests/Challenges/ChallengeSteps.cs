using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Rules;
using TradeSense.Modules;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Contracts;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Database;
using TradeSense.Modules.Kyc;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Challenges;

/// <summary>The steps of a challenge as tests take them; what the engine would say is put into the outbox as the engine puts it.</summary>
internal static class ChallengeSteps
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 15, 0, 0, TimeSpan.Zero);

    public static async Task<ModelVersion> Sell(this TestFirm firm, ModelDefinition? model = null) =>
        (await firm.Run<PublishModelVersion, Result<ModelVersion>>(publish => publish.Run(new(null, model ?? SampleModel.Make()), default))).Value;

    public static async Task<Guid> Buy(this TestFirm firm, TestPerson trader, ModelVersion version, Guid? order = null, decimal size = 10_000m) =>
        (await firm.TryBuy(trader, version.Id, order ?? Guid.CreateVersion7(), size)).Value;

    public static Task<Result<Guid>> TryBuy(this TestFirm firm, TestPerson trader, Guid version, Guid order, decimal size) =>
        firm.Run<StartChallenge, Result<Guid>>(start => start.Run(new(order, trader.Id, version, size), default));

    public static async Task<ChallengeOverview.Row> Challenge(this TestFirm firm, TestPerson trader, Guid challenge) =>
        (await firm.Run<ChallengeOverview, IReadOnlyList<ChallengeOverview.Row>>(overview => overview.Of(trader.Id, default))).Single(row => row.Id == challenge);

    /// <summary>The challenge once it stands there: the outbox is also handled in the background, which the test's own draining does not wait for.</summary>
    public static async Task<ChallengeOverview.Row> ChallengeAt(this TestFirm firm, TestPerson trader, Guid challenge, ChallengeStatus status)
    {
        for (var tries = 0; ; tries++)
        {
            await firm.DrainOutbox();
            var row = await firm.Challenge(trader, challenge);
            if (row.Status == status || tries == 100) return row;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public static async Task Pass(this TestFirm firm, ChallengeOverview.Row challenge, int times = 1)
    {
        var account = challenge.Account!.AccountId!.Value;
        for (var i = 0; i < times; i++)
            await firm.Say("trading.phase_passed", new { AccountId = account, ChallengeId = challenge.Id, At, Balance = 10_812.34m, TradingDays = 6 });
        await firm.Settle();
    }

    public static async Task Fail(this TestFirm firm, ChallengeOverview.Row challenge)
    {
        var account = challenge.Account!.AccountId!.Value;
        await firm.Say("trading.account_failed", new { AccountId = account, ChallengeId = challenge.Id, Breach = new Breach(LossRule.DailyLoss, 9_500m, 9_499m, At) });
        await firm.Settle();
    }

    public static async Task Reinstate(this TestFirm firm, Guid account, Guid challenge)
    {
        await firm.Say("trading.account_reinstated", new { AccountId = account, ChallengeId = challenge, At, Balance = 10_000m, Correction = 501m });
        await firm.Settle();
    }

    public static async Task ApproveIdentity(this TestFirm firm, TestPerson trader, int times = 1)
    {
        await firm.Run(async services =>
        {
            var db = services.GetRequiredService<TradeSenseDb>();
            if (await db.Set<KycCase>().AnyAsync(row => row.UserId == trader.Id)) return;
            var kyc = KycCase.Submit(trader.Id, DocumentKind.Passport, At);
            kyc.Approve(2, trader.Id, At);
            db.Add(kyc);
        });
        for (var i = 0; i < times; i++) await firm.Say(KycApproved.MessageKind, new KycApproved(trader.Id, 2));
        await firm.Settle();
    }

    public static async Task<Result> Sign(this TestFirm firm, TestPerson trader, Guid challenge, string? name = null, bool agree = true)
    {
        var contract = await firm.Run<ContractToSign, ContractToSign.View?>(contracts => contracts.Read(challenge, trader.Id, default));
        return await firm.Run<SignContract, Result>(sign => sign.Run(new(challenge, trader.Id, name ?? trader.UserName, agree, contract?.TextHash ?? ""), default));
    }

    /// <summary>Until nothing about challenges waits in the outbox, whoever handles it.</summary>
    private static async Task Settle(this TestFirm firm)
    {
        const string Waiting = "select last_error from outbox_messages where tenant_id = $1 and done_at is null and kind in ('trading.phase_passed', 'trading.account_failed', 'trading.account_reinstated', 'kyc.approved')";
        for (var tries = 0; tries < 200; tries++)
        {
            await firm.DrainOutbox();
            var waiting = await firm.Site.Audit(Waiting, firm.Tenant.Id);
            if (waiting.Count == 0) return;
            if (waiting[0][0] is string error) throw new InvalidOperationException($"A step of the challenge failed: {error}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The outbox still holds steps of the challenge.");
    }

    private static Task Say<T>(this TestFirm firm, string kind, T payload) => firm.Run(services =>
    {
        services.GetRequiredService<Outbox>().Add(kind, Guid.CreateVersion7().ToString(), payload);
        return Task.CompletedTask;
    });
}
