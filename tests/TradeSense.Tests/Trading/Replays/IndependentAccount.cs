using System.Globalization;
using System.Text.Json;
using TradeSense.Engine.Values;

namespace TradeSense.Tests.Trading.Replays;

/// <summary>
/// An account worked out again from its stored journal and the stored quotes, by other code than the engine's: plain decimals, the rules' text as of
/// <c>rules.md</c> §2 and §4, JSON instead of the engine's events. It complains of everything that does not come out.
/// </summary>
internal sealed class IndependentAccount(QuoteTape tape, JsonElement terms, IReadOnlyList<(string Kind, JsonElement Body)> facts)
{
    private sealed record Held(string Symbol, bool IsLong, decimal Lots, decimal Price);

    private static readonly Dictionary<string, (decimal Contract, decimal Point)> Instruments = new() { ["EURUSD"] = (100_000m, 0.00001m), ["NZDUSD"] = (100_000m, 0.00001m), ["XAUUSD"] = (100m, 0.01m) };

    private readonly bool _isEuro = terms.GetProperty("currency").GetString() == "EUR";
    private readonly decimal _initial = terms.GetProperty("initialBalance").GetDecimal();
    private readonly decimal _halfMarkup = terms.GetProperty("spreadMarkupPoints").GetDecimal() / 2m;
    private readonly Dictionary<int, Held> _held = [];
    private decimal _anchor;
    private decimal _peak;
    private bool _isOver;

    public decimal Balance { get; private set; }
    public int OpenPositions => _held.Count;
    public int Verdicts { get; private set; }
    public decimal Withdrawn { get; private set; }
    public List<string> Complaints { get; } = [];

    private decimal DailyFloor => _anchor - _initial * DailyPercent / 100m;
    private decimal DailyPercent => terms.GetProperty("dailyLoss").GetProperty("allowance").GetProperty("percent").GetDecimal();
    private bool IsTrailing => terms.GetProperty("overallLoss").GetProperty("mode").GetString() == "trailingBalance";
    private decimal OverallFloor => (IsTrailing ? _peak : _initial) - _initial * terms.GetProperty("overallLoss").GetProperty("allowance").GetProperty("percent").GetDecimal() / 100m;

    public void Recompute()
    {
        (Balance, _anchor, _peak) = (_initial, _initial, _initial);
        for (var i = 0; i < facts.Count; i++)
        {
            var (kind, fact) = facts[i];
            var at = At(fact);
            switch (kind)
            {
                case "position_opened": Opened(fact, at); break;
                case "position_closed": Closed(fact, at); break;
                case "day_started": DayStarted(fact); break;
                case "payout_withdrawn":
                    Withdrawn += Number(fact, "amount");
                    Book(-Number(fact, "amount"), fact, at);
                    break;
                case "account_failed" or "account_paused": Verdict(kind, fact, at); break;
            }

            var next = i + 1 < facts.Count ? At(facts[i + 1].Body) : tape.Quotes[^1].At.AddTicks(1);
            if (_held.Count > 0 && !_isOver && next > at) MustStayAbove(at, next);
        }
    }

    /// <summary>Equity at the day's last quotes.</summary>
    public decimal EquityNow() => Balance + _held.Values.Sum(held => ProfitOf(held, tape.Quotes.Count, Conversion(tape.Quotes.Count)));

    private void Opened(JsonElement fact, DateTimeOffset at)
    {
        var held = new Held(Text(fact, "symbol"), Text(fact, "side") == "buy", Number(fact, "lots"), Number(fact, "price"));
        var prices = tape.CurrentAt(held.Symbol, at).Select(quote => held.IsLong ? quote.Ask.Value + Half(held.Symbol) : quote.Bid.Value - Half(held.Symbol));
        Must(prices.Contains(held.Price), at, $"opened at {held.Price}, which no quote gave");
        Must(Number(fact, "commission") == 3m * held.Lots, at, "commission at opening");
        _held.Add(fact.GetProperty("position").GetInt32(), held);
        Book(-Number(fact, "commission"), fact, at);
    }

