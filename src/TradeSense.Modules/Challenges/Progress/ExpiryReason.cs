namespace TradeSense.Modules.Challenges.Progress;

/// <summary>Why a clock ends an account: the codes the engine is given, and what people read.</summary>
public static class ExpiryReason
{
    public const string TimeLimit = "time_limit", Inactivity = "inactivity";

    public static string Words(string? reason) => reason switch
    {
        TimeLimit => "The time to pass this phase is over, so the account has ended.",
        Inactivity => "Nothing was traded on the account for too long, so it has ended.",
        _ => "The account was closed by the firm.",
    };
}
