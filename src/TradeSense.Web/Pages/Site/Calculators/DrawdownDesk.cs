using System.Globalization;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Challenges.Rules;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Pages.Shared;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Site.Calculators;

/// <summary>The drawdown calculator: a plan of the brand, or an account's own terms, and the floors that the rules' own code puts under the figures typed.</summary>
public sealed class DrawdownDesk(OfferedModels models, CalculatorDesk calculators, TenantFormat format, CurrentTenant tenant)
{
    private const decimal UsualSize = 100_000m;

    public async Task<CalculatorView> Fill(CalculatorQuery query, string path, CancellationToken ct)
    {
        var offers = await models.Read(ct);
        if (offers.Count == 0) return new CalculatorView(CalculatorKind.Drawdown, path, null, SymbolOf(query), "", [], null);

        var chosen = offers.FirstOrDefault(offer => offer.Slug == query.Model) ?? offers[0];
        var definition = chosen.Definition;
        var phase = int.TryParse(query.Phase, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) && typed <= definition.FundedIndex ? typed : 0;
        var wanted = PlainDecimal.TryParse(query.Size, out var size) ? size : UsualSize;
        var balance = definition.Sizes.MinBy(plan => Math.Abs(plan.Balance - wanted))!.Balance;
        CalculatorField[] plan =
        [
            new("Model", "Challenge model", chosen.Slug, Options: [.. offers.Select(offer => (offer.Slug, offer.Definition.Name))]),
            new("Phase", "Phase", PlainDecimal.Text(phase), Options: [.. Enumerable.Range(0, definition.FundedIndex + 1).Select(i => (PlainDecimal.Text(i), definition.PhaseAt(i).Name))]),
            new("Size", "Account size", PlainDecimal.Text(balance), Options: [.. definition.Sizes.Select(plan => (PlainDecimal.Text(plan.Balance), format.Money(new Money(plan.Balance, definition.Currency), decimals: 0)))]),
        ];
        // Figures of one plan say nothing about another.
        var of = $"{chosen.Slug} {phase} {balance}";
        return Fill(plan, definition.TermsOf(phase, balance), query.For == of ? query : query with { DayBalance = null, DayEquity = null, Highest = null, NowEquity = null }, path, null, of, null);
    }

    /// <summary>An account as it stands; other figures may be tried.</summary>
    public CalculatorView Fill(CalculatorQuery query, string path, string account, AccountView view)
    {
        string Plain(decimal amount) => PlainDecimal.Text(decimal.Round(amount, view.State.Terms.Currency.MinorDigits, MidpointRounding.ToZero));
        var untouched = query.For is null;
        var filled = untouched ? query with { DayBalance = Plain(view.State.DailyAnchor), DayEquity = Plain(view.State.DailyAnchor), Highest = Plain(view.State.Peak), NowEquity = Plain(view.Equity) } : query;
        return Fill([], view.State.Terms, filled, path, account, account, LossState.Of(view.State));
    }

    private CalculatorView Fill(CalculatorField[] plan, AccountTerms terms, CalculatorQuery query, string path, string? account, string of, LossState? stands)
    {
        var code = terms.Currency.Code;
        var initial = PlainDecimal.Text(terms.InitialBalance);
        List<CalculatorField> fields =
        [
            .. plan,
            new("DayBalance", "Balance at the day’s start", query.DayBalance ?? initial, code),
            new("DayEquity", "Equity at the day’s start", query.DayEquity ?? query.DayBalance ?? initial, code),
        ];
        if (DrawdownFloors.HasPeak(terms)) fields.Add(new("Highest", "Highest so far", query.Highest ?? initial, code, PeakWords(terms)));
        fields.Add(new("NowEquity", "Equity now", query.NowEquity ?? query.DayEquity ?? initial, code));
        var sum = DrawdownFloors.Of(terms, new(query.DayBalance, query.DayEquity, query.Highest, query.NowEquity), stands);
        var refusal = sum.Refusal is { Field: "Equity" } wrong ? wrong with { Field = "NowEquity" } : sum.Refusal;
        return new CalculatorView(CalculatorKind.Drawdown, path, account, SymbolOf(query), of, calculators.Told(fields, refusal), sum.IsRefused ? null : Answer(sum.Value));
    }

    /// <summary>Kept for the other calculators, which the tabs lead to.</summary>
    private static string SymbolOf(CalculatorQuery query) => InstrumentCatalog.All.FirstOrDefault(instrument => instrument.Symbol == query.Symbol)?.Symbol ?? InstrumentCatalog.All[0].Symbol;

    private static string PeakWords(AccountTerms terms) => terms.OverallLoss!.Mode switch
    {
        OverallMode.TrailingBalance => "The highest closed balance; the overall floor follows it.",
        OverallMode.TrailingEquity => "The highest equity; the overall floor follows it.",
        _ => "The highest balance at the end of a day; the overall floor follows it.",
    };

    private CalculatorAnswer Answer(DrawdownFloors.Sum sum)
    {
        var nearest = sum.TodayLeft is { } today && (sum.OverallLeft is not { } overall || today <= overall) ? today : sum.OverallLeft;
        List<CalculatorAnswer.Line> lines = [];
        if (sum.Today is { } floor) lines.Add(new("Today’s floor", format.Money(floor)));
        if (sum.Overall is { } lowest) lines.Add(new("Overall floor", format.Money(lowest)));
        return new CalculatorAnswer(
            "Left before the nearer floor", nearest is { } left ? format.Money(left) : "no loss limit", lines, Warning(sum), Meters: [.. Meters(sum)]);
    }

    private static string? Warning(DrawdownFloors.Sum sum) => sum.Verdict switch
    {
        LossRule.DailyLoss when sum is { WaitsForDayEnd: true, Pauses: true } => "At this equity your positions would be closed at the day’s end; the account goes on.",
        LossRule.DailyLoss when sum.WaitsForDayEnd => "At this equity the daily rule would end the account at the day’s end.",
        LossRule.DailyLoss when sum.Pauses => "At this equity the day is over: positions are closed and trading pauses until the next trading day.",
        LossRule.DailyLoss => "At this equity today’s limit is broken and the account has ended.",
        LossRule.OverallLoss => "At this equity the overall limit is broken and the account has ended.",
        _ => null,
    };

    private IEnumerable<RoomMeter> Meters(DrawdownFloors.Sum sum)
    {
        var rules = RuleBook.Describe(sum.Terms, tenant.Value.CultureInfo);
        string WordsOf(RuleKind kind) => rules.FirstOrDefault(rule => rule.Kind == kind)?.Words ?? "";
        var top = new Money(sum.Terms.InitialBalance, sum.Terms.Currency);
        if (top < sum.Equity) top = sum.Equity;
        if (sum.Today is { } today) yield return new RoomMeter("calculator-today", "Daily loss", today, sum.Equity, top, WordsOf(RuleKind.DailyLoss));
        if (sum.Overall is { } overall) yield return new RoomMeter("calculator-overall", "Overall loss", overall, sum.Equity, top, WordsOf(RuleKind.OverallLoss));
    }
}
