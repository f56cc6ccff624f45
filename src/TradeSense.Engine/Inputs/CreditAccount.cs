using TradeSense.Engine.Values;

namespace TradeSense.Engine.Inputs;

/// <summary>Adds money to a running account by the firm's decision, an incident's remedy above all. It is no trade and no payout: the balance rises, and a floor that follows it.</summary>
public sealed record CreditAccount(DateTimeOffset At, AccountId Account, string ClientId, Money Amount, string Reason) : AccountCommand(At, Account, ClientId);
