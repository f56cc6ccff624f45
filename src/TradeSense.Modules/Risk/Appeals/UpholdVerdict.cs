using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>One person of the firm looked at an appeal: the verdict stands, and the trader is told why.</summary>
public sealed class UpholdVerdict(TradeSenseDb db, TellAppellant tell, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Enough to be a reason, little enough to be read.</summary>
    public const int ShortestReason = 20, LongestReason = 1000;

    public async Task<Result> Run(Guid appealId, string? reason, Guid by, CancellationToken ct)
    {
        var words = (reason ?? "").Trim();
        if (words.Length is < ShortestReason or > LongestReason) return AppealRefusal.ReasonLength.With(ShortestReason, LongestReason);
        if (await db.LockedAppeal(appealId, ct) is not { } appeal) return AppealRefusal.Unknown;

        var upheld = appeal.Uphold(by, words, clock.GetUtcNow());
        if (upheld.IsRefused) return upheld;

        await db.SaveChangesAsync(ct);
        await tell.Run(appeal, "appeal.upheld", "Your appeal was answered: the verdict stands", words, ct);
        await audit.Record("appeal.upheld", appeal.Subject, new { Reason = words }, ct);
        return Result.Ok;
    }
}
