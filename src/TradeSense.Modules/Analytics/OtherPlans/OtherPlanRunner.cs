using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Instruments;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Quotes.Archive;

namespace TradeSense.Modules.Analytics.OtherPlans;

/// <summary>Works out what was asked, one at a time and outside any request or transaction; says now and then how far it is. What a dead process left half done is done again, what breaks off is tried a few times and then given up.</summary>
internal sealed class OtherPlanRunner(TenantDirectory tenants, TenantScope scope, ArchivedQuotes archive, TimeProvider clock, ILogger<OtherPlanRunner> log) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GivenUp = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromSeconds(1);
    private readonly WokenLoop _loop = new(Sweep, BetweenNotes, log);

    public void Wake() => _loop.Wake();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loop.Run(async ct =>
    {
        foreach (var tenant in tenants.All.Where(tenant => tenant.Kind is TenantKind.Brand))
            while (await RunOne(tenant, ct)) log.LogDebug("Another plan of {Tenant} was worked out", tenant.Slug);
    }, "Another plan could not be worked out; it is tried again", stoppingToken);

    private sealed record Work(Guid Id, IReadOnlyList<EngineEvent> Journal, AccountTerms Terms, DateTimeOffset Until, IReadOnlyList<NewsEvent> News);

    /// <summary>False when nothing waits.</summary>
    private async Task<bool> RunOne(Tenant tenant, CancellationToken ct)
    {
        if (await scope.Run(tenant, services => Take(services.GetRequiredService<TradeSenseDb>(), services.GetRequiredService<ListedNews>(), ct), ct) is not { } work) return false;

        var notedAt = clock.GetTimestamp();
        async Task Note(int percent)
        {
            if (clock.GetElapsedTime(notedAt) < BetweenNotes) return;
            notedAt = clock.GetTimestamp();
            await Change(tenant, work.Id, run => run.Reach(percent), ct);
        }

        try
        {
            var outcome = await new PlanReplay(work.Journal, work.Until, work.News).Run(work.Terms, archive.Run, Note, ct);
            await Change(tenant, work.Id, run => run.Finish(outcome, clock.GetUtcNow()), ct);
        }
        catch (Exception broken) when (!ct.IsCancellationRequested && broken.Absence() is null)
        {
            log.LogError(broken, "Another plan of {Tenant} broke off", tenant.Slug);
            await Change(tenant, work.Id, run => run.BreakOff(), ct);
        }

        return true;
    }

    private Task Change(Tenant tenant, Guid id, Action<OtherPlanRun> change, CancellationToken ct) => scope.Run(tenant, async services =>
    {
        var db = services.GetRequiredService<TradeSenseDb>();
        change(await db.Set<OtherPlanRun>().AsTracking().SingleAsync(row => row.Id == id, ct));
        await db.SaveChangesAsync(ct);
    }, ct);

    private async Task<Work?> Take(TradeSenseDb db, ListedNews news, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var run = await db.Set<OtherPlanRun>().FromSql($"""
            select * from other_plan_runs where status = 'Queued' or (status = 'Running' and started_at < {now - GivenUp}) order by requested_at limit 1 for update skip locked
            """).AsTracking().SingleOrDefaultAsync(ct);
        if (run is null) return null;

        var isBegun = run.Start(now);
        await db.SaveChangesAsync(ct);
        if (!isBegun) return await Take(db, news, ct);

        var account = await db.Set<TradingAccount>().AsNoTracking().SingleAsync(row => row.Id == run.AccountId, ct);
        var version = await db.Set<ModelVersion>().AsNoTracking().SingleAsync(row => row.Id == run.ModelVersionId, ct);
        var challenge = await db.Set<Challenge>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == account.ChallengeId, ct);
        var own = challenge is null ? null : await db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == challenge.ModelVersionId, ct);
        var journal = await db.Set<JournalEntry>().AsNoTracking().Where(row => row.AccountId == account.Id && row.Sequence <= run.JournalLength).OrderBy(row => row.Sequence).ToListAsync(ct);
        var phase = OtherPlanList.PhaseOf(version.Definition, account.PhaseIndex, isFunded: own?.Definition.FundedIndex == account.PhaseIndex);
        return new Work(run.Id, [.. journal.Select(entry => entry.Event)], version.Definition.TermsOf(phase, account.Terms.InitialBalance), run.Until, await news.Run(ct));
    }
}

/// <summary>Somebody asked: the runner looks at once, on whichever node handles the message.</summary>
internal sealed class OnOtherPlanAsked(OtherPlanRunner runner) : IOutboxHandler
{
    public const string MessageKind = "analytics.other_plan";

    public string Kind => MessageKind;

    public Task Handle(OutboxMessage message, CancellationToken ct)
    {
        // The row it is about was committed with the message.
        runner.Wake();
        return Task.CompletedTask;
    }
}
