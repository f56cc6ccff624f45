using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Rules;
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
    /// <param name="GrownTo">Set where they moved because the account grew in place, and not with a day's start.</param>
    public sealed record FloorPoint(DateTimeOffset At, DateOnly Day, decimal Balance, decimal Anchor, decimal? DailyFloor, decimal? OverallFloor, decimal? GrownTo = null);

    /// <param name="Deciding">The newest of the quotes the verdict rests on; null where the account held nothing.</param>
    public sealed record BreachNote(Guid Id, DateTimeOffset At, Engine.Rules.LossRule Rule, Engine.Rules.BreachEffect Effect, decimal Floor, decimal Equity, Quote? Deciding);

    /// <param name="userId">The trader who asks; null for staff, who see every account of their brand.</param>
    public async Task<Result<Picture>> Run(Guid accountId, Guid? userId, CancellationToken ct)
    {
        var account = await db.Set<TradingAccount>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == accountId && (userId == null || row.UserId == userId), ct);
        if (account is null) return TradingRefusal.UnknownAccount;

        // Both are written with the journal and never change: as long as it has not grown, they are as they were.
        var past = await models.Get(accountId, account.JournalLength.ToString(CultureInfo.InvariantCulture), () => ReadPast(account, ct));
        return await Now(new Picture(account, null, past.Floors, past.Breaches, default), ct);
    }

    /// <summary>The same account at this moment's quotes.</summary>
    public async Task<Picture> Now(Picture picture, CancellationToken ct) =>
        picture with { View = picture.Account.OpenedAt is null ? null : await desk.View(new AccountId(picture.Account.Id), ct), ReadAt = clock.GetUtcNow() };

    private async Task<Past> ReadPast(TradingAccount account, CancellationToken ct)
    {
        var accountId = account.Id;
        var floors = await db.Set<DaySnapshot>().AsNoTracking().Where(row => row.AccountId == accountId).OrderBy(row => row.Day)
            .Select(row => new FloorPoint(row.At, row.Day, row.Balance, row.Anchor, row.DailyFloor, row.OverallFloor, null)).ToListAsync(ct);
        var breaches = await db.Database.SqlQuery<StoredBreach>($"select id, at, rule, effect, floor, equity, evidence from breaches where account_id = {accountId} order by at").ToListAsync(ct);
        if (account.ScaledAt is not null) floors = [.. floors.Concat(await Growth(account, ct)).OrderBy(point => point.At)];
        return new Past(floors, [.. breaches.Select(row => row.Note)]);
    }

    private async Task<IEnumerable<FloorPoint>> Growth(TradingAccount account, CancellationToken ct)
    {
        var entries = await db.Set<JournalEntry>().AsNoTracking().Where(row => row.AccountId == account.Id && row.Kind == "account_scaled").ToListAsync(ct);
        return entries.Select(entry => entry.Event).OfType<AccountScaled>().Select(grown => new FloorPoint(
            grown.At, TradingDayClock.LabelOf(account.Terms.TradingDay, grown.At), grown.Balance, grown.Anchor, grown.DailyFloor, grown.OverallFloor, grown.Size));
    }

    private sealed record Past(IReadOnlyList<FloorPoint> Floors, IReadOnlyList<BreachNote> Breaches);

    /// <summary>The receipts belong to Risk, which stands on this module; here only their figures are read.</summary>
    private sealed record StoredBreach(Guid Id, DateTimeOffset At, string Rule, string Effect, decimal Floor, decimal Equity, string Evidence)
    {
        public BreachNote Note => new(Id, At, Enum.Parse<Engine.Rules.LossRule>(Rule), Enum.Parse<Engine.Rules.BreachEffect>(Effect), Floor, Equity, Deciding);

        private Quote? Deciding => JsonSerializer.Deserialize<BreachEvidence>(Evidence, Json.Options)!.Quotes is { Count: > 0 } quotes ? quotes.MaxBy(quote => quote.At) : null;
    }
}
