namespace TradeSense.Modules.Tenancy;

/// <summary>Closes a brand's site to everybody at once, or opens it again. Nothing is deleted: accounts, money and trails stay as they are.</summary>
public sealed class SuspendTenant(TenantStore store, TenantDirectory directory, TenantTrail trail)
{
    public sealed record Request(Guid TenantId, string Reason);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        var reason = request.Reason.Trim();
        if (reason.Length is < 10 or > 500) return TenantRefusal.ReasonLength.With(10, 500);

        return await Set(request.TenantId, TenantStatus.Suspended, "tenant.suspended", new { Reason = reason }, ct);
    }

    public Task<Result> Undo(Guid tenantId, CancellationToken ct) => Set(tenantId, TenantStatus.Active, "tenant.resumed", null, ct);

    private async Task<Result> Set(Guid tenantId, TenantStatus status, string action, object? details, CancellationToken ct)
    {
        if (directory.Find(tenantId) is not { Kind: TenantKind.Brand } brand) return TenantRefusal.Unknown;
        if (brand.Status == status) return Result.Ok;

        var saved = await store.Save(brand with { Status = status }, ct);
        if (saved.IsRefused) return saved;

        await trail.Record(brand, action, details, ct);
        return Result.Ok;
    }
}
