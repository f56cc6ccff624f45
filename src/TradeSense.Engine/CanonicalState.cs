using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine;

/// <summary>The durable state as one text: a line for each account, position and quote, in a fixed order, and its hash.</summary>
/// <remarks>Instants count in microseconds, which is what a database keeps of them; decimals have no trailing zeros.</remarks>
internal static class CanonicalState
{
    public static string Hash(IEnumerable<AccountState> accounts, IEnumerable<Quote> quotes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var account in accounts.OrderBy(a => a.Id.Value))
        {
            Add(hash, LineOf(account));
            foreach (var position in account.Positions.OrderBy(p => p.Number)) Add(hash, LineOf(position));
            foreach (var order in account.Orders.OrderBy(o => o.Number)) Add(hash, LineOf(order));
        }

        foreach (var quote in quotes.OrderBy(q => q.Symbol, StringComparer.Ordinal))
            Add(hash, Line("quote", At(quote.At), quote.Symbol, Text(quote.Bid.Value), Text(quote.Ask.Value)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string LineOf(AccountState a) => Line(
        "account", a.Id.ToString(), TermsOf(a.Terms), a.Status.ToString(), At(a.OpenedAt), Text(a.Balance), Day(a.TradingDay), Text(a.DailyAnchor), Text(a.DailyFloor),
        Text(a.Peak), Text(a.OverallFloor), a.FloorLifted.ToString(), Text(a.DayStartBalance), Number(a.TradingDays), a.TradedToday.ToString(),
        Text(a.BestDayProfit), Text(a.PaidOut), At(a.LastActivityAt), Number(a.LastPositionNumber), Number(a.LastOrderNumber),
        Number(a.TradesToday), Text(a.UncountedProfit), Text(a.UncountedToday),
        a.ScaledAt is { } scaled ? At(scaled) : "",
        a.Breach is { } b ? Line(b.Rule.ToString(), Text(b.Floor), Text(b.Equity), At(b.At)) : "");

    private static string TermsOf(AccountTerms t) => Line(
        t.Currency.Code, Text(t.InitialBalance), t.TradingDay.TimeZone, t.TradingDay.StartsAt.Ticks.ToString(CultureInfo.InvariantCulture),
        t.DailyLoss is { } d
            ? Line(AllowanceOf(d.Allowance), d.Anchor.ToString(), d.OfAnchor.ToString(), d.Compare.ToString(), d.Evaluate.ToString(), d.Effect.ToString())
            : "",
        t.OverallLoss is { } o
            ? Line(AllowanceOf(o.Allowance), o.Mode.ToString(), o.OfPeak.ToString(), o.Compare.ToString(), o.Lock.ToString(), Text(o.LockOffset), o.Payout.ToString())
            : "",
        Text(t.ProfitTarget?.Value), Number(t.MinimumTradingDays), t.MaximumDays is { } days ? Number(days) : "", Number(t.InactivityDays),
        Text(t.Consistency?.Value), Number(t.Leverage), Text(t.StopOut.Value), Number(t.SpreadMarkupPoints), Text(t.CommissionFactor),
        t.SwapFree.ToString(), t.WeekendHolding.ToString(), t.Rules is { } rules ? RulesOf(rules) : "",
        t.Scaling is { } s ? Line(Number(s.Months), Text(s.Profit.Value), Number(s.PaidPayouts), Text(s.Factor), Text(s.Cap), Text(s.Split.Value)) : "");

    private static string RulesOf(TradingRules r) => Line(
        r.Netting.ToString(), Text(r.OvernightFee), Text(r.LeverageOf?.Currencies), Text(r.LeverageOf?.Metals), Text(r.LeverageOf?.Indices), Text(r.LeverageOf?.Coins),
        r.MarkupOf is { } m ? Line(Text(m.Currencies), Text(m.Metals), Text(m.Indices), Text(m.Coins)) : "",
        Text(r.MaximumOrderLots), Text(r.MaximumOpenLots), Text(r.MaximumPositions), Text(r.MaximumTradesPerDay),
        r.News is { } n ? Line(Number(n.MinutesBefore), Number(n.MinutesAfter), n.Effect.ToString(), Text(n.Counted.Value)) : "",
        r.CoinsAtWeekends.ToString(), r.ClosesOvernight.ToString(), r.GuardsStopLoss.ToString(), Text(r.ProfitableDay?.Value));

    private static string AllowanceOf(Allowance allowance) => Line(Text(allowance.Percent?.Value), Text(allowance.Amount));

    private static string LineOf(PositionState p) => Line(
        "position", p.Number.ToString(), p.Symbol, p.Side.ToString(), Text(p.Lots.Value), Text(p.OpenPrice.Value), At(p.OpenedAt),
        Text(p.StopLoss?.Value), Text(p.TakeProfit?.Value), Text(p.CommissionPaid), Text(p.SwapPaid), p.OrderId, GuardsOf(p.Guards));

    private static string LineOf(OrderState o) => Line(
        "order", o.Number.ToString(), o.Group.ToString(), o.Bond.ToString(), o.OrderId, o.Symbol, o.Side.ToString(), Text(o.Lots.Value), o.Kind.ToString(), Text(o.Price.Value),
        Text(o.LimitPrice?.Value), o.IsTriggered.ToString(), Text(o.StopLoss?.Value), Text(o.TakeProfit?.Value), GuardsOf(o.Guards), o.Expiry.Kind.ToString(),
        o.Expiry.Until is { } until ? At(until) : "", o.ExpiresAt is { } end ? At(end) : "", At(o.PlacedAt));

    private static string GuardsOf(PositionGuards? guards) => guards is null ? "" : Line(
        Text(guards.TrailingDistance?.Value), Text(guards.Breakeven?.Trigger.Value), Text(guards.Breakeven?.Offset?.Value), guards.CloseAt is { } at ? At(at) : "");

    private static void Add(IncrementalHash hash, string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));

    private static string Line(params string[] fields) => string.Join('|', fields);

    private static string Text(decimal? value) => value is { } known ? PlainDecimal.Text(known) : "";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
