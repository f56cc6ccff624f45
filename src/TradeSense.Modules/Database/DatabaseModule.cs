using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace TradeSense.Modules.Database;

public static class DatabaseModule
{
    /// <param name="empties">Whether this process empties the outbox by itself.</param>
    public static IServiceCollection AddDatabase(this IServiceCollection services, DatabaseOptions options, MasterKey master, bool empties = true)
    {
        services.AddHostedService<AwaitDatabase>();
        services.AddSingleton(options).AddSingleton(master);
        services.AddKeyedSingleton(DatabaseOptions.AppRole, (_, _) => NpgsqlDataSource.Create(options.App));
        services.AddKeyedSingleton(DatabaseOptions.EngineRole, (_, _) => NpgsqlDataSource.Create(options.Engine));
        services.AddDbContext<TradeSenseDb>(
            (provider, db) => db.UseNpgsql(provider.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseOptions.AppRole)), ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddSingleton<ReadModels>().AddSingleton<TenantLookup>();
        services.AddScoped<TenantTransaction>().AddScoped<Outbox>().AddScoped<Inbox>().AddScoped<Vault>();
        services.AddSingleton<OutboxPump>();
        if (empties) services.AddHostedService(provider => provider.GetRequiredService<OutboxPump>());

        services.AddDataProtection().SetApplicationName("TradeSense");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((keys, provider) =>
            keys.XmlRepository = new ProtectionKeys(provider.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseOptions.AppRole), master, provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
