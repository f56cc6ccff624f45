using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Hosting;

namespace TradeSense.Web.Commands;

/// <summary><c>tenant add FILE</c> creates or updates the tenants of a file; <c>tenant export SLUG</c> writes one out in the same shape; <c>tenant newkey SLUG</c> gives one a new key to sign with.</summary>
internal static class TenantCommand
{
    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter error)
    {
        await using var app = WebHost.Build([]);
        switch (arguments)
        {
            case ["add", var file]: return await Add(app.Services, file, output, error);
            case ["export", var slug]: return await Export(app.Services, slug, output, error);
            case ["newkey", var slug]: return await NewKey(app.Services, slug, output, error);
            default:
                await error.WriteLineAsync("Write: tenant add FILE, tenant export SLUG, or tenant newkey SLUG.");
                return 2;
        }
    }

    private static async Task<int> Add(IServiceProvider services, string file, TextWriter output, TextWriter error)
    {
        if (!File.Exists(file))
        {
            await error.WriteLineAsync($"There is no file {file}.");
            return 2;
        }

        var problems = await services.GetRequiredService<LoadTenants>().Run(await File.ReadAllTextAsync(file), CancellationToken.None);
        foreach (var problem in problems) await error.WriteLineAsync($"{file}: {problem}");
        if (problems.Count > 0) return 1;

        await output.WriteLineAsync($"{file} is applied.");
        return 0;
    }

    private static async Task<int> Export(IServiceProvider services, string slug, TextWriter output, TextWriter error)
    {
        if (await Find(services, slug, error) is not { } tenant) return 1;

        var json = await services.GetRequiredService<TenantScope>().Run(tenant, scoped => scoped.GetRequiredService<ExportTenant>().Run(CancellationToken.None), CancellationToken.None);
        await output.WriteLineAsync(json);
        return 0;
    }

    /// <summary>What was signed before stays signed by the key before, which stays published.</summary>
    private static async Task<int> NewKey(IServiceProvider services, string slug, TextWriter output, TextWriter error)
    {
        if (await Find(services, slug, error) is not { } tenant) return 1;

        var key = await services.GetRequiredService<TenantScope>().Run(tenant, scoped => scoped.GetRequiredService<RotateSigningKey>().Run(CancellationToken.None), CancellationToken.None);
        await output.WriteLineAsync($"{tenant.Name} signs with a new key from now on: {key.Fingerprint}");
        return 0;
    }

    private static async Task<Tenant?> Find(IServiceProvider services, string slug, TextWriter error)
    {
        await services.GetRequiredService<TenantStore>().Load(CancellationToken.None);
        var tenant = services.GetRequiredService<TenantDirectory>().All.FirstOrDefault(tenant => tenant.Slug == slug);
        if (tenant is null) await error.WriteLineAsync($"There is no tenant {slug}.");
        return tenant;
    }
}
