using System.Text.Json;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Hosting;

/// <summary>What the server is started with. <c>TenantsFile</c> null: only what the database holds.</summary>
internal sealed record StartOptions(string? TenantsFile, bool IsExample, bool Announce)
{
    public static StartOptions Read(Func<string, string?> setting, ProcessRoles roles)
    {
        var named = setting("TRADESENSE_TENANTS");
        if (named is "none") return new StartOptions(null, false, false);

        var file = named ?? Layout.File("tenants.json") ?? Layout.File("tenants.example.json");
        return new StartOptions(file, Path.GetFileName(file) == "tenants.example.json", roles.Web && setting("TRADESENSE_ANNOUNCE") is not "off");
    }
}

internal sealed class StartState
{
    public bool IsDone { get; set; }
}

/// <summary>Before the first request: the tenants file is applied (or the server refuses to start and says which line is wrong), then the addresses are told.</summary>
internal sealed class Start(StartOptions options, StartState state, LoadTenants load, TenantStore store, Announcement announcement, ILogger<Start> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.TenantsFile is { } file)
        {
            var json = await File.ReadAllTextAsync(file, cancellationToken);
            await log.Outlast(ct => Apply(file, json, ct), cancellationToken);
            if (options.Announce) await announcement.Make(json, options.IsExample);
        }

        await log.Outlast(store.Load, cancellationToken);
        state.IsDone = true;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Apply(string file, string json, CancellationToken ct)
    {
        var problems = await load.RunChanged(json, ct);
        if (problems.Count > 0)
            throw new InvalidOperationException($"{Path.GetFileName(file)} was not applied:\n" + string.Join('\n', problems.Select(problem => $"  {problem}")));
    }
}

/// <summary>Where the brands are found, and for the example file with which passwords.</summary>
internal sealed class Announcement(TenantDirectory directory, IConfiguration configuration)
{
    public async Task Make(string json, bool isExample)
    {
        var port = configuration["TRADESENSE_URLS"] is { } urls && Uri.TryCreate(urls.Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var url) ? url.Port : 5080;
        foreach (var tenant in directory.All.OrderBy(tenant => tenant.Kind))
            await Console.Out.WriteLineAsync($"  {tenant.Name,-20} http://{tenant.Hosts[0]}:{port}{(tenant.Kind is TenantKind.Platform ? "/platform" : "")}");

        // Passwords are only told for the example file, which everybody has.
        if (!isExample) return;

        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        await Console.Out.WriteLineAsync("  Demo sign-ins:");
        foreach (var tenant in document.RootElement.GetProperty("tenants").EnumerateArray())
            foreach (var person in tenant.TryGetProperty("people", out var people) ? people.EnumerateArray().ToArray() : [])
                await Console.Out.WriteLineAsync($"    {tenant.GetProperty("slug").GetString(),-12} {person.GetProperty("role").GetString(),-14} {person.GetProperty("email").GetString(),-32} {person.GetProperty("password").GetString()}");
    }
}
