using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Challenges.Contracts;
using TradeSense.Modules.Challenges.Rules;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges;

/// <summary>One challenge with the rules of one of its phases, and its contract once signed.</summary>
public sealed class ChallengeDetail(TradeSenseDb db, ChallengeOverview overview, ReadModels models)
{
    /// <param name="Rules">Of the phase that was asked for.</param>
    public sealed record Picture(ChallengeOverview.Row Challenge, IReadOnlyList<RuleText> Rules, ContractToSign.Signature? Contract);

    private sealed record Version(Guid UserId, string Rows);

    /// <param name="phase">The account's own: one that was passed keeps the rules it was traded under.</param>
    /// <param name="userId">The trader whose challenge it must be; null for the firm's staff.</param>
    public async Task<Picture?> Read(Guid challengeId, int phase, Guid? userId, CultureInfo culture, CancellationToken ct)
    {
        var version = await VersionOf(challengeId, ct);
        return version is null || (userId is not null && version.UserId != userId) ? null : await models.Get(challengeId, $"{culture.Name} {phase} {version.Rows}", () => ReadNow(challengeId, phase, culture, ct));
    }

    /// <summary>The transactions that last wrote the rows a picture is made of: another text as soon as any of them changed. One round trip where the picture takes six.</summary>
    private Task<Version?> VersionOf(Guid challengeId, CancellationToken ct) => db.Database.SqlQuery<Version>($"""
        select c.user_id as "UserId", concat_ws(' ', c.xmin,
            (select string_agg(concat(p.id, p.xmin), ' ' order by p.phase_index) from challenge_phases p where p.challenge_id = c.id),
            (select string_agg(concat(a.id, a.xmin), ' ' order by a.id) from trading_accounts a where a.challenge_id = c.id),
            (select string_agg(f.xmin::text, ' ' order by f.id) from certificates f where f.challenge_id = c.id),
            (select string_agg(k.xmin::text, ' ' order by k.id) from contracts k where k.challenge_id = c.id)) as "Rows"
        from challenges c where c.id = {challengeId}
        """).SingleOrDefaultAsync(ct);

    private async Task<Picture> ReadNow(Guid challengeId, int phase, CultureInfo culture, CancellationToken ct)
    {
        var rows = await overview.Read(db.Set<Challenge>().AsNoTracking().Where(row => row.Id == challengeId), ct);
        var row = rows.Single();
        var signed = await db.Set<Contract>().AsNoTracking().Where(contract => contract.ChallengeId == challengeId)
            .Select(contract => new ContractToSign.Signature(contract.SignedName, contract.SignedAt, contract.Address)).SingleOrDefaultAsync(ct);
        return new Picture(row, RuleBook.Describe(row.Definition, phase, row.Size.Amount, culture), signed);
    }
}
