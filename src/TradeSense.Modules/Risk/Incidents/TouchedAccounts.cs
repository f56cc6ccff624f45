using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>Which of the firm's accounts an incident touched: by a verdict, a floor it raised, a trade, a position held, an order that found no price.</summary>
public sealed class TouchedAccounts(TradeSenseDb db, ProvisionalVerdicts verdicts, SoundFloors floors)
{
    /// <param name="Suggested">The balance just before the verdict, what the room lacks below a wrong floor, or the loss of the trades closed meanwhile.</param>
    public sealed record Touched(Guid AccountId, Guid UserId, Touch Touch, bool HasClocks, Guid? ReceiptId = null, decimal? SoundEquity = null, decimal? Suggested = null)
    {
        /// <summary>The verdict paused the account, it did not end it.</summary>
        public bool IsPause { get; init; }

        public decimal? WrongFloor { get; init; }
        public decimal? SoundFloor { get; init; }

        public bool NeedsReview => Touch is Touch.Verdict or Touch.Floor || Suggested is not null;
    }

    public async Task<IReadOnlyList<Touched>> Of(Incident incident, CancellationToken ct)
    {
        var provisional = await verdicts.Of(incident, ct);
        var touched = provisional.Select(verdict => new Touched(
            verdict.Receipt.AccountId, verdict.Receipt.UserId, Touch.Verdict, HasClocks(verdict.Terms), verdict.Receipt.Id, verdict.SoundEquity, verdict.BalanceBefore)
        {
            IsPause = verdict.Receipt.Effect is BreachEffect.Pause,
        }).ToList();
        foreach (var other in await Others(incident, ct))
            if (touched.All(verdict => verdict.AccountId != other.AccountId)) touched.Add(other);
        return touched;
    }

    private async Task<IReadOnlyList<Touched>> Others(Incident incident, CancellationToken ct)
    {
        var (from, to, isOutage) = (incident.StartedAt, incident.EndedAt!.Value, incident.Kind is IncidentKind.Outage);
        // The numbers are those of Touch: traded, held, refused.
        var rows = await db.Database.SqlQuery<Row>($"""
            select a.id as "AccountId", a.user_id as "UserId", a.status in ('Active', 'Paused') as "IsRunning", min(t.touch) as "Touch", sum(t.lost) as "Lost" from (
                select account_id, case when closed_at <= {to} or opened_at >= {from} then 2 else 3 end as touch,
                       case when closed_at between {from} and {to} then -(profit - commission + swap) else 0 end as lost
                from trades where symbol = any ({incident.Symbols}) and opened_at <= {to} and closed_at >= {from}
                union all
                select account_id, case when opened_at >= {from} then 2 else 3 end, 0 from positions where symbol = any ({incident.Symbols}) and opened_at <= {to}
                union all
                select account_id, 4, 0 from trading_commands where {isOutage} and refused = 'NoPrice' and at between {from} and {to}
            ) t join trading_accounts a on a.id = t.account_id
            group by a.id, a.user_id, a.status order by a.id
            """).ToListAsync(ct);

        var touched = new List<Touched>();
        foreach (var row in rows)
        {
            var terms = await db.Set<TradingAccount>().AsNoTracking().Where(account => account.Id == row.AccountId).Select(account => account.Terms).SingleAsync(ct);
            if (row.IsRunning && await Floor(incident, row, terms, ct) is { } floor)
            {
                touched.Add(floor);
                continue;
            }

            var isCredit = incident.Remedy is Remedy.Credit && row is { Touch: (int)Touch.Traded, Lost: > 0 };
            touched.Add(new Touched(row.AccountId, row.UserId, (Touch)row.Touch, row.IsRunning && HasClocks(terms), Suggested: isCredit ? row.Lost : null));
        }

        return touched;
    }

    /// <summary>A floor that the incident's prices raised and that still stands: what the room lacks is suggested as a credit.</summary>
    private async Task<Touched?> Floor(Incident incident, Row row, AccountTerms terms, CancellationToken ct)
    {
        if (incident.Kind is IncidentKind.Outage || !SoundFloors.CanBeWrong(terms)) return null;

        var account = await db.Set<TradingAccount>().AsNoTracking().SingleAsync(one => one.Id == row.AccountId, ct);
        if (await floors.Before(incident, row.AccountId, terms, account.JournalLength + 1, ct) is not { } sound) return null;
        var raisedBy = Math.Max(account.DailyFloor - sound.DailyFloor ?? 0m, account.OverallFloor - sound.OverallFloor ?? 0m);
        if (raisedBy <= 0) return null;

        // Less than the whole of it where the other floor is the nearer one; never nothing, since that one can move away.
        var stands = new LossState(account.DailyAnchor!.Value, account.DailyFloor, account.Peak!.Value, account.OverallFloor, account.FloorLifted);
        var lacks = stands.Floor - sound.Floor is { } less and > 0 ? less : raisedBy;
        return new Touched(row.AccountId, row.UserId, Touch.Floor, HasClocks(terms), Suggested: Engine.Values.Money.Rounded(lacks, terms.Currency, MidpointRounding.AwayFromZero).Amount)
        {
            WrongFloor = stands.Floor, SoundFloor = stands.Floor - lacks,
        };
    }

    private static bool HasClocks(AccountTerms terms) => terms.MaximumDays is not null || terms.InactivityDays > 0;

    internal sealed record Row(Guid AccountId, Guid UserId, bool IsRunning, int Touch, decimal Lost);
}
