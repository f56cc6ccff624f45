using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>The firm's incidents, those that wait for a decision first; and one with the accounts it touched.</summary>
public sealed class IncidentList(TradeSenseDb db)
{
    public sealed record Row(Incident Incident, int Touched, int Waiting);

    public sealed record Account(IncidentAccount Touched, long Number, string Trader, TradingAccountStatus Status, Engine.Values.Currency Currency, string? ProposedBy, string? DecidedBy);

    public sealed record Picture(Incident Incident, IReadOnlyList<Account> Accounts)
    {
        public int Waiting => Accounts.Count(account => account.Touched.Status is TouchStatus.UnderReview or TouchStatus.Proposed);
    }

    public async Task<(IReadOnlyList<Row> Rows, int Total)> Read(int page, int size, CancellationToken ct)
    {
        var rows = db.Set<Incident>().AsNoTracking().Select(incident => new
        {
            incident,
            Touched = db.Set<IncidentAccount>().Count(touched => touched.IncidentId == incident.Id),
            Waiting = db.Set<IncidentAccount>().Count(touched => touched.IncidentId == incident.Id && (touched.Status == TouchStatus.UnderReview || touched.Status == TouchStatus.Proposed)),
        });
        var read = await rows.OrderByDescending(row => row.Waiting > 0).ThenByDescending(row => row.incident.StartedAt).Skip((page - 1) * size).Take(size).ToListAsync(ct);
        return ([.. read.Select(row => new Row(row.incident, row.Touched, row.Waiting))], await db.Set<Incident>().CountAsync(ct));
    }

    public async Task<Picture?> Open(Guid id, CancellationToken ct)
    {
        if (await db.Set<Incident>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } incident) return null;

        var rows = await (
            from touched in db.Set<IncidentAccount>().AsNoTracking()
            where touched.IncidentId == id
            join account in db.Set<TradingAccount>() on touched.AccountId equals account.Id
            join user in db.Set<User>() on touched.UserId equals user.Id
            select new { touched, account.Number, user.UserName, account.Status, account.Currency }).ToListAsync(ct);
        var staff = rows.SelectMany(row => (Guid?[])[row.touched.ProposedBy, row.touched.DecidedBy]).OfType<Guid>().ToHashSet();
        var names = await db.Set<User>().AsNoTracking().Where(user => staff.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.UserName, ct);
        return new Picture(incident,
        [
            .. rows.Select(row => new Account(
                    row.touched, row.Number, row.UserName, row.Status, row.Currency, row.touched.ProposedBy is { } proposer ? names[proposer] : null, row.touched.DecidedBy is { } decider ? names[decider] : null))
                .OrderByDescending(account => account.Touched.Status is TouchStatus.UnderReview or TouchStatus.Proposed).ThenBy(account => account.Touched.Touch).ThenBy(account => account.Number),
        ]);
    }
}
