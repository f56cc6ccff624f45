using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges;

/// <summary>A certificate as anyone may check it: what was passed, by which user name, under which terms. Nothing else about the person.</summary>
public sealed class CertificateDetail(TradeSenseDb db)
{
    public sealed record Picture(
        Guid Id, string Title, string Holder, string ModelName, string PhaseName, string ModelHash, Money Size, Money FinalBalance, int TradingDays, DateTimeOffset EarnedAt);

    public async Task<Picture?> Read(Guid id, CancellationToken ct)
    {
        var found = await (
            from certificate in db.Set<Certificate>().AsNoTracking()
            where certificate.Id == id
            join challenge in db.Set<Challenge>().AsNoTracking() on certificate.ChallengeId equals challenge.Id
            join version in db.Set<ModelVersion>().AsNoTracking() on challenge.ModelVersionId equals version.Id
            select new { certificate, version }).SingleOrDefaultAsync(ct);
        if (found is null) return null;

        var (row, currency) = (found.certificate, found.version.Definition.Currency);
        return new Picture(
            row.Id, row.PhaseIndex == 0 ? "Elite Trader" : $"{row.PhaseName} passed", row.Holder, row.ModelName, row.PhaseName, row.ModelHash, new Money(row.Size, currency),
            Money.Rounded(row.FinalBalance, currency, MidpointRounding.ToZero), row.TradingDays, row.EarnedAt);
    }
}
