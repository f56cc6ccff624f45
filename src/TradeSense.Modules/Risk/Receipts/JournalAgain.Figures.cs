using TradeSense.Engine.Events;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Profit, commission, swap and equity from prices, lots and the quotes that each fact was reached with.</summary>
internal sealed partial class JournalAgain
{
    /// <summary>Equity is not rounded, and sums of decimals can differ in their last digits with the order they are taken in.</summary>
    private const int ExactDigits = 9;

    public static bool IsSame(decimal one, decimal other) => decimal.Round(one - other, ExactDigits, MidpointRounding.ToZero) == 0;

    private void Close(PositionClosed closed, string path)
    {
        // A verdict's own closes are no fills: they cost nothing, and its peak stays as the verdict found it.
        var (isVerdict, peak) = (closed.Reason is CloseReason.Breach or CloseReason.Pause, Limits);
        if (_open.TryGetValue(closed.Position.Value, out var held))
        {
            Hold($"{path}.lotsLeft", held.State.Lots.Value - closed.Lots.Value, closed.LotsLeft.Value);
            Hold($"{path}.openPrice", held.State.OpenPrice.Value, closed.OpenPrice.Value);
            Hold($"{path}.profit", Converted(held, held.ProfitOf(closed.Lots, closed.Price), closed.Rates, path), closed.Profit);
            if (closed.LotsLeft.Value == 0) _open.Remove(closed.Position.Value);
            else _open[closed.Position.Value] = held.Less(closed.Lots);
        }
        else
        {
            Problems.Add(new($"{path}.position", "a position that is open", $"#{closed.Position.Value}"));
        }

        Hold($"{path}.commission", isVerdict ? 0m : CommissionOf(closed.Symbol, closed.Lots), closed.Commission);
        Book(closed.Profit - closed.Commission, closed.Balance, path);
        if (isVerdict) Limits = peak;
    }

    /// <summary>A night's swap, three on a Wednesday, or a swap-free account's fee.</summary>
    private void Charge(SwapCharged swap, string path)
    {
        if (_open.TryGetValue(swap.Position.Value, out var held))
        {
            var nights = TradingDayClock.LabelOf(TradingDay.Default, swap.At).DayOfWeek == DayOfWeek.Wednesday ? 3 : 1;
            var worked = _terms.SwapFree
                ? Rounded(-(_terms.Rules?.OvernightFee ?? 0m) * held.State.Lots.Value * nights)
                : Converted(held, held.NightOf() * nights, swap.Rates, path);
            Hold($"{path}.amount", worked, swap.Amount);
        }
        else
        {
            Problems.Add(new($"{path}.position", "a position that is open", $"#{swap.Position.Value}"));
        }

        Book(swap.Amount, swap.Balance, path);
    }

    private void StartDay(DayStarted day, string path)
    {
        Hold($"{path}.balance", Balance, day.Balance);
        var equity = EquityAt(day.Quotes ?? [], path) ?? day.Equity;
        if (IsSame(equity, day.Equity)) equity = day.Equity;
        else Hold($"{path}.equity", equity, day.Equity);

        if (!_hasDayEnded) EndDay();
        (Limits, _hasDayEnded) = (Limits.DayStarted(_loss, Balance, equity), false);
        Hold($"{path}.anchor", Limits.Anchor, day.Anchor);
        Hold($"{path}.dailyFloor", Limits.DailyFloor, day.DailyFloor);
        Hold($"{path}.peak", Limits.Peak, day.Peak);
        Hold($"{path}.overallFloor", Limits.OverallFloor, day.OverallFloor);
    }

    /// <summary>The peak was an equity: what the positions were worth at these quotes, on top of the balance.</summary>
    private void Raise(PeakRaised peak, string path)
    {
        Hold($"{path}.balance", Balance, peak.Balance);
        if (EquityAt(peak.Quotes, path) is { } equity && !IsSame(equity, peak.Peak)) Hold($"{path}.peak", equity, peak.Peak);
        Limits = Limits.Followed(_loss, Balance, peak.Peak);
        Hold($"{path}.overallFloor", Limits.OverallFloor, peak.OverallFloor);
    }

    /// <summary>Null, and a problem, where a quote is missing.</summary>
    private decimal? EquityAt(IReadOnlyList<Quote> quotes, string path)
    {
        var last = quotes.ToDictionary(quote => quote.Symbol, StringComparer.Ordinal);
        if (EquitySteps.Missing(Open, _terms, last).ToList() is { Count: > 0 } missing)
        {
            Problems.Add(new($"{path}.quotes", $"a quote of every symbol held, of {string.Join(", ", missing)} too", quotes.Count == 0 ? "none" : string.Join(", ", last.Keys)));
            return null;
        }

        return Balance + _open.Values.Sum(held => EquitySteps.Profit(held.State, _terms, last));
    }

    private decimal? Converted(HeldAgain held, decimal amount, IReadOnlyList<Quote>? rates, string path)
    {
        var last = (rates ?? []).ToDictionary(quote => quote.Symbol, StringComparer.Ordinal);
        if (EquitySteps.CanConvert(held.QuoteCurrency, _terms.Currency.Code, last)) return Rounded(EquitySteps.Converted(amount, held.QuoteCurrency, _terms.Currency.Code, last));

        Problems.Add(new($"{path}.rates", $"the quotes from {held.QuoteCurrency} to {_terms.Currency.Code}", last.Count == 0 ? "none" : string.Join(", ", last.Keys)));
        return null;
    }

    private decimal CommissionOf(string symbol, Lots lots) =>
        Rounded(InstrumentCatalog.All.Single(one => one.Symbol == symbol).CommissionPerLot * lots.Value * _terms.CommissionFactor);

    private decimal Rounded(decimal exact) => decimal.Round(exact, _terms.Currency.MinorDigits, MidpointRounding.AwayFromZero);
}
