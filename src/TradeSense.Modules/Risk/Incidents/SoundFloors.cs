using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>
/// What an account's floors would be without an incident's quotes: its journal worked out again, with each peak and each day's anchor that rests on them
/// taken at the last sound prices instead. Only floors that follow the equity can be wrong so; a realised profit is money, and stays.
/// </summary>
public sealed class SoundFloors(TradeSenseDb db, SoundPrices prices)
{
    /// <summary>Whether wrong prices can move a floor of these terms at all.</summary>
    public static bool CanBeWrong(AccountTerms terms) =>
        terms.OverallLoss?.Mode is OverallMode.TrailingEquity || terms.DailyLoss?.Anchor is DailyAnchor.Equity or DailyAnchor.Higher;

    /// <summary>The floors as they would be before the journal's entry of this number; null when nothing of the journal rests on the incident.</summary>
    public async Task<LossState?> Before(Incident incident, Guid account, AccountTerms terms, long sequence, CancellationToken ct)
    {
        var entries = await db.Set<JournalEntry>().AsNoTracking().Where(row => row.AccountId == account && row.Sequence < sequence).OrderBy(row => row.Sequence).ToListAsync(ct);
        var (again, isWrong, wrongAt) = (new JournalAgain(terms), false, DateTimeOffset.MaxValue);
        foreach (var entry in entries)
        {
            var fact = entry.Event;
            var sound = fact.At < incident.StartedAt ? fact : await Sound(incident, again, fact, terms, ct);
            if (sound != fact) (isWrong, wrongAt) = (true, fact.At < wrongAt ? fact.At : wrongAt);
            if (sound is not null) again.Apply(sound, "");
        }

        if (!isWrong) return null;
        if (terms.OverallLoss?.Mode is not OverallMode.TrailingEquity) return again.Limits;

        // Below the wrong peak nothing was told of the equity's own way up; it was noted once a minute.
        var until = entries[^1].At;
        var highest = await db.Set<EquitySample>().AsNoTracking().Where(row => row.AccountId == account && row.At > wrongAt && row.At > incident.EndedAt && row.At <= until)
            .MaxAsync(row => (decimal?)row.Equity, ct);
        return highest is { } equity ? again.Limits.Followed(LossTerms.Of(terms), again.Balance, equity) : again.Limits;
    }

    /// <summary>The fact as it would have been; null for one that would not have been at all.</summary>
    private async Task<EngineEvent?> Sound(Incident incident, JournalAgain again, EngineEvent fact, AccountTerms terms, CancellationToken ct)
    {
        switch (fact)
        {
            case PeakRaised peak when peak.Quotes.Any(quote => SoundPrices.IsWrong(incident, quote)):
                if (await prices.Replace(incident, peak.Quotes, ct) is not { } sound) return null;
                var equity = again.Balance + again.Open.Sum(position => EquitySteps.Profit(position, terms, sound));
                return equity > again.Limits.Peak ? peak with { Peak = equity, Quotes = [.. sound.Values] } : null;
            case DayStarted day when again.Open.Count > 0 && terms.DailyLoss?.Anchor is DailyAnchor.Equity or DailyAnchor.Higher:
                var quotes = await prices.At(day.At, NeededFor(again.Open, terms.Currency), ct);
                if (!quotes.Any(quote => SoundPrices.IsWrong(incident, quote)) || await prices.Replace(incident, quotes, ct) is not { } then) return day;
                return again.Open.All(position => then.ContainsKey(position.Symbol))
                    ? day with { Equity = again.Balance + again.Open.Sum(position => EquitySteps.Profit(position, terms, then)) }
                    : day;
            default: return fact;
        }
    }

    /// <summary>The symbols held, and every pair that could bring their profit to the account's currency.</summary>
    private static IEnumerable<string> NeededFor(IEnumerable<PositionState> open, Currency currency)
    {
        var held = open.Select(position => position.Symbol).ToHashSet(StringComparer.Ordinal);
        var currencies = InstrumentCatalog.All.Where(one => held.Contains(one.Symbol)).Select(one => one.QuoteCurrency.Code).Append(currency.Code).Append("USD").ToHashSet(StringComparer.Ordinal);
        return held.Union(InstrumentCatalog.All.Where(one => currencies.Contains(one.Base) && currencies.Contains(one.QuoteCurrency.Code)).Select(one => one.Symbol));
    }
}
