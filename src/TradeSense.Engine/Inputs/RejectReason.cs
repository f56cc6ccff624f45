namespace TradeSense.Engine.Inputs;

/// <summary>Why a command had no effect, in the order in which the reasons are checked. Codes are stable: <see cref="RejectReasons.Code"/>.</summary>
public enum RejectReason
{
    UnknownAccount,
    DuplicateCommand,
    AccountNotActive,
    UnknownInstrument,
    UnknownPosition,
    UnknownOrder,
    MarketClosed,
    InvalidQuantity,
    InvalidPrice,
    NoPrice,
    RuleForbids,
    WouldBreach,
    InsufficientMargin,
    InvalidAmount,
    AccountNotFailed,
    Busy,
}

public static class RejectReasons
{
    /// <summary>The stable code of a reason: <c>account_not_active</c> …</summary>
    public static string Code(this RejectReason reason) => reason switch
    {
        RejectReason.UnknownAccount => "unknown_account",
        RejectReason.DuplicateCommand => "duplicate_command",
        RejectReason.AccountNotActive => "account_not_active",
        RejectReason.UnknownInstrument => "unknown_instrument",
        RejectReason.UnknownPosition => "unknown_position",
        RejectReason.UnknownOrder => "unknown_order",
        RejectReason.MarketClosed => "market_closed",
        RejectReason.InvalidQuantity => "invalid_quantity",
        RejectReason.InvalidPrice => "invalid_price",
        RejectReason.NoPrice => "no_price",
        RejectReason.RuleForbids => "rule_forbids",
        RejectReason.WouldBreach => "would_breach",
        RejectReason.InsufficientMargin => "insufficient_margin",
        RejectReason.InvalidAmount => "invalid_amount",
        RejectReason.AccountNotFailed => "account_not_failed",
        RejectReason.Busy => "busy",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
