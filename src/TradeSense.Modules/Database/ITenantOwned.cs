namespace TradeSense.Modules.Database;

/// <summary>A row that belongs to one tenant: keyed (TenantId, Id), guarded by row-level security and by the query filter.</summary>
public interface ITenantOwned
{
    Guid TenantId { get; set; }
}
