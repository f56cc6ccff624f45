using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Web.Hosting;

namespace TradeSense.Web.Commands.Demo;

/// <summary>
/// <c>demo --brand SLUG --traders N [--days D] [--seed S]</c>: lives through the last days again with invented traders who register, buy and trade by seeded
/// dice. Nothing is inserted that the use cases and the engine did not bring about; the accounts are handed to the live engine at the end.
/// </summary>
internal static class DemoCommand
{
    public const string Usage = "Write: demo --brand SLUG --traders N [--days D] [--seed S], with 1 to 2000 traders and 2 to 60 days.";

    public static Task<int> Run(string[] arguments, TextWriter output, TextWriter error) => Run(arguments, output, error, TimeProvider.System.GetUtcNow(), []);

    /// <param name="now">The demo's last day is the last one before it.</param>
    /// <param name="settings">As on a command line, over those of the environment.</param>
    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter error, DateTimeOffset now, string[] settings)
    {
        if (Parse(arguments) is not { } wish)
        {
            await error.WriteLineAsync(Usage);
            return 2;
        }

        var end = LastOpenMoment(now);
        var clock = new PastClock(end.AddDays(-wish.Days));
        await using var app = Build(clock, settings);
        await app.Services.GetRequiredService<TenantStore>().Load(CancellationToken.None);
        if (app.Services.GetRequiredService<TenantDirectory>().All.FirstOrDefault(tenant => tenant.Slug == wish.Brand && tenant.Kind is TenantKind.Brand) is not { } brand)
        {
            await error.WriteLineAsync($"There is no brand {wish.Brand}. Start the server once with its tenants file, or use tenant add.");
            return 1;
        }

        if (await app.Services.GetRequiredService<LiveEngine>().IsRunning(CancellationToken.None))
        {
            await error.WriteLineAsync("A server is running on this database and would take the demo's work. Stop it first.");
            return 1;
        }

        var days = new DemoDays(app.Services, brand, clock, new Random(wish.Seed), output);
        await days.Run(wish.Traders, end, CancellationToken.None);
        await app.Services.GetRequiredService<DeskApart>().HandOver(CancellationToken.None);
        return 0;
    }

    private static WebApplication Build(PastClock clock, string[] more)
    {
        string[] settings =
        [
            .. more,
            "--TRADESENSE_FEED=synthetic", "--TRADESENSE_FEED_SPEED=0", "--TRADESENSE_FEED_RATE=1",
            "--TRADESENSE_FEED_START=" + clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            // Invented people get no real mail.
            "--TRADESENSE_SMTP_HOST=",
            "--Trading:OpensApart=" + DeskApart.FirstNumber.ToString(CultureInfo.InvariantCulture),
        ];
        return WebHost.Build(settings, services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            services.AddSingleton(provider => DeskApart.Start(provider, new TradingOptions(), DeskApart.FirstNumber, clock));
            services.Replace(ServiceDescriptor.Singleton(provider => provider.GetRequiredService<DeskApart>().Desk));
            services.AddSingleton<LiveEngine>();
        });
    }

    /// <summary>Half an hour before the last moment at which everything traded, so that the traders can close what they hold.</summary>
    private static DateTimeOffset LastOpenMoment(DateTimeOffset now)
    {
        while (!MarketHours.IsOpen(Session.Indices, now)) now = now.AddMinutes(-10);
        return now.AddMinutes(-30);
    }

    private sealed record Wish(string Brand, int Traders, int Days, int Seed);

    private static Wish? Parse(string[] arguments)
    {
        if (arguments.Length % 2 != 0) return null;

        var values = arguments.Chunk(2).GroupBy(pair => pair[0]).ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1]);
        if (values.Keys.Except(["--brand", "--traders", "--days", "--seed"]).Any() || !values.TryGetValue("--brand", out var brand)) return null;

        return Number(values, "--traders", 200, 1, 2000) is { } traders && Number(values, "--days", 20, 2, 60) is { } days && Number(values, "--seed", 1, 0, int.MaxValue) is { } seed
            ? new Wish(brand, traders, days, seed)
            : null;
    }

    private static int? Number(Dictionary<string, string> values, string name, int otherwise, int least, int most) =>
        !values.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
}
