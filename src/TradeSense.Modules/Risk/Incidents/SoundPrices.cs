using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Modules.Trading.Quotes.Archive;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>What quotes would have been without an incident: every affected one replaced by the last one of its symbol before it.</summary>
public sealed class SoundPrices(ArchivedQuotes archive)
{
    /// <summary>Farther back a price says nothing about the moment of the verdict.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromHours(1);

    private readonly Dictionary<(Guid Incident, string Symbol), Quote?> _before = [];

    /// <summary>Whether a quote is one of the incident's. When it was used does not matter: a wrong price stands until the next one.</summary>
    public static bool IsWrong(Incident incident, Quote quote) => incident.Symbols.Contains(quote.Symbol) && quote.At >= incident.StartedAt && quote.At <= incident.EndedAt;

    /// <summary>What the account would have been worth at its verdict. Null where no sound price is known: in an outage there is none by its nature.</summary>
    public async Task<decimal?> Equity(Incident incident, BreachEvidence evidence, AccountTerms terms, CancellationToken ct)
    {
        if (incident.Kind is IncidentKind.Outage || await Replace(incident, evidence.Quotes, ct) is not { } sound) return null;
        return evidence.BalanceBefore + evidence.Positions.Sum(position => EquitySteps.Profit(position.State, terms, sound));
    }

    /// <summary>The quotes by symbol, the incident's replaced; null where one of them has no sound price before it.</summary>
    internal async Task<Dictionary<string, Quote>?> Replace(Incident incident, IEnumerable<Quote> quotes, CancellationToken ct)
    {
        var last = quotes.ToDictionary(quote => quote.Symbol, StringComparer.Ordinal);
        foreach (var wrong in last.Values.Where(quote => IsWrong(incident, quote)).ToList())
        {
            if (await Before(incident, wrong.Symbol, ct) is not { } sound) return null;
            last[wrong.Symbol] = sound;
        }

        return last;
    }

    /// <summary>The last quotes of these symbols at an instant, of those that have one near enough.</summary>
    internal async Task<IReadOnlyList<Quote>> At(DateTimeOffset instant, IEnumerable<string> symbols, CancellationToken ct)
    {
        var quotes = new List<Quote>();
        foreach (var symbol in symbols)
            if (await archive.Run(symbol, instant - Reach, instant, ct) is { Count: > 0 } found) quotes.Add(found[^1]);
        return quotes;
    }

    private async Task<Quote?> Before(Incident incident, string symbol, CancellationToken ct)
    {
        if (_before.TryGetValue((incident.Id, symbol), out var known)) return known;
        var before = await archive.Run(symbol, incident.StartedAt - Reach, incident.StartedAt.AddTicks(-1), ct);
        return _before[(incident.Id, symbol)] = before.Count == 0 ? null : before[^1];
    }
}
