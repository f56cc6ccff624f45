using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>
/// The verdicts that rest only on an incident: failures and pauses that the last sound prices, and floors without the incident's quotes, would not have
/// brought about. What counts is the time of the quotes that decided, not of the verdict: a wrong last price decides at the next day's start, too.
/// </summary>
public sealed class ProvisionalVerdicts(TradeSenseDb db, SoundPrices prices, SoundFloors floors)
{
    /// <summary>A wrong price can be a symbol's last over a long weekend.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(4);

    public sealed record Verdict(BreachReceipt Receipt, AccountTerms Terms, decimal? SoundEquity, decimal BalanceBefore);

    public async Task<IReadOnlyList<Verdict>> Of(Incident incident, CancellationToken ct)
    {
        var (from, to) = (incident.StartedAt, incident.EndedAt!.Value + Reach);
        var receipts = await db.Set<BreachReceipt>().AsNoTracking()
            .Where(row => row.At >= from && (row.At <= to || db.Set<IncidentAccount>().Any(known => known.IncidentId == incident.Id && known.AccountId == row.AccountId && known.Touch == Touch.Floor)))
            .OrderBy(row => row.At).ToListAsync(ct);
        var provisional = new List<Verdict>();
        foreach (var receipt in receipts)
        {
            var terms = await db.Set<TradingAccount>().AsNoTracking().Where(row => row.Id == receipt.AccountId).Select(row => row.Terms).SingleAsync(ct);
            if (await Judge(incident, receipt, terms, ct) is { } verdict) provisional.Add(verdict);
        }

        // What ended an account comes before what paused it.
        return [.. provisional.OrderBy(verdict => verdict.Receipt.Effect).ThenBy(verdict => verdict.Receipt.At).DistinctBy(verdict => verdict.Receipt.AccountId)];
    }

    private async Task<Verdict?> Judge(Incident incident, BreachReceipt receipt, AccountTerms terms, CancellationToken ct)
    {
        var evidence = receipt.ReadEvidence();
        var without = SoundFloors.CanBeWrong(terms) ? await floors.Before(incident, receipt.AccountId, terms, receipt.JournalSequence, ct) : null;
        if (without is null && !RestsOn(incident, receipt, evidence)) return null;

        var equity = await prices.Equity(incident, evidence, terms, ct);
        var floor = (receipt.Rule is LossRule.DailyLoss ? without?.DailyFloor : without?.OverallFloor) is { } sound ? Math.Min(sound, receipt.Floor) : receipt.Floor;
        if (equity is { } worth && IsCrossed(terms, receipt.Rule, worth, floor)) return null;
        return new Verdict(receipt, terms, equity, evidence.BalanceBefore);
    }

    /// <summary>In an outage there are no quotes: whatever was decided in it, on what was there before, is looked at.</summary>
    private static bool RestsOn(Incident incident, BreachReceipt receipt, BreachEvidence evidence) => incident.Kind is IncidentKind.Outage
        ? receipt.At <= incident.EndedAt && evidence.Quotes.Any(quote => incident.Symbols.Contains(quote.Symbol))
        : evidence.Quotes.Any(quote => SoundPrices.IsWrong(incident, quote));

    private static bool IsCrossed(AccountTerms terms, LossRule rule, decimal equity, decimal floor) =>
        (rule is LossRule.DailyLoss ? terms.DailyLoss!.Compare : terms.OverallLoss!.Compare) is Comparison.AtOrBelow ? equity <= floor : equity < floor;
}
