namespace TradeSense.Modules.Trading;

/// <summary>How the trading shell runs; configuration section <c>Trading</c>.</summary>
public sealed record TradingOptions
{
    public const string Section = "Trading";

    /// <summary>Engines side by side, each with its own thread of work and its own accounts.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Whether this process reads the quote feed. Off where quotes come from elsewhere, as in most tests.</summary>
    public bool RunFeed { get; init; } = true;

    /// <summary>Set where the process lives through the past: accounts opened there belong to this engine apart until it hands them over.</summary>
    public int? OpensApart { get; init; }

    /// <summary>What may wait for a shard. Commands beyond it are refused <c>busy</c>; quotes wait at the feed.</summary>
    public int QueueLength { get; init; } = 8192;

    /// <summary>Most inputs of one commit: more make a commit longer, not the throughput higher.</summary>
    public int BatchLength { get; init; } = 2048;

    /// <summary>Commands find no price when the symbol's last quote is older. Quiet nights have gaps of almost six minutes.</summary>
    public TimeSpan? Staleness { get; init; } = TimeSpan.FromMinutes(6);

    /// <summary>The same limit of single symbols, as the feed's settings give it.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Silences { get; init; } = new Dictionary<string, TimeSpan>();

    public bool EnforceSessions { get; init; } = true;

    /// <summary>A commit without an answer for this long has an unknown outcome, which the reload then finds.</summary>
    public TimeSpan CommitTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A shard whose owner has not committed for this long may be taken by another process.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Logs the state's hash with each commit and each reload. Costs time in proportion to the accounts: for proving that nothing is lost.</summary>
    public bool LogStateHash { get; init; }

    /// <summary>Quotes without any effect become durable this often; live pages get figures four times as often.</summary>
    public TimeSpan QuietCommit { get; init; } = TimeSpan.FromSeconds(1);
}
