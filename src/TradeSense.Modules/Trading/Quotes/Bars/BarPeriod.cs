namespace TradeSense.Modules.Trading.Quotes.Bars;

/// <summary>The periods bars are kept in; the value is the length in seconds. Each divides the next, and all start on UTC boundaries.</summary>
public enum BarPeriod
{
    S1 = 1,
    S5 = 5,
    S15 = 15,
    M1 = 60,
    M5 = 300,
    M15 = 900,
    M30 = 1_800,
    H1 = 3_600,
    H4 = 14_400,
    D1 = 86_400,
}

public static class BarPeriods
{
    /// <summary>From the shortest to the longest.</summary>
    public static IReadOnlyList<BarPeriod> All { get; } = [.. Enum.GetValues<BarPeriod>().Order()];

    /// <summary>Those kept in the bars table. Shorter ones are built from the archived quotes when they are asked for.</summary>
    public static IReadOnlyList<BarPeriod> Stored { get; } = [.. All.Where(period => period >= BarPeriod.M1)];

    public static TimeSpan Length(this BarPeriod period) => TimeSpan.FromSeconds((int)period);

    /// <summary>The start of the period an instant falls into.</summary>
    public static DateTimeOffset OpenOf(this BarPeriod period, DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % ((int)period * TimeSpan.TicksPerSecond)), TimeSpan.Zero);
}
