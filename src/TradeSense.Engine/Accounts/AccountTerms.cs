using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

/// <summary>Everything one trading account runs under, frozen when it is opened. Taken from one phase of a model version.</summary>
/// <param name="ProfitTarget">Null on a funded account: there is nothing to pass.</param>
/// <param name="InactivityDays">Days without a trade or an open position after which the shell closes the account; 0 = no such rule.</param>
/// <param name="Consistency">Best day's profit ÷ total profit must be at most this to pass; null = no such rule.</param>
/// <param name="StopOut">Margin level in percent under which the largest loser is closed; 50 by default.</param>
/// <param name="SpreadMarkupPoints">Points added to the spread, half on each side, where the rules name no others for the instrument's class.</param>
/// <param name="CommissionFactor">Scales the instruments' commission: 1 = as listed, 0 = none.</param>
/// <param name="WeekendHolding">False: positions are closed at the week's last quote and openings then are refused.</param>
/// <param name="Rules">What the model or group asks beyond this; null for nothing.</param>
/// <param name="Scaling">How a funded account grows; null where it does not.</param>
public sealed record AccountTerms(
    Currency Currency,
    decimal InitialBalance,
    TradingDay TradingDay,
    DailyLossRule? DailyLoss,
    OverallLossRule? OverallLoss,
    Percent? ProfitTarget,
    int MinimumTradingDays,
    int? MaximumDays,
    int InactivityDays,
    Percent? Consistency,
    int Leverage,
    Percent StopOut,
    int SpreadMarkupPoints,
    decimal CommissionFactor,
    bool SwapFree,
    bool WeekendHolding,
    TradingRules? Rules = null,
    ScalingTerms? Scaling = null)
{
    public bool IsNetting => Rules is { Netting: true };

    public int MarkupOf(Instrument instrument) => Rules?.MarkupOf?.For(instrument.Session) ?? SpreadMarkupPoints;

    public int LeverageOf(Instrument instrument) => Rules?.LeverageOf?.For(instrument.Session) ?? Leverage;
}
