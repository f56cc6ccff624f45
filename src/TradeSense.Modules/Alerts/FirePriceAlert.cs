using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Alerts;

/// <summary>Tells a trader that the price is there. The row itself says whether it still waits for this price, so that however often and by whomever it is found, it is told once.</summary>
public sealed class FirePriceAlert(TradeSenseDb db, NotifyUser notify, CurrentTenant tenant, TimeProvider clock)
{
    public const string NotificationKind = "alert.fired";

    /// <returns>Whether it was told now.</returns>
    public async Task<bool> Run(Guid id, Quote quote, CancellationToken ct)
    {
        var (now, bid, at) = (clock.GetUtcNow(), quote.Bid.Value, quote.At.ToUniversalTime());
        var fired = await db.Set<PriceAlert>()
            .Where(alert => alert.Id == id && alert.Status == AlertStatus.Waiting && alert.ExpiresAt > now && (alert.RisesTo <= bid || alert.FallsTo >= bid))
            .ExecuteUpdateAsync(set => set.SetProperty(alert => alert.Status, AlertStatus.Fired).SetProperty(alert => alert.FiredAt, at).SetProperty(alert => alert.FiredPrice, bid).SetProperty(alert => alert.ChangedAt, now), ct);
        if (fired == 0) return false;

        var told = await db.Set<PriceAlert>().AsNoTracking().SingleAsync(alert => alert.Id == id, ct);
        var email = await db.Set<User>().Where(user => user.Id == told.UserId).Select(user => user.Email).SingleAsync(ct);
        var digits = InstrumentCatalog.All.First(instrument => instrument.Symbol == told.Symbol).Digits;
        string Price(decimal price) => price.ToString($"N{digits}", tenant.Value.CultureInfo);
        var title = told.Kind switch
        {
            AlertKind.Above => $"{told.Symbol} is above {Price(told.Wanted)}",
            AlertKind.Below => $"{told.Symbol} is below {Price(told.Wanted)}",
            _ => $"{told.Symbol} has {(bid >= told.Reference ? "risen" : "fallen")} by {(told.Wanted / 100m).ToString("0.##%", tenant.Value.CultureInfo)}",
        };
        var body = $"The bid reached {Price(bid)} at {at:HH:mm:ss} UTC.{(told.Note.Length > 0 ? " " + told.Note : "")}";
        await notify.Run(new(told.UserId, told.ByMail ? email : null, NotificationKind, title, body, "/trader/alerts?past=true"), ct);
        return true;
    }
}
