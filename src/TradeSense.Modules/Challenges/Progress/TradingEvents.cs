using TradeSense.Engine.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Kyc;

namespace TradeSense.Modules.Challenges.Progress;

/// <summary>The engine says that a phase is passed.</summary>
internal sealed class OnPhasePassed(ChallengeProgress progress) : IOutboxHandler
{
    private sealed record Passed(Guid AccountId, DateTimeOffset At, decimal Balance, int TradingDays);

    public string Kind => "trading.phase_passed";

    public Task Handle(OutboxMessage message, CancellationToken ct)
    {
        var passed = message.Read<Passed>();
        return progress.PhasePassed(passed.AccountId, passed.At, passed.Balance, passed.TradingDays, ct);
    }
}

/// <summary>The engine says that a loss rule ended an account.</summary>
internal sealed class OnAccountFailed(ChallengeProgress progress) : IOutboxHandler
{
    private sealed record Failed(Guid AccountId, Breach Breach);

    public string Kind => "trading.account_failed";

    public Task Handle(OutboxMessage message, CancellationToken ct)
    {
        var failed = message.Read<Failed>();
        return progress.AccountFailed(failed.AccountId, failed.Breach.At, ct);
    }
}

/// <summary>The engine says that a verdict was undone.</summary>
internal sealed class OnAccountReinstated(ChallengeProgress progress) : IOutboxHandler
{
    private sealed record Reinstated(Guid AccountId);

    public string Kind => "trading.account_reinstated";

    public Task Handle(OutboxMessage message, CancellationToken ct) => progress.AccountReinstated(message.Read<Reinstated>().AccountId, ct);
}

/// <summary>The engine says that an account was closed by a clock or by the firm.</summary>
internal sealed class OnAccountClosed(ChallengeProgress progress) : IOutboxHandler
{
    private sealed record Closed(Guid AccountId, DateTimeOffset At, string Reason);

    public string Kind => "trading.account_closed";

    public Task Handle(OutboxMessage message, CancellationToken ct)
    {
        var closed = message.Read<Closed>();
        return progress.AccountClosed(closed.AccountId, closed.At, closed.Reason, ct);
    }
}

/// <summary>A reviewer has approved who a trader is.</summary>
internal sealed class OnKycApproved(ChallengeProgress progress) : IOutboxHandler
{
    public string Kind => KycApproved.MessageKind;

    public Task Handle(OutboxMessage message, CancellationToken ct) => progress.KycApproved(message.Read<KycApproved>().UserId, ct);
}
