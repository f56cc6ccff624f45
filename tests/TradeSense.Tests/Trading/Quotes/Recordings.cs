using System.Globalization;
using TradeSense.Engine.Values;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Quotes;

/// <summary>Recorded quotes and bars beside the checkout. Where they are missing a test is skipped and says so, except in a pipeline's run.</summary>
internal static class Recordings
{
    public static readonly string[] Payrolls = ["EURUSD-2014-05-02", "NZDUSD-2014-05-02", "XAUUSD-2014-05-02"];

    public static string[] Ticks(params string[] names) => [.. names.Select(name => Named("ticks", name))];

    public static string Dirty => Named("ticks-dirty", "EURUSD.fxcm-2014-05-02");

    public static string Bars(string name) => Named("bars", name);

    public static Quote Quote(string time, string symbol, decimal bid, decimal ask) =>
        new(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), symbol, new Price(bid), new Price(ask));

    private static string Named(string folder, string name)
    {
        var path = Repository.Shared("data", folder, name + ".csv.gz");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("CI") is null) Assert.Skip($"The recording {name} is not beside the checkout.");
        return path;
    }
}
