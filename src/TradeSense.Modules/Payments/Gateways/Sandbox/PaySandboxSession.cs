using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payments.Gateways.Sandbox;

/// <summary>A card is typed into the sandbox's payment page. What it does is known by its number; what comes of it is told by webhook only.</summary>
public sealed class PaySandboxSession(TradeSenseDb db, ReportSandboxPayment report, TimeProvider clock)
{
    public sealed record Request(string Token, string Number, string Expiry, string SecurityCode);

    /// <summary>Where the session stands afterwards.</summary>
    public async Task<Result<SandboxStatus>> Run(Request request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var found = await Locked(db, request.Token, now, ct);
        if (found.IsRefused) return found.Refusal;

        var card = SandboxCard.Read(request.Number, request.Expiry, request.SecurityCode, now);
        if (card.IsRefused) return card.Refusal;

        var session = found.Value;
        session.Try(card.Value.LastFour);
        return card.Value.Outcome switch
        {
            SandboxCardOutcome.Succeeds => Paid(session, SandboxStatus.Succeeded, session.ReportStyle().Delay),
            SandboxCardOutcome.NoAnswer => Paid(session, SandboxStatus.NoAnswer, ReportSandboxPayment.NoAnswerDelay),
            SandboxCardOutcome.NeedsConfirmation => Waiting(session),
            SandboxCardOutcome.Declined => Failed(session, SandboxRefusal.Declined),
            SandboxCardOutcome.Insufficient => Failed(session, SandboxRefusal.Insufficient),
            SandboxCardOutcome.NotATestCard => SandboxRefusal.NotATestCard,
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };
    }

    /// <summary>The cardholder's answer to the confirmation.</summary>
    public async Task<Result<SandboxStatus>> Confirm(string token, bool approved, CancellationToken ct)
    {
        var found = await Locked(db, token, clock.GetUtcNow(), ct);
        if (found.IsRefused) return found.Refusal;
        if (found.Value.Status is not SandboxStatus.AwaitingConfirmation) return SandboxRefusal.SessionOver;

        if (approved) return Paid(found.Value, SandboxStatus.Succeeded, found.Value.ReportStyle().Delay);
        found.Value.MoveTo(SandboxStatus.Open);
        return Failed(found.Value, SandboxRefusal.ConfirmationFailed);
    }

    /// <summary>The row is locked, so that two clicks are one payment.</summary>
    private static async Task<Result<SandboxSession>> Locked(TradeSenseDb db, string token, DateTimeOffset now, CancellationToken ct)
    {
        var session = await db.Set<SandboxSession>().FromSql($"select * from sandbox_sessions where token = {token} for update").SingleOrDefaultAsync(ct);
        if (session is null || session.IsOver(now)) return SandboxRefusal.SessionOver;
        return session.IsPaid ? SandboxRefusal.AlreadyPaid : session;
    }

    private static Result<SandboxStatus> Waiting(SandboxSession session)
    {
        session.MoveTo(SandboxStatus.AwaitingConfirmation);
        return session.Status;
    }

    private Result<SandboxStatus> Paid(SandboxSession session, SandboxStatus status, TimeSpan delay)
    {
        session.MoveTo(status);
        report.Succeeded(session, delay);
        return status;
    }

    private Result<SandboxStatus> Failed(SandboxSession session, Refusal refusal)
    {
        report.Failed(session, refusal);
        return refusal;
    }
}
