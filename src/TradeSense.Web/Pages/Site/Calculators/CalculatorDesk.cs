using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Calculators;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Web.Pages.Site.Calculators;

/// <summary>The sums themselves.</summary>
public sealed record CalculatorSums(PositionSize Size, PipValue Pip, MarginNeed Margin, TradeProfit Profit);

/// <summary>Fills a calculator: what was typed or what is usual, the answer or what is wrong beside its field.</summary>
public sealed class CalculatorDesk(CalculatorSums sums, CalculatorAnswers answers, LatestQuotes quotes, Refusals words, CurrentTenant tenant)
{
    private const decimal UsualPips = 25m;

    /// <param name="account">The account it is for; null for a visitor's own idea of one.</param>
    public CalculatorView Fill(CalculatorKind kind, CalculatorQuery query, string path, CalculatorAccount? account = null, string? name = null)
    {
        var instrument = InstrumentCatalog.All.FirstOrDefault(instrument => instrument.Symbol == query.Symbol) ?? InstrumentCatalog.All[0];
        var input = Usual(query with { Currency = query.Currency ?? Own().Code, Symbol = query.Symbol }, instrument);
        var (answer, refusal) = Run(kind, input, account);
        var fields = CalculatorFields.Of(kind, input, instrument, account?.Currency.Code ?? input.Currency!, account is not null);
        return new CalculatorView(kind, path, name, instrument.Symbol, instrument.Symbol, Told(fields, refusal), answer);
    }

    /// <summary>The refusal beside its field; one of a field that is not shown stands beside the first.</summary>
    public IReadOnlyList<CalculatorField> Told(IReadOnlyList<CalculatorField> fields, Refusal? refusal)
    {
        if (refusal is null) return fields;

        var place = fields.FirstOrDefault(field => field.Name == refusal.Field) ?? fields[0];
        return [.. fields.Select(field => field == place ? field with { Error = words.Text(refusal, tenant.Value.CultureInfo) } : field)];
    }

    private (CalculatorAnswer? Answer, Refusal? Refusal) Run(CalculatorKind kind, CalculatorQuery input, CalculatorAccount? account) => kind switch
    {
        CalculatorKind.PositionSize => Read(sums.Size.Run(input, account), sum => answers.Of(sum) with { Use = new(PlainDecimal.Text(sum.Lots.Value), input.Stop) }),
        CalculatorKind.PipValue => Read(sums.Pip.Run(input, account), answers.Of),
        CalculatorKind.Margin => Read(sums.Margin.Run(input, account), sum => answers.Of(sum) with { Use = new(PlainDecimal.Text(sum.Lots.Value), null) }),
        CalculatorKind.Profit => Read(sums.Profit.Run(input, account), answers.Of),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static (CalculatorAnswer?, Refusal?) Read<T>(Result<T> result, Func<T, CalculatorAnswer> write) => result.IsRefused ? (null, result.Refusal) : (write(result.Value), null);

    /// <summary>Prices that suit the symbol, where none were typed for it: the market now, and a usual distance away.</summary>
    private CalculatorQuery Usual(CalculatorQuery query, Instrument instrument)
    {
        if (query.For == instrument.Symbol || !quotes.TryGet(instrument.Symbol, out var latest)) return query with { For = instrument.Symbol };
        if (query.For is null && (query.Stop ?? query.Exit ?? query.Entry) is not null) return query with { For = instrument.Symbol };

        var (bid, distance) = (decimal.Round(latest.Quote.Bid.Value, instrument.Digits, MidpointRounding.ToZero), UsualPips * instrument.PipSize * (instrument.PipDigits is 0 ? 10m : 1m));
        return query with { For = instrument.Symbol, Entry = PlainDecimal.Text(bid), Stop = PlainDecimal.Text(bid - distance), Exit = PlainDecimal.Text(bid + distance) };
    }

    private Currency Own() => CalculatorAccount.Currencies.Contains(tenant.Value.Currency) ? tenant.Value.Currency : Currency.Usd;
}
