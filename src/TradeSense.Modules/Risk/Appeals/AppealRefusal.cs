namespace TradeSense.Modules.Risk.Appeals;

public static class AppealRefusal
{
    public static Refusal Unknown { get; } = new("risk.appeal_unknown");
    public static Refusal GroundsLength { get; } = new("risk.appeal_grounds", "Grounds");
    public static Refusal AlreadyFiled { get; } = new("risk.appeal_filed");
    public static Refusal NotFailed { get; } = new("risk.appeal_not_failed");
    public static Refusal Decided { get; } = new("risk.appeal_decided");
    public static Refusal AlreadyProposed { get; } = new("risk.appeal_proposed");
    public static Refusal NotProposed { get; } = new("risk.appeal_not_proposed");
    public static Refusal SamePerson { get; } = new("risk.appeal_same_person");
    public static Refusal OwnCase { get; } = new("risk.appeal_own_case");
    public static Refusal NotStuck { get; } = new("risk.appeal_not_stuck");
    public static Refusal ReasonLength { get; } = new("risk.appeal_reason", "Reason");
    public static Refusal BalanceInvalid { get; } = new("risk.appeal_balance", "Balance");
    public static Refusal BalanceWouldFail { get; } = new("risk.appeal_would_fail", "Balance");
    public static Refusal HoursInvalid { get; } = new("risk.appeal_hours", "Hours");
}
