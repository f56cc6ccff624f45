using Microsoft.EntityFrameworkCore;
using Npgsql;
using TradeSense.Baselines.Orders;

namespace TradeSense.Baselines;

/// <summary>A bare server: Razor Pages, a pooled context, a data source, nothing between a request and its page.</summary>
internal static class BareServer
{
    private static async Task Main(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Logging.ClearProviders();
        var source = NpgsqlDataSource.Create(builder.Configuration["database"] ?? throw new InvalidOperationException("Name the --database."));
        builder.Services.AddSingleton(source).AddSingleton<DashboardRows>();
        builder.Services.AddDbContextPool<FortuneDb>(options => options.UseNpgsql(source));
        builder.Services.AddSingleton<Frames>().AddHostedService(services => services.GetRequiredService<Frames>());
        builder.Services.AddRazorPages();
        var app = builder.Build();
        app.MapRazorPages();
        app.MapOrders(source);
        app.MapGet("/frames", (HttpContext http, Frames frames) => frames.Send(http));
        await app.RunAsync();
    }
}
