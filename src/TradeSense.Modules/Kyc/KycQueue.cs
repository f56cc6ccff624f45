using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;

namespace TradeSense.Modules.Kyc;

/// <summary>What reviewers see: cases of one status, those waiting longest first, and one case with its documents.</summary>
public sealed class KycQueue(TradeSenseDb db)
{
    public sealed record Row(Guid Id, Guid UserId, string UserName, string Country, DocumentKind DocumentKind, int Round, DateTimeOffset SubmittedAt, DateTimeOffset? DecidedAt);

    public sealed record Document(Guid Id, int Round, DocumentKind Kind, DocumentSide Side, DocumentFormat Format, int Size, DateTimeOffset UploadedAt);

    public sealed record Case(
        Guid Id, Guid UserId, string UserName, string Email, string Country, DateTimeOffset RegisteredAt, KycStatus Status, int Tier, int Round, DocumentKind DocumentKind,
        DateTimeOffset SubmittedAt, DateTimeOffset? DecidedAt, string? DecidedBy, string? Reason, IReadOnlyList<Document> Documents);

    public async Task<(IReadOnlyList<Row> Rows, int Total)> Read(KycStatus status, int page, int size, CancellationToken ct)
    {
        var cases = db.Set<KycCase>().AsNoTracking().Where(kyc => kyc.Status == status);
        var ordered = status is KycStatus.Submitted ? cases.OrderBy(kyc => kyc.SubmittedAt).ThenBy(kyc => kyc.Id) : cases.OrderByDescending(kyc => kyc.DecidedAt).ThenBy(kyc => kyc.Id);
        var rows = await (from kyc in ordered.Skip((page - 1) * size).Take(size)
                          join user in db.Set<User>() on kyc.UserId equals user.Id
                          select new Row(kyc.Id, kyc.UserId, user.UserName, user.Country, kyc.DocumentKind, kyc.Round, kyc.SubmittedAt, kyc.DecidedAt)).ToListAsync(ct);
        var inOrder = status is KycStatus.Submitted ? rows.OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id) : rows.OrderByDescending(row => row.DecidedAt).ThenBy(row => row.Id);
        return ([.. inOrder], await cases.CountAsync(ct));
    }

    public Task<int> Waiting(CancellationToken ct) => db.Set<KycCase>().CountAsync(kyc => kyc.Status == KycStatus.Submitted, ct);

    public async Task<Case?> Find(Guid caseId, CancellationToken ct)
    {
        var found = await (from kyc in db.Set<KycCase>().AsNoTracking()
                           join user in db.Set<User>() on kyc.UserId equals user.Id
                           join reviewer in db.Set<User>() on kyc.DecidedBy equals reviewer.Id into reviewers
                           from reviewer in reviewers.DefaultIfEmpty()
                           where kyc.Id == caseId
                           select new { kyc, user, Reviewer = reviewer == null ? null : reviewer.UserName }).SingleOrDefaultAsync(ct);
        if (found is null) return null;

        var documents = await db.Set<KycDocument>().AsNoTracking().Where(document => document.CaseId == caseId)
            .OrderByDescending(document => document.Round).ThenBy(document => document.Id)
            .Select(document => new Document(document.Id, document.Round, document.Kind, document.Side, document.Format, document.Size, document.UploadedAt)).ToListAsync(ct);
        var (kycCase, person) = (found.kyc, found.user);
        return new Case(
            kycCase.Id, person.Id, person.UserName, person.Email, person.Country, person.CreatedAt, kycCase.Status, kycCase.Tier, kycCase.Round, kycCase.DocumentKind,
            kycCase.SubmittedAt, kycCase.DecidedAt, found.Reviewer, kycCase.Reason, documents);
    }
}
