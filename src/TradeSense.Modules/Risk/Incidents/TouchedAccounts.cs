using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>Which of the firm's accounts an incident touched: by a verdict, a trade, a position held, an order that found no price.</summary>
public sealed class TouchedAccounts(TradeSenseDb db, SoundPrices prices)
{
    /// <param name="Suggested">The balance just before the verdict, or the loss of the trades closed meanwhile.</param>
    public sealed record Touched(Guid AccountId, Guid UserId, Touch Touch, bool HasClocks, Guid? ReceiptId = null, decimal? SoundEquity = null, decimal? Suggested = null)
    {
        public bool NeedsReview => Touch is Touch.Verdict || Suggested is not null;
    }

    public async Task<IReadOnlyList<Touched>> Of(Incident incident, CancellationToken ct)
    {
        var verdicts = await Verdicts(incident, ct);
        var others = await Others(incident, ct);
        return [.. verdicts, .. others.Where(other => verdicts.All(verdict => verdict.AccountId != other.AccountId))];
    }

    /// <summary>The verdicts of the window that the last sound prices would not have brought about.</summary>
    private async Task<IReadOnlyList<Touched>> Verdicts(Incident incident, CancellationToken ct)
    {
        var receipts = await db.Set<BreachReceipt>().AsNoTracking().Where(row => row.Effect == BreachEffect.Fail && row.At >= incident.StartedAt && row.At <= incident.EndedAt).OrderBy(row => row.At).ToListAsync(ct);
        var provisional = new List<Touched>();
        foreach (var receipt in receipts)
        {
            var terms = await db.Set<TradingAccount>().AsNoTracking().Where(row => row.Id == receipt.AccountId).Select(row => row.Terms).SingleAsync(ct);
            var evidence = receipt.ReadEvidence();
            if (!incident.Symbols.Intersect(evidence.Quotes.Select(quote => quote.Symbol)).Any()) continue;

            var sound = await prices.Equity(incident, evidence, terms, ct);
            if (sound is { } equity && IsCrossed(terms, receipt.Rule, equity, receipt.Floor)) continue;
            provisional.Add(new Touched(receipt.AccountId, receipt.UserId, Touch.Verdict, HasClocks(terms), receipt.Id, sound, evidence.BalanceBefore));
        }

        return [.. provisional.DistinctBy(verdict => verdict.AccountId)];
    }

    private async Task<IReadOnlyList<Touched>> Others(Incident incident, CancellationToken ct)
    {
        var (from, to, isOutage) = (incident.StartedAt, incident.EndedAt!.Value, incident.Kind is IncidentKind.Outage);
        var rows = await db.Database.SqlQuery<Row>($"""
            select a.id as "AccountId", a.user_id as "UserId", a.status in ('Active', 'Paused') as "IsRunning", min(t.touch) as "Touch", sum(t.lost) as "Lost" from (
                select account_id, case when closed_at <= {to} or opened_at >= {from} then 1 else 2 end as touch,
                       case when closed_at between {from} and {to} then -(profit - commission + swap) else 0 end as lost
                from trades where symbol = any ({incident.Symbols}) and opened_at <= {to} and closed_at >= {from}
                union all
                select account_id, case when opened_at >= {from} then 1 else 2 end, 0 from positions where symbol = any ({incident.Symbols}) and opened_at <= {to}
                union all
                select account_id, 3, 0 from trading_commands where {isOutage} and refused = 'NoPrice' and at between {from} and {to}
            ) t join trading_accounts a on a.id = t.account_id
            group by a.id, a.user_id, a.status order by a.id
            """).ToListAsync(ct);

        var touched = new List<Touched>();
        foreach (var row in rows)
        {
            var terms = await db.Set<TradingAccount>().AsNoTracking().Where(account => account.Id == row.AccountId).Select(account => account.Terms).SingleAsync(ct);
            var isCredit = incident.Remedy is Remedy.Credit && row is { Touch: (int)Touch.Traded, Lost: > 0 };
            touched.Add(new Touched(row.AccountId, row.UserId, (Touch)row.Touch, row.IsRunning && HasClocks(terms), Suggested: isCredit ? row.Lost : null));
        }

        return touched;
    }

    private static bool IsCrossed(AccountTerms terms, LossRule rule, decimal equity, decimal floor) =>
        (rule is LossRule.DailyLoss ? terms.DailyLoss!.Compare : terms.OverallLoss!.Compare) is Comparison.AtOrBelow ? equity <= floor : equity < floor;

    private static bool HasClocks(AccountTerms terms) => terms.MaximumDays is not null || terms.InactivityDays > 0;

    internal sealed record Row(Guid AccountId, Guid UserId, bool IsRunning, int Touch, decimal Lost);
}
