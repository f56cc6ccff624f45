using TradeSense.Engine.Values;

namespace TradeSense.Engine.Inputs;

/// <summary>Grows a funded account in place, to the size its terms name next. Whether it has been earned is known outside; how far it goes is the terms'.</summary>
public sealed record ScaleAccount(DateTimeOffset At, AccountId Account, string ClientId, Money Size) : AccountCommand(At, Account, ClientId);
