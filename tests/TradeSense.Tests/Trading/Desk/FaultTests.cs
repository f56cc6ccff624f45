using TradeSense.Faults;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

public sealed class FaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Twenty_kills_under_load_lose_nothing_double_nothing_and_leave_nothing_open()
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var program = Path.Combine(Repository.Root, "src/TradeSense.Web/bin", configuration, "net10.0/TradeSense.Web.dll");
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");

        var report = await new FaultRun(program, Path.Combine(Repository.Root, "migrations"), "engine", 500, output.WriteLine)
            .Run(Plan.Of(20, withLongAbsence: false), seed, TestContext.Current.CancellationToken);

        foreach (var line in Plan.Lines(report)) output.WriteLine(line);
        Assert.Empty(report.Offences);
        Assert.Equal(20, report.Back.Count);
        Assert.True(report.Answered > 1000);
    }
}
