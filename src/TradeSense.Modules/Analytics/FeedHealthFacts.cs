using System.Globalization;
using TradeSense.Engine.Instruments;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Standing;

namespace TradeSense.Modules.Analytics;

/// <summary>What the health page says of quotes: how fresh, which symbols are out, each connection, and how many were refused.</summary>
public sealed class FeedHealthFacts(FeedStanding standing, QuoteOutcomeTable outcomes)
{
    public const decimal RefusedLate = 0.01m, RefusedFailing = 0.2m;

    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5), Failing = TimeSpan.FromSeconds(60);

    internal async Task<IEnumerable<HealthFact>> Read(DateTimeOffset now, CancellationToken ct)
    {
        var rows = await outcomes.Run(ct);
        return [Freshness(now), .. Outages(), .. standing.Lines.Select(line => Line(line, now)), .. rows.Select(Refused).OfType<HealthFact>()];
    }

    /// <summary>Only instruments whose market is open must have fresh quotes.</summary>
    private HealthFact Freshness(DateTimeOffset now)
    {
        const string Threshold = "newest quote at most 5 s old, failing after 60 s";
        var open = InstrumentCatalog.All.Where(instrument => MarketHours.IsOpen(instrument.Session, now)).Select(instrument => instrument.Symbol).ToHashSet(StringComparer.Ordinal);
        if (open.Count == 0) return new HealthFact("Feed", "Quotes", HealthLevel.Healthy, "all markets closed", Threshold);

        var quotes = standing.Latest.Where(latest => open.Contains(latest.Quote.Symbol)).Select(latest => latest.Quote).ToList();
        if (quotes.Count == 0) return new HealthFact("Feed", "Quotes", HealthLevel.Failing, "no quote yet", Threshold, $"{open.Count} instruments are open");

        var age = now - quotes.Max(quote => quote.At);
        var silent = open.Count - quotes.Count(quote => now - quote.At <= Failing);
        return new HealthFact(
            "Feed", "Quotes", PlatformHealth.Judge(age, Late, Failing), PlatformHealth.Text(age), Threshold,
            silent == 0 ? $"all {open.Count} open instruments quoted within a minute" : $"{silent} of {open.Count} open instruments silent for a minute");
    }

    private IEnumerable<HealthFact> Outages() => standing.Symbols().Where(symbol => symbol.IsOut).Select(symbol => new HealthFact(
        "Feed", symbol.Symbol, HealthLevel.Failing, symbol.Silence is { } silence ? $"silent for {PlatformHealth.Text(silence)}" : "no quote yet",
        $"at most {PlatformHealth.Text(symbol.Limit)}", "Orders in it are refused no_price, an incident is open."));

    private static HealthFact Line(FeedLine line, DateTimeOffset now) => new(
        "Feed", line.Name, line.State switch { FeedLineState.Live => HealthLevel.Healthy, FeedLineState.Refused => HealthLevel.Failing, _ => now - line.Since > Failing ? HealthLevel.Failing : HealthLevel.Late },
        $"{line.State.ToString().ToLowerInvariant()} for {PlatformHealth.Text(now - line.Since)}", "connected, failing after 60 s without",
        string.Create(CultureInfo.InvariantCulture, $"{line.Reconnects} reconnects, {line.Gaps} messages missing, {line.Malformed} malformed, {line.Skipped} skipped{(line.Note is { } note ? $"; last end: {note}" : "")}"));

    private static HealthFact? Refused(QuoteOutcomeTable.Row row)
    {
        var lately = row.Lately;
        if (lately.Accepted + lately.Refused == 0) return null;

        var share = lately.RefusedShare;
        return new HealthFact(
            "Refused", row.Symbol, share >= RefusedFailing ? HealthLevel.Failing : share >= RefusedLate ? HealthLevel.Late : HealthLevel.Healthy,
            string.Create(CultureInfo.InvariantCulture, $"{share * 100m:0.##} % of {lately.Accepted + lately.Refused}"), "under 1 % within two hours, failing from 20 %",
            row.ByReason.Count == 0 ? "none refused within a day" : string.Join(", ", row.ByReason.OrderByDescending(reason => reason.Value).Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Key} {reason.Value}"))) + " within a day");
    }
}
