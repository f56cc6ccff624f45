using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using TradeSense.Modules.Database;
using TradeSense.Modules.Payments.Gateways.Sandbox;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Tests.Fixture;

/// <summary>
/// The whole application in this process over a database of its own, through the application's database role. The tests of an assembly share one;
/// a test that moves time makes its own with <see cref="At"/>, so that nobody else's clocks run.
/// </summary>
public sealed class Site : WebApplicationFactory<Program>, IAsyncLifetime
{
    /// <summary>32 bytes that protect nothing.</summary>
    private const string MasterKey = "dGVzdHMgb25seSB0ZXN0cyBvbmx5IHRlc3RzIG9ubHk=";

    private readonly TimeProvider _clock;
    private readonly Action<IWebHostBuilder>? _change;
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly string _files = Directory.CreateTempSubdirectory("tradesense-files-").FullName;
    private TestDatabase? _database;
    private bool _onSockets;
    private bool _isGuest;

    public Site() : this(TimeProvider.System, null) { }

    private Site(TimeProvider clock, Action<IWebHostBuilder>? change) => (_clock, _change) = (clock, change);

    public TestDatabase Database => _database ?? throw new InvalidOperationException("The site was not started.");

    /// <summary>What the application logged as an error or worse, in order.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>A site of the test's own with its own clock and database; about a second. Dispose it.</summary>
    public static Task<Site> At(FakeClock clock) => Start(clock, null);

    /// <summary>A site of the test's own, changed before it starts: another feed, a failing gateway, real sockets.</summary>
    public static async Task<Site> Start(TimeProvider clock, Action<IWebHostBuilder>? change)
    {
        var site = new Site(clock, change);
        await site.InitializeAsync();
        return site;
    }

    /// <summary>A second process of the application, as far as the database can tell.</summary>
    public static async Task<Site> Beside(Site first, Action<IWebHostBuilder> change)
    {
        var site = new Site(first._clock, change) { _database = first.Database, _isGuest = true };
        await site.InitializeAsync();
        return site;
    }

    /// <summary>A site that browsers can reach: real sockets, at <see cref="AddressOf"/>.</summary>
    public static async Task<Site> OnSockets(TimeProvider clock, Action<IWebHostBuilder>? change)
    {
        var site = new Site(clock, change) { _onSockets = true };
        await site.InitializeAsync();
        return site;
    }

    /// <summary>Where a browser finds a host of this site.</summary>
    public Uri AddressOf(string host) => new UriBuilder("http", host, ClientOptions.BaseAddress.Port).Uri;

    /// <summary>The name a tenant shows, by its slug.</summary>
    public string NameOf(string slug) => Services.GetRequiredService<TenantDirectory>().All.Single(tenant => tenant.Slug == slug).Name;

    public async ValueTask InitializeAsync()
    {
        _database ??= await TestDatabase.Create();
        if (_onSockets)
        {
            UseKestrel(0);
            StartServer();
        }

        _ = Services;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        var options = Database.Options;
        builder.UseEnvironment("Development");
        foreach (var (name, value) in ((string, string)[])
                 [
                     ("TRADESENSE_APP_DATABASE", options.App), ("TRADESENSE_ENGINE_DATABASE", options.Engine), ("TRADESENSE_AUDIT_DATABASE", options.Audit),
                     ("TRADESENSE_MASTER_KEY", MasterKey), ("TRADESENSE_TENANTS", "none"), ("TRADESENSE_DATA", _files),
                     // Every test comes from one address; those of the limits switch them on.
                     ("Limits:Enabled", "false"),
                     // Prices are the test's own; a site that should have a running feed sets it back.
                     ("Trading:RunFeed", "false"), ("TRADESENSE_FEED_SILENCE", "BTCUSD=360,ETHUSD=360"), ("TRADESENSE_FEED_HISTORY_DAYS", "0"),
                     // Where time is a test's own, jobs run as it passes; firms of the shared site would only start hundreds of them.
                     ("Jobs:Enabled", _clock is FakeClock ? "true" : "false"),
                 ])
            builder.UseSetting(name, value);

        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton(_clock));
            // The sandbox gateway reports over HTTP to the site itself, which here has no socket.
            services.AddHttpClient(SandboxGateway.HttpClient).ConfigurePrimaryHttpMessageHandler(provider =>
                provider.GetRequiredService<IServer>() is TestServer server ? server.CreateHandler() : new SocketsHttpHandler());
            services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Error).AddProvider(new ErrorLog(_errors)));
        });
        _change?.Invoke(builder);
    }

    /// <summary>Rows as the auditor sees them: all tenants, read only. For what no page shows.</summary>
    public async Task<IReadOnlyList<object?[]>> Audit(string sql, params object[] parameters)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(Database.Options.Audit);
        await using var command = source.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = await reader.IsDBNullAsync(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null && !_isGuest) await _database.DisposeAsync();
        Directory.Delete(_files, recursive: true);
        GC.SuppressFinalize(this);
    }

    private sealed class ErrorLog(ConcurrentQueue<string> errors) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) errors.Enqueue(exception is null ? formatter(state, null) : $"{formatter(state, exception)}: {exception}");
        }

        public void Dispose() { }
    }
}
