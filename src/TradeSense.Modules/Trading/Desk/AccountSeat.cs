using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>What the shell knows of an account beside the engine: whose it is, its journal's end, and its pending orders as last written.</summary>
internal sealed class AccountSeat(Guid tenantId, AccountId id, Guid userId, Guid challengeId, AccountTerms terms)
{
    public Guid TenantId { get; } = tenantId;
    public AccountId Id { get; } = id;
    public Guid UserId { get; } = userId;
    public Guid ChallengeId { get; } = challengeId;
    public AccountTerms Terms { get; } = terms;
    public long? Opening { get; set; }
    public long JournalLength { get; set; }
    public required byte[] JournalHead { get; set; }

    /// <summary>Null while there were none: of many accounts few have any.</summary>
    public Dictionary<OrderNumber, OrderState>? WrittenOrders { get; set; }

    /// <summary>Something was open at the last commit: its equity moves, and is sampled.</summary>
    public bool IsHolding { get; set; }

    public OpeningCommissions Commissions { get; } = new();
}

/// <summary>The engine of one shard with the seats of its accounts: all that a reload brings back.</summary>
internal sealed class ShardState(int number, long epoch, Engine.TradingEngine engine, IEnumerable<AccountSeat> seats)
{
    public int Number { get; } = number;
    public long Epoch { get; } = epoch;
    public Engine.TradingEngine Engine { get; } = engine;
    public Dictionary<AccountId, AccountSeat> Seats { get; } = seats.ToDictionary(seat => seat.Id);
    public long Openings { get; set; }
    public HeardIds Heard { get; } = new();
}
