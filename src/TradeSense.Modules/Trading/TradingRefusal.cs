using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading;

/// <summary>Why nothing was traded: one refusal for each of the engine's reasons, under the same code.</summary>
public static class TradingRefusal
{
    public static Refusal UnknownAccount { get; } = new("trading.unknown_account");
    public static Refusal DuplicateCommand { get; } = new("trading.duplicate_command");
    public static Refusal AccountNotActive { get; } = new("trading.account_not_active");
    public static Refusal UnknownInstrument { get; } = new("trading.unknown_instrument", "Symbol");
    public static Refusal UnknownPosition { get; } = new("trading.unknown_position");
    public static Refusal UnknownOrder { get; } = new("trading.unknown_order");
    public static Refusal MarketClosed { get; } = new("trading.market_closed");
    public static Refusal InvalidQuantity { get; } = new("trading.invalid_quantity", "Lots");
    public static Refusal InvalidPrice { get; } = new("trading.invalid_price");
    public static Refusal NoPrice { get; } = new("trading.no_price");
    public static Refusal RuleForbids { get; } = new("trading.rule_forbids");
    public static Refusal WouldBreach { get; } = new("trading.would_breach");
    public static Refusal InsufficientMargin { get; } = new("trading.insufficient_margin", "Lots");
    public static Refusal InvalidAmount { get; } = new("trading.invalid_amount");
    public static Refusal AccountNotFailed { get; } = new("trading.account_not_failed");
    public static Refusal Busy { get; } = new("trading.busy");

    /// <summary>No answer in time: the order may have been done. The same client id tells, and trades at most once.</summary>
    public static Refusal OutcomeUnknown { get; } = new("trading.outcome_unknown");

    public static Refusal InvalidClientId { get; } = new("trading.invalid_client_id");
    public static Refusal InvalidSide { get; } = new("trading.invalid_side", "Side");
    public static Refusal InvalidKind { get; } = new("trading.invalid_kind", "Kind");
    public static Refusal InvalidExpiry { get; } = new("trading.invalid_expiry", "Until");
    public static Refusal InvalidCount { get; } = new("trading.invalid_count", "Count");

    public static Refusal Of(RejectReason reason) => reason switch
    {
        RejectReason.UnknownAccount => UnknownAccount,
        RejectReason.DuplicateCommand => DuplicateCommand,
        RejectReason.AccountNotActive => AccountNotActive,
        RejectReason.UnknownInstrument => UnknownInstrument,
        RejectReason.UnknownPosition => UnknownPosition,
        RejectReason.UnknownOrder => UnknownOrder,
        RejectReason.MarketClosed => MarketClosed,
        RejectReason.InvalidQuantity => InvalidQuantity,
        RejectReason.InvalidPrice => InvalidPrice,
        RejectReason.NoPrice => NoPrice,
        RejectReason.RuleForbids => RuleForbids,
        RejectReason.WouldBreach => WouldBreach,
        RejectReason.InsufficientMargin => InsufficientMargin,
        RejectReason.InvalidAmount => InvalidAmount,
        RejectReason.AccountNotFailed => AccountNotFailed,
        RejectReason.Busy => Busy,
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>The sizes this instrument takes, beside the field.</summary>
    public static Refusal Quantity(Instrument instrument) =>
        InvalidQuantity.With(PlainDecimal.Text(instrument.MinimumLots.Value), PlainDecimal.Text(instrument.MaximumLots.Value), PlainDecimal.Text(instrument.LotStep.Value));

    /// <summary>How this instrument's prices are written, beside the field.</summary>
    public static Refusal Price(Instrument instrument, string field) => InvalidPrice with { Field = field, Arguments = [instrument.Digits] };
}
