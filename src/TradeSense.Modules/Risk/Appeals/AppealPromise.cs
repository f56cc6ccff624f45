using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>Within how many hours a brand answers appeals.</summary>
public sealed class AppealPromise : ITenantOwned
{
    public const int Default = 72, Most = 336;

    public Guid TenantId { get; set; }
    public int Hours { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AppealPromise>
    {
        public void Configure(EntityTypeBuilder<AppealPromise> promise) => promise.ToTable("appeal_promises").HasKey(row => row.TenantId);
    }
}

/// <summary>The brand changes its promise; appeals that run keep theirs.</summary>
public sealed class ChangeAppealPromise(TradeSenseDb db, AuditTrail audit)
{
    public async Task<int> Hours(CancellationToken ct) => (await db.Set<AppealPromise>().AsNoTracking().SingleOrDefaultAsync(ct))?.Hours ?? AppealPromise.Default;

    public async Task<Result> Run(int hours, CancellationToken ct)
    {
        if (hours is < 1 or > AppealPromise.Most) return AppealRefusal.HoursInvalid;

        var promise = await db.Set<AppealPromise>().AsTracking().SingleOrDefaultAsync(ct);
        if (promise is null) db.Add(promise = new AppealPromise());
        var before = promise.Hours == 0 ? AppealPromise.Default : promise.Hours;
        promise.Hours = hours;
        await db.SaveChangesAsync(ct);
        await audit.Record("appeals.promise_changed", "appeals:promise", new { From = before, To = hours }, ct);
        return Result.Ok;
    }
}
