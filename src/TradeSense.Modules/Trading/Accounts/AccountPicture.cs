using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.History;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>Everything a page shows about one account: its row, the engine's live view, and how its floors came about.</summary>
public sealed class AccountPicture(TradeSenseDb db, TradingDesk desk, ReadModels models, TimeProvider clock)
{
    /// <param name="View">The engine's picture at <c>View.AsOf</c>; null only in the moment before the engine has opened the account.</param>
    public sealed record Picture(TradingAccount Account, AccountView? View, IReadOnlyList<FloorPoint> Floors, IReadOnlyList<BreachNote> Breaches, DateTimeOffset ReadAt);

    /// <summary>The floors that held from an instant on.</summary>
    public sealed record FloorPoint(DateTimeOffset At, DateOnly Day, decimal Balance, decimal Anchor, decimal? DailyFloor, decimal? OverallFloor);

    /// <param name="Deciding">The newest of the quotes the verdict rests on; null where the account held nothing.</param>
    public sealed record BreachNote(Guid Id, DateTimeOffset At, Engine.Rules.LossRule Rule, Engine.Rules.BreachEffect Effect, decimal Floor, decimal Equity, Quote? Deciding);

    /// <param name="userId">The trader who asks; null for staff, who see every account of their brand.</param>
    public async Task<Result<Picture>> Run(Guid accountId, Guid? userId, CancellationToken ct)
    {
        var account = await db.Set<TradingAccount>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == accountId && (userId == null || row.UserId == userId), ct);
        if (account is null) return TradingRefusal.UnknownAccount;

        // Both are written with the journal and never change: as long as it has not grown, they are as they were.
        var past = await models.Get(accountId, account.JournalLength.ToString(CultureInfo.InvariantCulture), () => ReadPast(accountId, ct));
        return await Now(new Picture(account, null, past.Floors, past.Breaches, default), ct);
    }

    /// <summary>The same account at this moment's quotes.</summary>
    public async Task<Picture> Now(Picture picture, CancellationToken ct) =>
        picture with { View = picture.Account.OpenedAt is null ? null : await desk.View(new AccountId(picture.Account.Id), ct), ReadAt = clock.GetUtcNow() };

    private async Task<Past> ReadPast(Guid accountId, CancellationToken ct)
    {
        var floors = await db.Set<DaySnapshot>().AsNoTracking().Where(row => row.AccountId == accountId).OrderBy(row => row.Day)
            .Select(row => new FloorPoint(row.At, row.Day, row.Balance, row.Anchor, row.DailyFloor, row.OverallFloor)).ToListAsync(ct);
        var breaches = await db.Database.SqlQuery<StoredBreach>($"select id, at, rule, effect, floor, equity, evidence from breaches where account_id = {accountId} order by at").ToListAsync(ct);
        return new Past(floors, [.. breaches.Select(row => row.Note)]);
    }

    private sealed record Past(IReadOnlyList<FloorPoint> Floors, IReadOnlyList<BreachNote> Breaches);

    /// <summary>The receipts belong to Risk, which stands on this module; here only their figures are read.</summary>
    private sealed record StoredBreach(Guid Id, DateTimeOffset At, string Rule, string Effect, decimal Floor, decimal Equity, string Evidence)
    {
        public BreachNote Note => new(Id, At, Enum.Parse<Engine.Rules.LossRule>(Rule), Enum.Parse<Engine.Rules.BreachEffect>(Effect), Floor, Equity, Deciding);

        private Quote? Deciding => JsonSerializer.Deserialize<BreachEvidence>(Evidence, Json.Options)!.Quotes is { Count: > 0 } quotes ? quotes.MaxBy(quote => quote.At) : null;
    }
}
