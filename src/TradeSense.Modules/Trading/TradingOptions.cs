namespace TradeSense.Modules.Trading;

/// <summary>How the trading shell runs; configuration section <c>Trading</c>.</summary>
public sealed record TradingOptions
{
    public const string Section = "Trading";

    /// <summary>
    /// Engines side by side, each with its own thread of work and its own accounts. Not set, a new installation gets one for each core of its first
    /// machine and keeps them; set to another number, the accounts are spread anew at the next start that finds no other process running them.
    /// </summary>
    public int? Shards { get; init; }

    /// <summary>Whether this process runs its share of the shards, and takes over those of a process that dies.</summary>
    public bool RunEngine { get; init; } = true;

    /// <summary>Whether this process reads the quote feed. Off where quotes come from elsewhere, as in most tests.</summary>
    public bool RunFeed { get; init; } = true;

    /// <summary>
    /// Whether a shard that reads its state hears again what the quote archive has since. Not set: where there is a feed, and not in the past.
    /// </summary>
    public bool? HearsArchive { get; init; }

    /// <summary>Where a process that runs the engine listens for what others ask of its shards; port 0 takes a free one.</summary>
    public string Listen { get; init; } = "127.0.0.1:0";

    /// <summary>The host and port others reach that at, where it is not what it listens on.</summary>
    public string? Address { get; init; }

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

    /// <summary>How long a caller waits for an outcome before it is told that the outcome is unknown.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the start of a trading day may take: it writes every account's snapshot in one commit.</summary>
    public TimeSpan DayStartWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long somebody who only looks waits for a shard.</summary>
    public TimeSpan LookWithin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A shard whose owner has not committed for this long may be taken by another process.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Logs the state's hash with each commit and each reload. Costs time in proportion to the accounts: for proving that nothing is lost.</summary>
    public bool LogStateHash { get; init; }

    /// <summary>Quotes without any effect become durable this often; live pages get figures four times as often.</summary>
    public TimeSpan QuietCommit { get; init; } = TimeSpan.FromSeconds(1);
}
