namespace TradeSense.Modules.Identity;

public static class IdentityRefusal
{
    public static Refusal UserNameInvalid { get; } = new("identity.user_name_invalid", "UserName");
    public static Refusal UserNameTaken { get; } = new("identity.user_name_taken", "UserName");
    public static Refusal EmailInvalid { get; } = new("identity.email_invalid", "Email");
    public static Refusal EmailTaken { get; } = new("identity.email_taken", "Email");
    public static Refusal PasswordShort { get; } = new("identity.password_short", "Password");
    public static Refusal PasswordCommon { get; } = new("identity.password_common", "Password");
    public static Refusal PasswordPersonal { get; } = new("identity.password_personal", "Password");
    public static Refusal CountryUnknown { get; } = new("identity.country_unknown", "Country");
    public static Refusal CountryProhibited { get; } = new("identity.country_prohibited", "Country");
    public static Refusal TermsNotAccepted { get; } = new("identity.terms_not_accepted", "AcceptTerms");
    public static Refusal SignInFailed { get; } = new("identity.sign_in_failed", "Password");
    public static Refusal Locked { get; } = new("identity.locked");
    public static Refusal Disabled { get; } = new("identity.disabled");
    public static Refusal EmailUnconfirmed { get; } = new("identity.email_unconfirmed");
    public static Refusal CodeWrong { get; } = new("identity.code_wrong", "Code");
    public static Refusal CodeUsed { get; } = new("identity.code_used", "Code");
    public static Refusal CodeExpired { get; } = new("identity.code_expired", "Code");
    public static Refusal CodeTooSoon { get; } = new("identity.code_too_soon", "Code");
    public static Refusal CodeTooOften { get; } = new("identity.code_too_often", "Code");
    public static Refusal ProofWrong { get; } = new("identity.proof_wrong", "Password");
    public static Refusal ProofNeeded { get; } = new("identity.proof_needed", "Password");
    public static Refusal CurrentPasswordWrong { get; } = new("identity.current_password_wrong", "Current");
    public static Refusal TimeZoneUnknown { get; } = new("identity.time_zone_unknown", "TimeZone");
}
