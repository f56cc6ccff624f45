using TradeSense.Modules;

namespace TradeSense.Web.Api.V2;

/// <summary>Why the API itself did not take a request; what the desk refuses has the desk's own codes.</summary>
public static class ApiRefusal
{
    public static Refusal KeyMissing { get; } = new("api.key_missing");
    public static Refusal KeyInvalid { get; } = new("api.key_invalid");
    public static Refusal ScopeMissing { get; } = new("api.scope_missing");
    public static Refusal TooManyRequests { get; } = new("api.too_many_requests");
    public static Refusal TooManyBadKeys { get; } = new("api.too_many_bad_keys");
    public static Refusal TooManyStreams { get; } = new("api.too_many_streams");
    public static Refusal NotJson { get; } = new("api.not_json");
    public static Refusal BodyTooLarge { get; } = new("api.body_too_large");
    public static Refusal MalformedJson { get; } = new("api.malformed_json");
    public static Refusal InvalidParameter { get; } = new("api.invalid_parameter");
    public static Refusal UnknownCommand { get; } = new("api.unknown_command");
    public static Refusal DeskAway { get; } = new("api.desk_away");
}
