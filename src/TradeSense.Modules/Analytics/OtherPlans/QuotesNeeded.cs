using TradeSense.Engine.Events;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Analytics.OtherPlans;

/// <summary>The symbols whose quotes an account's trades rest on: those traded, and the pairs that bring their profit to the account's currency.</summary>
internal static class QuotesNeeded
{
    public static IReadOnlyList<string> By(IReadOnlyList<EngineEvent> journal, Currency account)
    {
        var traded = journal.OfType<PositionOpened>().Select(opened => opened.Symbol).Concat(journal.OfType<OrderPlaced>().Select(placed => placed.Order.Symbol)).Distinct(StringComparer.Ordinal).ToList();
        var currencies = InstrumentCatalog.All.Where(one => traded.Contains(one.Symbol)).Select(one => one.QuoteCurrency.Code).Where(code => code != account.Code).Distinct();
        return [.. traded.Concat(currencies.SelectMany(code => Pairs(code, account.Code))).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Pairs(string from, string to)
    {
        if (Direct(from, to) is { } pair) return [pair];
        return new[] { Direct(from, "USD"), Direct("USD", to) }.OfType<string>();
    }

    private static string? Direct(string one, string other) => InstrumentCatalog.All.FirstOrDefault(known => known.Symbol == one + other || known.Symbol == other + one)?.Symbol;
}
