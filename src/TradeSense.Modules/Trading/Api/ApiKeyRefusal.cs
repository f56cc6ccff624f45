namespace TradeSense.Modules.Trading.Api;

public static class ApiKeyRefusal
{
    public static Refusal NameMissing { get; } = new("api_key.name_missing", "Name");
    public static Refusal NoAccount { get; } = new("api_key.no_account", "Accounts");
    public static Refusal LifeUnknown { get; } = new("api_key.life_unknown", "Days");
    public static Refusal TooMany { get; } = new("api_key.too_many");
    public static Refusal Unknown { get; } = new("api_key.unknown");
}
