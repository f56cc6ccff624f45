namespace TradeSense.Modules.Alerts;

public static class AlertRefusal
{
    public static Refusal Unknown { get; } = new("alert.unknown");
    public static Refusal UnknownInstrument { get; } = new("alert.unknown_instrument", "Symbol");
    public static Refusal NoPrice { get; } = new("alert.no_price", "Symbol");
    public static Refusal InvalidPrice { get; } = new("alert.invalid_price", "Wanted");
    public static Refusal InvalidPercent { get; } = new("alert.invalid_percent", "Wanted");
    public static Refusal AlreadyAbove { get; } = new("alert.already_above", "Wanted");
    public static Refusal AlreadyBelow { get; } = new("alert.already_below", "Wanted");
    public static Refusal InvalidNote { get; } = new("alert.invalid_note", "Note");
    public static Refusal InvalidExpiry { get; } = new("alert.invalid_expiry", "Days");
    public static Refusal TooMany { get; } = new("alert.too_many");
}
