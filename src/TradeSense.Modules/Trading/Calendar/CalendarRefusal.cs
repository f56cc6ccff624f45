namespace TradeSense.Modules.Trading.Calendar;

public static class CalendarRefusal
{
    public static Refusal FileMissing { get; } = new("calendar.file_missing", "File");
    public static Refusal TooLarge { get; } = new("calendar.too_large", "File");
    public static Refusal Unreadable { get; } = new("calendar.unreadable", "File");
    public static Refusal NoEvents { get; } = new("calendar.no_events", "File");
    public static Refusal UnknownZone { get; } = new("calendar.unknown_zone", "TimeZone");
    public static Refusal InvalidSource { get; } = new("calendar.invalid_source", "Source");
    public static Refusal Unknown { get; } = new("calendar.unknown");
    public static Refusal AlreadyApplied { get; } = new("calendar.already_applied");
    public static Refusal InvalidTitle { get; } = new("calendar.invalid_title", "Title");
    public static Refusal InvalidCurrency { get; } = new("calendar.invalid_currency", "Currency");
    public static Refusal InvalidTime { get; } = new("calendar.invalid_time", "At");
    public static Refusal Duplicate { get; } = new("calendar.duplicate", "Title");
}
