using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>What became of a command. It is told only after the commit that made it so.</summary>
public abstract record CommandOutcome
{
    private CommandOutcome() { }

    /// <summary>The command took effect; these facts of its account came with it, a verdict included.</summary>
    public sealed record Accepted(IReadOnlyList<EngineEvent> Events) : CommandOutcome;

    public sealed record Refused(RejectReason Reason) : CommandOutcome;

    internal static CommandOutcome Of(IReadOnlyList<EngineEvent> events, string clientId) =>
        events.OfType<CommandRefused>().FirstOrDefault(refused => refused.ClientId == clientId) is { } refusal ? new Refused(refusal.Reason) : new Accepted(events);
}
