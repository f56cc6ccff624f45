using System.Text.Json;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Terminal;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>What the terminal's script starts from: the account, the instruments as this account deals them, and all that the trader has kept.</summary>
/// <param name="Sequence">The journal's last entry when the page was made: the stream tells what came after it.</param>
public sealed record TerminalSetup(
    Guid Account, long Number, string Culture, string Currency, string Symbol, string Period, long Sequence,
    IReadOnlyList<TerminalSetup.Market> Markets, IReadOnlyList<TerminalSetup.Length> Periods, IReadOnlyList<TerminalSetup.Kept> Items)
{
    /// <param name="Half">What the account's mark-up takes off the bid and adds to the ask.</param>
    public sealed record Market(
        string Symbol, string Base, string Quote, int Digits, int Pip, decimal Contract, decimal Minimum, decimal Step, decimal Maximum, decimal Half, decimal Commission, int Leverage);

    public sealed record Length(string Name, int Seconds);

    /// <param name="Body">Text inside text, so that nothing kept can end the script element it stands in.</param>
    public sealed record Kept(string Kind, string Name, string Body);

    /// <summary>Not a property: it would be part of its own text.</summary>
    public string Json() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static IReadOnlyList<Market> MarketsOf(Modules.Trading.Accounts.TraderAccounts.Row account) =>
    [
        .. InstrumentCatalog.All.Select(instrument => new Market(
            instrument.Symbol, instrument.Base, instrument.QuoteCurrency.Code, instrument.Digits, instrument.PipDigits, instrument.ContractSize,
            instrument.MinimumLots.Value, instrument.LotStep.Value, instrument.MaximumLots.Value, TerminalScreen.HalfMarkup(account, instrument),
            instrument.CommissionPerLot * account.Terms.CommissionFactor, account.Terms.Leverage)),
    ];

    public static IReadOnlyList<Length> Lengths { get; } = [.. BarPeriods.All.Where(period => period >= BarPeriod.S5).Select(period => new Length(period.ToString(), (int)period))];

    public static IReadOnlyList<Kept> Of(IEnumerable<TerminalItems.Row> items) => [.. items.Select(item => new Kept(item.Kind.ToString(), item.Name, item.Body))];
}
