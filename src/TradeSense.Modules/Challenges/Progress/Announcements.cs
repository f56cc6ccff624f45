using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Challenges.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Challenges.Progress;

/// <summary>What a trader is told, in the product and by e-mail, when a challenge moves; and the certificate a passed phase earns.</summary>
public sealed class Announcements(TradeSenseDb db, NotifyUser notify, CurrentTenant tenant, TimeProvider clock)
{
    internal async Task<Certificate> CertificateFor(
        Challenge challenge, ChallengePhase phase, ModelDefinition model, string hash, decimal balance, int tradingDays, DateTimeOffset at, CancellationToken ct)
    {
        var holder = await UserOf(challenge, ct);
        var certificate = new Certificate
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), ChallengeId = challenge.Id, UserId = challenge.UserId, PhaseIndex = phase.PhaseIndex, Holder = holder.UserName,
            ModelName = model.Name, PhaseName = phase.Name, ModelHash = hash, Size = challenge.Size, FinalBalance = balance, TradingDays = tradingDays, EarnedAt = at,
        };
        db.Add(certificate);
        return certificate;
    }

    internal Task PhasePassed(Challenge challenge, ChallengePhase phase, ModelDefinition model, Certificate certificate, CancellationToken ct)
    {
        var figures = new Figures(tenant.Value.CultureInfo, model.Currency);
        var next = phase.PhaseIndex + 1 < model.FundedIndex ? $"The account of your next phase, {model.Phases[phase.PhaseIndex + 1].Name}, is being opened." : "That was the last phase.";
        return Tell(challenge, "phase.passed", $"{phase.Name} passed: {model.Name}",
            $"You reached {figures.Money(certificate.FinalBalance)} after {figures.Count(certificate.TradingDays, "trading day")}. {next} You have earned a certificate.",
            $"/verify/certificate/{certificate.Id}", ct);
    }

    internal Task Failed(Challenge challenge, ChallengePhase phase, CancellationToken ct) =>
        Tell(challenge, "challenge.failed", $"{phase.Name} has ended", "A loss limit was crossed and the account has ended. The receipt shows the rule, the floor and the deciding prices.",
            $"/trader/accounts/{phase.Id}", ct);

    internal Task Reinstated(Challenge challenge, ChallengePhase phase, CancellationToken ct) =>
        Tell(challenge, "challenge.reinstated", $"{phase.Name} goes on", "The verdict that ended your account was undone. The account is active again; look at its balance and floors before you trade.",
            $"/trader/accounts/{phase.Id}", ct);

    internal Task Expired(Challenge challenge, ChallengePhase phase, string reason, CancellationToken ct) =>
        Tell(challenge, "challenge.expired", $"{phase.Name} has expired", ExpiryReason.Words(reason), $"/trader/accounts/{phase.Id}", ct);

    internal Task KycDue(Challenge challenge, CancellationToken ct) =>
        Tell(challenge, "challenge.kyc_due", "Show who you are", "Every phase is behind you. Before the funded account we must know who you are: upload an identity document.", "/trader/kyc", ct);

    internal Task ContractDue(Challenge challenge, CancellationToken ct) =>
        Tell(challenge, "challenge.contract_due", "Your contract is ready", "Read it and sign it; the funded account opens at once.", $"/trader/contract/{challenge.Id}", ct);

    internal Task Funded(Challenge challenge, CancellationToken ct) =>
        Tell(challenge, "challenge.funded", "You are funded", "Your contract is signed and your funded account is being opened.", "/trader", ct);

    internal Task Scaled(Challenge challenge, Guid account, ModelDefinition model, decimal size, CancellationToken ct)
    {
        var figures = new Figures(tenant.Value.CultureInfo, model.Currency);
        var share = model.Scaling is { } scaling ? $" At least {figures.Percent(scaling.Split)} of the profit is yours from now on." : "";
        return Tell(challenge, "challenge.scaled", $"Your account has grown to {figures.Money(size)}",
            $"Balance and floors have moved up with the size; open positions and today's result are as they were.{share}", $"/trader/accounts/{account}", ct);
    }

    private async Task Tell(Challenge challenge, string kind, string title, string body, string link, CancellationToken ct)
    {
        var user = await UserOf(challenge, ct);
        await notify.Run(new(user.Id, user.Email, kind, title, body, link), ct);
    }

    private Task<User> UserOf(Challenge challenge, CancellationToken ct) => db.Set<User>().AsNoTracking().SingleAsync(user => user.Id == challenge.UserId, ct);
}
