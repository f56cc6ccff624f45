using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

/// <summary>Platform staff open a new brand: the tenant with its hosts, and an invitation to its owner, who does the rest at the brand's own console.</summary>
public sealed class OpenBrand(CreateTenant create, TenantDirectory directory, TenantScope scope, TenantTrail trail, CurrentActor actor)
{
    public sealed record Request(TenantDraft Draft, string OwnerEmail, string OwnerCountry);

    public async Task<Result<Tenant>> Run(Request request, CancellationToken ct)
    {
        var described = request.Draft.Check();
        if (described.IsRefused) return described.Refusal;
        // Creating brings an existing tenant of this name to the description: that must never happen by this way.
        if (directory.All.Any(tenant => tenant.Slug == described.Value.Slug)) return TenantRefusal.SlugTaken.With(described.Value.Slug);
        if (!RegisterTrader.IsEmail(request.OwnerEmail.Trim())) return IdentityRefusal.EmailInvalid with { Field = nameof(Request.OwnerEmail) };
        if (!Countries.NameByCode.ContainsKey(request.OwnerCountry)) return IdentityRefusal.CountryUnknown with { Field = nameof(Request.OwnerCountry) };

        var created = await create.Run(described.Value, ct);
        if (created.IsRefused) return created.Refusal;

        await trail.Record(created.Value, "tenant.created", new { request.Draft.Name, request.Draft.Hosts, request.Draft.Currency }, ct);
        await scope.Run(created.Value, async services =>
        {
            services.GetRequiredService<CurrentActor>().Set(actor.Id, $"{actor.Name} (platform)", actor.Address);
            var invited = await services.GetRequiredService<InviteStaff>().Run(new(request.OwnerEmail, Role.Owner, request.OwnerCountry), ct);
            if (invited.IsRefused) throw new InvalidOperationException($"A new brand refused its owner: {invited.Refusal.Code}.");
        }, ct);
        return created.Value;
    }
}
