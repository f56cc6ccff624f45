using System.Reflection;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Database;

/// <summary>The one EF context. It maps, it never creates: the schema comes from <c>migrations/</c>. Each entity's mapping stands at the bottom of its own file.</summary>
public sealed class TradeSenseDb(DbContextOptions<TradeSenseDb> options, CurrentTenant tenant) : DbContext(options)
{
    /// <summary>The tenant the filters compare with: a member of the context, so that it is never frozen into the cached model.</summary>
    private Guid TenantId => tenant.Id;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Currency>().HaveConversion<CurrencyConverter>();
        configurationBuilder.Properties<Percent>().HaveConversion<PercentConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(TradeSenseDb).Assembly);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase.Of(property.GetColumnName()));
                if ((Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType).IsEnum) property.SetProviderClrType(typeof(string));
            }

            if (!typeof(ITenantOwned).IsAssignableFrom(entity.ClrType)) continue;

            // Of a key that is nothing but the tenant EF would make one up.
            modelBuilder.Entity(entity.ClrType).Property(nameof(ITenantOwned.TenantId)).ValueGeneratedNever();
            FilterMethod.MakeGenericMethod(entity.ClrType).Invoke(this, [modelBuilder]);
        }
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<ITenantOwned>().Where(entry => entry.State is EntityState.Added))
        {
            if (entry.Entity.TenantId == Guid.Empty) entry.Entity.TenantId = TenantId;
            if (entry.Entity.TenantId != TenantId) throw new InvalidOperationException("A row of another tenant was about to be written.");
        }

        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private static readonly MethodInfo FilterMethod =
        typeof(TradeSenseDb).GetMethod(nameof(FilterByTenant), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private void FilterByTenant<T>(ModelBuilder model) where T : class, ITenantOwned =>
        model.Entity<T>().HasQueryFilter("tenant", row => row.TenantId == TenantId);
}
