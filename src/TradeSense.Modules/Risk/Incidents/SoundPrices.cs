using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Modules.Trading.Quotes.Archive;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>What an account would have been worth at its verdict without an incident: every affected price replaced by the last one before it.</summary>
public sealed class SoundPrices(ArchivedQuotes archive)
{
    /// <summary>Farther back a price says nothing about the moment of the verdict.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromHours(1);

    /// <summary>Null where no sound price is known: in an outage there is none by its nature.</summary>
    public async Task<decimal?> Equity(Incident incident, BreachEvidence evidence, AccountTerms terms, CancellationToken ct)
    {
        if (incident.Kind is IncidentKind.Outage) return null;

        var last = evidence.Quotes.ToDictionary(quote => quote.Symbol, StringComparer.Ordinal);
        foreach (var quote in evidence.Quotes.Where(quote => incident.Symbols.Contains(quote.Symbol) && quote.At >= incident.StartedAt && quote.At <= incident.EndedAt))
        {
            var before = await archive.Run(quote.Symbol, incident.StartedAt - Reach, incident.StartedAt.AddTicks(-1), ct);
            if (before.Count == 0) return null;
            last[quote.Symbol] = before[^1];
        }

        return evidence.BalanceBefore + evidence.Positions.Sum(position => EquitySteps.Profit(position.State, terms, last));
    }
}
