namespace TradeSense.Modules.Tenancy;

/// <summary>Platform staff change a brand's name, domains, formats, currency, trading day or prohibited countries. Running accounts keep the terms they were opened under.</summary>
public sealed class ChangeTenant(TenantStore store, TenantDirectory directory, TenantTrail trail)
{
    public async Task<Result> Run(Guid tenantId, TenantDraft draft, CancellationToken ct)
    {
        if (directory.Find(tenantId) is not { Kind: TenantKind.Brand } brand) return TenantRefusal.Unknown;

        var described = (draft with { Slug = brand.Slug, Theme = brand.Theme }).Check();
        if (described.IsRefused) return described.Refusal;

        var wanted = described.Value;
        var changed = brand with
        {
            Name = wanted.Name.Trim(),
            Hosts = wanted.Hosts,
            Culture = wanted.Culture,
            Currency = wanted.Currency,
            TradingDay = wanted.TradingDay,
            ProhibitedCountries = wanted.ProhibitedCountries,
        };
        var saved = await store.Save(changed, ct);
        if (saved.IsRefused) return saved;

        await trail.Record(changed, "tenant.changed", new { From = TenantDraft.Of(brand), To = TenantDraft.Of(changed) }, ct);
        return Result.Ok;
    }
}
