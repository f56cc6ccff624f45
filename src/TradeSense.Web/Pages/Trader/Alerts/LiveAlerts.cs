using System.Text.Json;
using TradeSense.Modules.Alerts;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Live;
using TradeSense.Web.Pages.Trader.Terminal;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Alerts;

/// <summary>Tells an open terminal which alerts were fired since its page was made. The rows are read only when the bell has rung, so looking costs nothing.</summary>
public sealed class LiveAlerts(AlertBell bell, TenantScope scope, TenantFormat format)
{
    private const int Most = 10;

    /// <summary>What a stream does at each look; it remembers what it has told.</summary>
    /// <param name="since">When the page was made.</param>
    public Func<LiveFrame, CancellationToken, Task> For(Tenant tenant, Guid userId, DateTimeOffset since)
    {
        var (told, rung) = (since, -1L);
        return async (frame, ct) =>
        {
            if (bell.CountOf(userId) is var now && now == rung) return;

            rung = now;
            var rows = await scope.Run(tenant, services => services.GetRequiredService<PriceAlertList>().FiredAfter(userId, told, Most, ct), ct);
            foreach (var row in rows)
            {
                frame.Tell("alert", JsonSerializer.Serialize(new { id = row.Id, text = Words(row) }, JsonSerializerOptions.Web));
                if (row.ChangedAt > told) told = row.ChangedAt;
            }
        };
    }

    private string Words(PriceAlertList.Row row)
    {
        var digits = TerminalScreen.Instrument(row.Symbol).Digits;
        var what = row.Kind switch
        {
            AlertKind.Above => $"is above {format.Price(row.Wanted, digits)}",
            AlertKind.Below => $"is below {format.Price(row.Wanted, digits)}",
            _ => $"{(row.FiredPrice >= row.Reference ? "has risen" : "has fallen")} by {format.Percent(new(row.Wanted), 2)}",
        };
        return $"{row.Symbol} {what}: bid {format.Price(row.FiredPrice ?? 0m, digits)}.{(row.Note.Length > 0 ? " " + row.Note : "")}";
    }
}
