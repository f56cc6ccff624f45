namespace TradeSense.Modules.Tenancy;

/// <summary>The tenant this request, job or test works for; scoped, set once, before anything touches the database.</summary>
public sealed class CurrentTenant
{
    private Tenant? _tenant;

    public bool IsSet => _tenant is not null;

    /// <summary>The tenant; reading it before it is set is a bug and throws.</summary>
    public Tenant Value => _tenant ?? throw new InvalidOperationException("No tenant is set in this scope.");

    public Guid Id => Value.Id;

    public void Set(Tenant tenant)
    {
        if (_tenant is not null && _tenant.Id != tenant.Id)
            throw new InvalidOperationException("A scope never changes its tenant.");

        _tenant = tenant;
    }
}
