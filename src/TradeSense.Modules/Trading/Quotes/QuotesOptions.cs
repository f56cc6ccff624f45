using System.Globalization;
using TradeSense.Engine.Instruments;
using TradeSense.Modules.Trading.Quotes.Feeds.Live;

namespace TradeSense.Modules.Trading.Quotes;

public enum FeedKind { Synthetic, Replay, Live }

/// <summary>Where quotes come from and what is asked of them.</summary>
public sealed record QuotesOptions
{
    public FeedKind Feed { get; init; } = FeedKind.Synthetic;

    /// <summary>Venues and routes of a live feed.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>The synthetic market's seed: the same seed makes the same prices at the same instants, on every node and after every restart.</summary>
    public int Seed { get; init; } = 20140502;

    /// <summary>Quotes per second of one symbol in an ordinary minute of the synthetic market; busy minutes have up to twice as many, releases more.</summary>
    public int QuotesPerSecond { get; init; } = 2;

    /// <summary>Market seconds per second: 1 is real time, 0 as fast as the reader takes them.</summary>
    public int Speed { get; init; } = 1;

    /// <summary>The market's first instant; the synthetic feed starts now when it is not set. A replay moves its recording by whole weeks to begin at or shortly before it.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>The recordings of a replay, merged by time.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>A replay begins again, moved by whole weeks, when its recording ends.</summary>
    public bool Loop { get; init; } = true;

    /// <summary>An older quote is refused. Quiet minutes without any quote are normal; this is about quotes that were long under way.</summary>
    public TimeSpan Staleness { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A quote stamped further ahead than this is refused; clocks differ a little.</summary>
    public TimeSpan FutureLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The reference feed is asked about a step only when its last quote is at most this old.</summary>
    public TimeSpan ReferenceAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A symbol whose market is open and that has had no accepted quote for longer is out: nothing fills, traders are told, an incident is open. Quiet nights
    /// have gaps of almost six minutes.
    /// </summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(6);

    /// <summary>Silence limits of single symbols: coins are never quiet.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Silences { get; init; } = new Dictionary<string, TimeSpan>
    {
        ["BTCUSD"] = TimeSpan.FromSeconds(30), ["ETHUSD"] = TimeSpan.FromSeconds(30),
    };

    /// <summary>A greater step from the last accepted price, as a part of it, waits for confirmation.</summary>
    public decimal JumpLimit { get; init; } = 0.002m;

    /// <summary>Jump limits of single symbols.</summary>
    public IReadOnlyDictionary<string, decimal> JumpLimits { get; init; } = new Dictionary<string, decimal>
    {
        ["XAUUSD"] = 0.004m, ["US500"] = 0.005m, ["US30"] = 0.005m, ["NAS100"] = 0.006m, ["BTCUSD"] = 0.015m, ["ETHUSD"] = 0.02m,
    };

    /// <summary>How many following quotes must agree with a step before it counts.</summary>
    public int Confirmations { get; init; } = 2;

    /// <summary>How many days of bars a new installation is given for its charts; 0 leaves it without a stored past. Two years at most.</summary>
    public int HistoryDays { get; init; } = 730;

    /// <summary>How often accepted quotes are written down. What a killed process had not written is lost to the archive.</summary>
    public TimeSpan WriteEvery { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan SilenceOf(string symbol) => Silences.GetValueOrDefault(symbol, Silence);

    /// <summary>
    /// TRADESENSE_FEED (synthetic, replay or live), TRADESENSE_FEED_SEED, TRADESENSE_FEED_RATE, TRADESENSE_FEED_SPEED, TRADESENSE_FEED_START,
    /// TRADESENSE_FEED_FILES (separated by commas), TRADESENSE_FEED_LOOP (off), TRADESENSE_FEED_HISTORY_DAYS,
    /// TRADESENSE_FEED_SILENCE (seconds by symbol beside the defaults: XAUUSD=60,ETHUSD=20). A value that cannot be meant throws and names its setting.
    /// </summary>
    public static QuotesOptions Read(Func<string, string?> setting)
    {
        var defaults = new QuotesOptions();
        var options = defaults with
        {
            Feed = setting("TRADESENSE_FEED") is { } feed ? Kind(feed) : defaults.Feed,
            Seed = Number(setting, "TRADESENSE_FEED_SEED", 0, int.MaxValue) ?? defaults.Seed,
            QuotesPerSecond = Number(setting, "TRADESENSE_FEED_RATE", 1, 20) ?? defaults.QuotesPerSecond,
            HistoryDays = Number(setting, "TRADESENSE_FEED_HISTORY_DAYS", 0, 730) ?? defaults.HistoryDays,
            Speed = Number(setting, "TRADESENSE_FEED_SPEED", 0, 1000) ?? defaults.Speed,
            StartAt = Instant(setting, "TRADESENSE_FEED_START"),
            Files = setting("TRADESENSE_FEED_FILES")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            Loop = setting("TRADESENSE_FEED_LOOP") is not "off",
            Silences = setting("TRADESENSE_FEED_SILENCE") is { } limits ? Limits(limits) : defaults.Silences,
        };

        // Made-up bars never lead to real prices: the charts of a live installation begin with its first quote.
        if (options.Feed == FeedKind.Live) options = options with { Live = LiveOptions.Read(setting), HistoryDays = 0 };
        if (options.Feed == FeedKind.Replay && options.Files.Count == 0) throw new InvalidOperationException("TRADESENSE_FEED=replay needs TRADESENSE_FEED_FILES.");
        foreach (var file in options.Files.Where(file => !File.Exists(file))) throw new InvalidOperationException($"TRADESENSE_FEED_FILES: there is no file '{file}'.");
        return options;
    }

    private static Dictionary<string, TimeSpan> Limits(string text)
    {
        var limits = new Dictionary<string, TimeSpan>(new QuotesOptions().Silences, StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=') is not [var symbol, var seconds] || !InstrumentCatalog.All.Any(instrument => instrument.Symbol == symbol))
                throw new InvalidOperationException($"TRADESENSE_FEED_SILENCE: '{part}' is not an instrument and seconds, such as BTCUSD=30.");
            limits[symbol] = TimeSpan.FromSeconds(Number(_ => seconds, $"TRADESENSE_FEED_SILENCE of {symbol}", 5, 86_400)!.Value);
        }

        return limits;
    }

    private static FeedKind Kind(string value) => value switch
    {
        "synthetic" => FeedKind.Synthetic,
        "replay" => FeedKind.Replay,
        "live" => FeedKind.Live,
        _ => throw new InvalidOperationException($"TRADESENSE_FEED is '{value}'; it can be synthetic, replay or live."),
    };

    private static int? Number(Func<string, string?> setting, string name, int least, int most)
    {
        if (setting(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        throw new InvalidOperationException($"{name} is '{text}'; it must be a whole number from {least} to {most}.");
    }

    private static DateTimeOffset? Instant(Func<string, string?> setting, string name)
    {
        if (setting(name) is not { } text) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)) return instant;
        throw new InvalidOperationException($"{name} is '{text}'; it must be an instant such as 2026-03-02T12:00:00Z.");
    }
}