    private void Closed(JsonElement fact, DateTimeOffset at)
    {
        var (number, lots, price) = (fact.GetProperty("position").GetInt32(), Number(fact, "lots"), Number(fact, "price"));
        var held = _held[number];
        var isVerdict = Text(fact, "reason") is "breach" or "pause";
        var prices = tape.CurrentAt(held.Symbol, at).Select(quote => held.IsLong ? quote.Bid.Value - Half(held.Symbol) : quote.Ask.Value + Half(held.Symbol)).ToList();
        Must(prices.Contains(price), at, $"closed at {price}, which no quote gave");
        var moved = (held.IsLong ? price - held.Price : held.Price - price) * lots * Instruments[held.Symbol].Contract;
        var profits = Conversions(at).Select(rate => decimal.Round(moved / rate, 2, MidpointRounding.AwayFromZero)).ToList();
        Must(profits.Contains(Number(fact, "profit")), at, $"profit {Number(fact, "profit")}, not {profits[0]}");
        Must(Number(fact, "commission") == (isVerdict ? 0m : decimal.Round(3m * lots, 2, MidpointRounding.AwayFromZero)), at, "commission at close");
        if (lots == held.Lots) _held.Remove(number);
        else _held[number] = held with { Lots = held.Lots - lots };
        Book(Number(fact, "profit") - Number(fact, "commission"), fact, at);
    }

    private void Book(decimal change, JsonElement fact, DateTimeOffset at)
    {
        Balance += change;
        Must(Balance == Number(fact, "balance"), at, $"balance {Number(fact, "balance")}, not {Balance}");
        if (!_isOver) _peak = Math.Max(_peak, Balance);
    }

    private void DayStarted(JsonElement fact)
    {
        _anchor = Balance;
        Must(Number(fact, "dailyFloor") == DailyFloor, At(fact), "daily floor at the day's start");
    }

    /// <summary>The equity must be what some order of the instant's quotes makes of the positions, and must be below the floor named.</summary>
    private void Verdict(string kind, JsonElement fact, DateTimeOffset at)
    {
        Verdicts++;
        var breach = fact.GetProperty("breach");
        var (equity, floor, isDaily) = (Number(breach, "equity"), Number(breach, "floor"), Text(breach, "rule") == "dailyLoss");
        Must(Equities(at).Any(possible => Math.Abs(possible - equity) < 0.000001m), at, $"equity {equity} at the verdict");
        Must(floor == (isDaily ? DailyFloor : OverallFloor), at, $"floor {floor}, not {(isDaily ? DailyFloor : OverallFloor)}");
        Must(equity < floor, at, "the floor was not crossed");
        Must(!isDaily || floor > OverallFloor || equity >= OverallFloor, at, "the higher floor is the verdict");
        _isOver = kind == "account_failed";
    }

    /// <summary>Between two facts no quote may have crossed a floor without a verdict.</summary>
    private void MustStayAbove(DateTimeOffset after, DateTimeOffset before)
    {
        var floor = Math.Max(DailyFloor, OverallFloor);
        for (var i = tape.EndAt(after); i < tape.Quotes.Count && tape.Quotes[i].At < before; i++)
        {
            var symbol = tape.Quotes[i].Symbol;
            if (!(_isEuro && symbol == "EURUSD") && !_held.Values.Any(held => held.Symbol == symbol)) continue;
            var rate = Conversion(i + 1);
            var equity = Balance + _held.Values.Sum(held => ProfitOf(held, i + 1, rate));
            if (equity >= floor) continue;
            Must(false, tape.Quotes[i].At, $"equity {equity} was below {floor} without a verdict");
            return;
        }
    }

    private IEnumerable<decimal> Equities(DateTimeOffset at)
    {
        for (var end = tape.FirstAt(at); end <= tape.EndAt(at); end++)
            yield return Balance + _held.Values.Sum(held => ProfitOf(held, end, Conversion(end)));
    }

    private decimal ProfitOf(Held held, int end, decimal rate)
    {
        var quote = tape.Before(held.Symbol, end)!.Value;
        var moved = held.IsLong ? quote.Bid.Value - Half(held.Symbol) - held.Price : held.Price - quote.Ask.Value - Half(held.Symbol);
        return moved * held.Lots * Instruments[held.Symbol].Contract / rate;
    }

    /// <summary>Dollars for one unit of the account's currency.</summary>
    private decimal Conversion(int end) => _isEuro ? tape.Before("EURUSD", end)!.Value.Mid : 1m;

    private IEnumerable<decimal> Conversions(DateTimeOffset at) => _isEuro ? tape.CurrentAt("EURUSD", at).Select(quote => quote.Mid) : [1m];

    private decimal Half(string symbol) => _halfMarkup * Instruments[symbol].Point;

    private void Must(bool holds, DateTimeOffset at, string complaint)
    {
        if (!holds) Complaints.Add(string.Create(CultureInfo.InvariantCulture, $"{at:HH:mm:ss.ffffff} {complaint}"));
    }

    private static DateTimeOffset At(JsonElement fact) => fact.GetProperty("at").GetDateTimeOffset();
    private static string Text(JsonElement fact, string name) => fact.GetProperty(name).GetString()!;
    private static decimal Number(JsonElement fact, string name) => fact.GetProperty(name).GetDecimal();
}
