using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Modules.Challenges.Progress;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Risk.Incidents;

/// <summary>An outage of the market, declared on the platform's pages, as traders and firms meet it.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task An_outage_stands_on_traders_pages_while_it_lasts_and_afterwards_pauses_the_clocks_of_whoever_held_the_symbol()
    {
        await using var scenes = await IncidentScenes.Open();
        await using var platform = await TestFirm.CreatePlatform(scenes.Site);
        var staff = await platform.Staff(Role.PlatformStaff);
        await scenes.Price(60_000m);
        await scenes.Buy("0.01");

        var declared = await (await staff.Browser.Get("/platform/incidents/declare")).Ok().Form("#declare-form").Submit(new
        {
            Kind = IncidentKind.Outage, Symbols = "BTCUSD", From = scenes.Now.AddMinutes(-2).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), Reason = "The venue is away.",
        });
        Assert.Contains("1 incident lasts", declared.Ok().Text);
        Assert.Contains("No prices for BTCUSD", (await scenes.Trader.Browser.Get("/trader")).Ok().TextOf("#feed-notice"));
        Assert.Contains("BTCUSD", (await scenes.Trader.Browser.Get("/trader/feed-notice")).Ok().TextOf("#feed-notice"));

        await declared.Form("#incident-table form").Submit();
        await scenes.Firm.Run<FollowIncidents, int>(follow => follow.Run(default));
        await scenes.Firm.Run(async services =>
        {
            var incident = await services.GetRequiredService<TradeSenseDb>().Set<Incident>().AsTracking().SingleAsync();
            await services.GetRequiredService<AssessIncident>().Run(incident, default);
        });
        await scenes.Firm.Run<FollowIncidents, int>(follow => follow.Run(default));

        Assert.Equal(["PauseClocks", "Done", "Traded"], (await scenes.Site.Audit("select remedy, status, touch from incident_accounts where account_id = $1", scenes.Account)).Single());
        Assert.Contains("time limits are extended", (await scenes.Trader.Browser.Get($"/trader/accounts/{scenes.Account}")).Ok().TextOf("#account-incidents"));
        var pause = (await scenes.Site.Audit("select ended_at - started_at from clock_pauses where account_id = $1", scenes.Account)).Single();
        Assert.True((TimeSpan)pause[0]! >= TimeSpan.FromMinutes(2));
        Assert.Contains("No prices", (await scenes.Owner.Browser.Get("/firm/incidents")).Ok().TextOf("#incident-table"));
    }

    [Fact]
    public async Task Time_that_was_paused_counts_for_no_limit()
    {
        await using var scenes = await IncidentScenes.Open();
        await using var owner = NpgsqlDataSource.Create(scenes.Site.Database.Options.Owner);
        await Do(owner, "update trading_accounts set opened_at = now() - interval '31 days', last_activity_at = now() - interval '31 days' where id = $1", scenes.Account);
        await Do(owner, """
            insert into incidents (tenant_id, id, kind, symbols, started_at, ended_at, reason, remedy, declared_by, declared_at)
            select tenant_id, id, 'Outage', array['EURUSD'], now() - interval '9 days', now() - interval '7 days', 'away', 'PauseClocks', 'test', now() from trading_accounts where id = $1
            """, scenes.Account);
        await Do(owner, "insert into clock_pauses select tenant_id, id, id, now() - interval '9 days', now() - interval '7 days' from trading_accounts where id = $1", scenes.Account);

        Assert.Equal(0, await scenes.Firm.Run<ExpireChallenges, int>(expire => expire.Run(default)));

        await Do(owner, "delete from clock_pauses where account_id = $1", scenes.Account);
        Assert.Equal(1, await scenes.Firm.Run<ExpireChallenges, int>(expire => expire.Run(default)));
    }

    private static async Task Do(NpgsqlDataSource source, string sql, Guid account)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = account });
        await command.ExecuteNonQueryAsync();
    }
}
