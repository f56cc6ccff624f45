using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Instruments;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>Says which events news rules refer to. The list replaces the one before, and the engines hear it at once; past events stay on it while trades opened near them are open.</summary>
public sealed class ListNews(TradeSenseDb db, TradingDesk desk)
{
    public async Task Run(IReadOnlyList<NewsEvent> events, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"delete from news_events", ct);
        await db.Database.ExecuteSqlAsync($"""
            insert into news_events (at, currency, title)
            select * from unnest({events.Select(listed => listed.At.ToUniversalTime()).ToArray()}, {events.Select(listed => listed.Currency).ToArray()}, {events.Select(listed => listed.Title).ToArray()})
            on conflict do nothing
            """, ct);
        await desk.HearNews(events, ct);
    }
}
