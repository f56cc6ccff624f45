using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Calculators;

/// <summary>The account a calculator reckons for: a visitor's idea of one, or one that is traded, at its equity of now.</summary>
public sealed record CalculatorAccount(AccountTerms Terms)
{
    private static readonly AccountTerms Plain = new(
        Currency.Usd, 1m, TradingDay.Default, null, null, null, 0, null, 30, null, 100, new Percent(50), 0, 1m, SwapFree: false, WeekendHolding: true);

    /// <summary>Currencies that every instrument's quote currency can be converted to.</summary>
    public static IReadOnlyList<Currency> Currencies { get; } = [.. new[] { "USD", "EUR", "GBP", "JPY", "CHF", "AUD", "NZD", "CAD" }.Select(Currency.Of)];

    public Currency Currency => Terms.Currency;
    public decimal Equity => Terms.InitialBalance;

    /// <summary>An account with listed commissions and no mark-up.</summary>
    public static CalculatorAccount Of(Currency currency, decimal equity, int leverage) => new(Plain with { Currency = currency, InitialBalance = equity, Leverage = leverage });

    /// <summary>A traded account's costs and leverage without its other rules: whether an order is allowed is the ticket's question.</summary>
    public static CalculatorAccount Of(AccountTerms terms, decimal equity) => new(terms with
    {
        InitialBalance = Math.Max(equity, 0.01m),
        DailyLoss = null,
        OverallLoss = null,
        ProfitTarget = null,
        WeekendHolding = true,
        Rules = terms.Rules is { } rules && (rules.LeverageOf is not null || rules.MarkupOf is not null) ? new TradingRules { LeverageOf = rules.LeverageOf, MarkupOf = rules.MarkupOf } : null,
    });
}
