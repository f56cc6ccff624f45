using System.Globalization;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>
/// The trader's account page from memory: one round trip tells whether anything it shows was written since it was read, the engine tells this moment's figures.
/// Only when something was written, or another minute of the curve has begun, is it read again.
/// </summary>
public sealed class AccountPage(AccountStanding standing, AccountReading reading, AccountPicture pictures, ReadModels models, TimeProvider clock)
{
    /// <param name="Version">Another one whenever <c>Parts</c> or <c>Incidents</c> may be others.</param>
    public sealed record Picture(AccountPicture.Picture Account, AccountScreen.Parts Parts, IReadOnlyList<AccountIncidents.Row> Incidents, string Version);

    /// <summary>Null when the trader has no such account.</summary>
    public async Task<Picture?> Read(Guid accountId, Guid userId, CancellationToken ct)
    {
        if (await standing.Of(accountId, userId, ct) is not { } rows) return null;

        var version = string.Create(CultureInfo.InvariantCulture, $"{rows} {clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute}");
        var kept = await models.Get(accountId, version, () => reading.Read(accountId, userId, version, ct));
        return kept with { Account = await pictures.Now(kept.Account, ct) };
    }
}

/// <summary>The same from the database, in the transaction it begins.</summary>
public sealed class AccountReading(TenantTransaction transaction, AccountPicture pictures, AccountScreen screen, AccountIncidents incidents, TradeList trades)
{
    public async Task<AccountPage.Picture> Read(Guid accountId, Guid userId, string version, CancellationToken ct)
    {
        await Begin(ct);
        var picture = await pictures.Run(accountId, userId, ct);
        return new AccountPage.Picture(picture.Value, await screen.ReadParts(picture.Value.Account, ct), await incidents.Of(accountId, ct), version);
    }

    public async Task<TradeList.Page> Trades(TradeList.Filter filter, int page, int size, CancellationToken ct)
    {
        await Begin(ct);
        return await trades.Run(filter, page, size, ct);
    }

    /// <summary>In the transaction that is open.</summary>
    public Task<string> Csv(TradeList.Filter filter, CancellationToken ct) => trades.Csv(filter, ct);

    private Task Begin(CancellationToken ct) => transaction.IsOpen ? Task.CompletedTask : transaction.Begin(ct);
}
