using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Instruments;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>The events that news rules refer to, as the engines know them.</summary>
public sealed class ListedNews(TradeSenseDb db)
{
    public async Task<IReadOnlyList<NewsEvent>> Run(CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<Row>($"""select at as "At", currency as "Currency", title as "Title" from news_events order by at, currency, title""").ToListAsync(ct);
        return [.. rows.Select(row => new NewsEvent(row.At, row.Currency, row.Title))];
    }

    private sealed record Row(DateTimeOffset At, string Currency, string Title);
}
