using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Calculators;

/// <summary>Reads what was typed into a calculator; the first wrong field is the refusal.</summary>
internal sealed class CalculatorForm
{
    private const decimal MostMoney = 1_000_000_000m;
    private const int MostLeverage = 1000;

    public Refusal? Refusal { get; private set; }

    public Instrument? Instrument(string? symbol) =>
        InstrumentCatalog.All.FirstOrDefault(instrument => instrument.Symbol == symbol) ?? Not<Instrument>(CalculatorRefusal.UnknownInstrument);

    public Currency Currency(string? code)
    {
        if (Engine.Values.Currency.TryOf(code, out var currency) && CalculatorAccount.Currencies.Contains(currency)) return currency;
        Say(CalculatorRefusal.UnknownCurrency);
        return Engine.Values.Currency.Usd;
    }

    public Lots Lots(string? typed, Instrument? instrument)
    {
        if (instrument is null) return default;
        if (Engine.Values.Lots.TryParse(typed?.Trim(), instrument, out var lots)) return lots;
        Say(CalculatorRefusal.InvalidLots.With(Plain(instrument.MinimumLots.Value), Plain(instrument.MaximumLots.Value), Plain(instrument.LotStep.Value)));
        return default;
    }

    public Price? Price(string? typed, string field, Instrument? instrument, bool isRequired)
    {
        if (instrument is null || (string.IsNullOrWhiteSpace(typed) && !isRequired)) return null;
        if (Engine.Values.Price.TryParse(typed?.Trim(), instrument, out var price)) return price;
        Say((CalculatorRefusal.InvalidPrice with { Field = field }).With(instrument.Digits));
        return null;
    }

    public decimal Money(string? typed, string field) => Number(typed, field, 0.01m, MostMoney);

    public decimal Percent(string? typed, string field) => Number(typed, field, 0.01m, 100m);

    public int Leverage(string? typed)
    {
        var leverage = Number(typed, "Leverage", 1m, MostLeverage);
        if (leverage == decimal.Truncate(leverage)) return (int)leverage;
        Say((CalculatorRefusal.OutOfRange with { Field = "Leverage" }).With("1", Plain(MostLeverage)));
        return 1;
    }

    public decimal Number(string? typed, string field, decimal least, decimal most)
    {
        if (!PlainDecimal.TryParse(typed?.Trim(), out var number)) Say(CalculatorRefusal.InvalidNumber with { Field = field });
        else if (number < least || number > most) Say((CalculatorRefusal.OutOfRange with { Field = field }).With(Plain(least), Plain(most)));
        return Math.Clamp(number, least, most);
    }

    private static string Plain(decimal number) => PlainDecimal.Text(number);

    private void Say(Refusal refusal) => Refusal ??= refusal;

    private T? Not<T>(Refusal refusal) where T : class
    {
        Say(refusal);
        return null;
    }
}
