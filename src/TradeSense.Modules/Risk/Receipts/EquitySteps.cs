using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>What the account was worth at each quote on the way to its verdict, in plain decimals from positions and quotes alone.</summary>
public static class EquitySteps
{
    public sealed record Step(Quote Quote, decimal Equity);

    /// <param name="quotes">In time order; those before every position was open tell nothing and are left out.</param>
    /// <param name="from">The last change of the account before the verdict: earlier its balance or positions were others.</param>
    public static IReadOnlyList<Step> Of(BreachEvidence evidence, AccountTerms terms, IReadOnlyList<Quote> quotes, DateTimeOffset from, DateTimeOffset until)
    {
        var last = new Dictionary<string, Quote>(StringComparer.Ordinal);
        var needed = evidence.Quotes.Select(quote => quote.Symbol).ToHashSet(StringComparer.Ordinal);
        var steps = new List<Step>();
        foreach (var quote in quotes.Where(quote => quote.At <= until && needed.Contains(quote.Symbol)))
        {
            last[quote.Symbol] = quote;
            if (quote.At < from || last.Count < needed.Count) continue;
            steps.Add(new Step(quote, evidence.BalanceBefore + evidence.Positions.Sum(position => Profit(position.State, terms, last))));
        }

        return steps;
    }

    /// <summary>(closing price − opening price) × lots × contract, brought to the account's currency: 2 lots EURUSD from 1.10000 to 1.09900 lose USD 200.</summary>
    public static decimal Profit(PositionState position, AccountTerms terms, IReadOnlyDictionary<string, Quote> last)
    {
        var instrument = InstrumentCatalog.All.Single(one => one.Symbol == position.Symbol);
        var (quote, half) = (last[position.Symbol], terms.MarkupOf(instrument) / 2m * PointOf(instrument));
        var moved = position.Side == Side.Buy ? quote.Bid.Value - half - position.OpenPrice.Value : position.OpenPrice.Value - quote.Ask.Value - half;
        return Converted(moved * position.Lots.Value * instrument.ContractSize, instrument.QuoteCurrency.Code, terms.Currency.Code, last);
    }

    /// <summary>Symbols whose quotes it takes to value these positions and that are not there.</summary>
    public static IEnumerable<string> Missing(IEnumerable<PositionState> positions, AccountTerms terms, IReadOnlyDictionary<string, Quote> last)
    {
        foreach (var symbol in positions.Select(position => position.Symbol).Distinct())
        {
            if (!last.ContainsKey(symbol)) yield return symbol;
            var currency = InstrumentCatalog.All.Single(one => one.Symbol == symbol).QuoteCurrency.Code;
            if (!CanConvert(currency, terms.Currency.Code, last)) yield return $"a pair from {currency} to {terms.Currency.Code}";
        }
    }

    internal static bool CanConvert(string from, string to, IReadOnlyDictionary<string, Quote> last)
    {
        bool Pair(string one, string other) => one == other || last.ContainsKey(one + other) || last.ContainsKey(other + one);
        return Pair(from, to) || (from != "USD" && to != "USD" && Pair(from, "USD") && Pair("USD", to));
    }

    internal static decimal Converted(decimal amount, string from, string to, IReadOnlyDictionary<string, Quote> last)
    {
        if (from == to) return amount;
        if (last.TryGetValue(from + to, out var direct)) return amount * direct.Mid;
        if (last.TryGetValue(to + from, out var inverse)) return amount / inverse.Mid;
        if (from == "USD" || to == "USD") throw new InvalidOperationException($"There is no quote to bring {from} to {to}.");
        return Converted(Converted(amount, from, "USD", last), "USD", to, last);
    }

    internal static decimal PointOf(Instrument instrument)
    {
        var point = 1m;
        for (var digit = 0; digit < instrument.Digits; digit++) point /= 10m;
        return point;
    }
}
