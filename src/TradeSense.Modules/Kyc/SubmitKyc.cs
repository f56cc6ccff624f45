using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Kyc;

/// <summary>A trader hands in an identity document, for the first time or after a rejection. It is sealed before it is stored.</summary>
public sealed class SubmitKyc(TradeSenseDb db, Vault vault, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Files one person may hand in over all rounds.</summary>
    public const int MostFiles = 20;

    public sealed record Upload(string FileName, byte[] Bytes);

    /// <param name="Back">Needed for cards; a passport's page shows everything.</param>
    public sealed record Request(Guid UserId, DocumentKind Kind, Upload? Front, Upload? Back);

    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        if (request.Front is null) return KycRefusal.FileMissing;
        var front = DocumentFile.Check(request.Front.FileName, request.Front.Bytes);
        if (front.IsRefused) return front.Refusal;

        if (request.Back is null && request.Kind is not DocumentKind.Passport && front.Value.Format is not DocumentFormat.Pdf) return KycRefusal.BackMissing;
        var back = request.Back is null ? null : (Result<DocumentFile.Checked>?)DocumentFile.Check(request.Back.FileName, request.Back.Bytes);
        if (back is { IsRefused: true }) return back.Value.Refusal with { Field = nameof(Request.Back) };

        var opened = await OpenRound(request, ct);
        if (opened.IsRefused) return opened.Refusal;

        var kyc = opened.Value;
        await Store(kyc, DocumentSide.Front, front.Value, ct);
        if (back is not null) await Store(kyc, DocumentSide.Back, back.Value.Value, ct);
        await audit.Record("kyc.submitted", $"kyc:{kyc.Id}", new { kyc.UserId, kyc.Round, kyc.DocumentKind }, ct);
        return kyc.Id;
    }

    private async Task<Result<KycCase>> OpenRound(Request request, CancellationToken ct)
    {
        // The person's own lock: two submits at once would otherwise both find no case.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"kyc:" + request.UserId}, 0))", ct);
        var now = clock.GetUtcNow();
        var kyc = await db.Set<KycCase>().SingleOrDefaultAsync(kyc => kyc.UserId == request.UserId, ct);
        if (kyc is null)
        {
            kyc = KycCase.Submit(request.UserId, request.Kind, now);
            db.Add(kyc);
            return kyc;
        }

        var files = await db.Set<KycDocument>().CountAsync(document => document.CaseId == kyc.Id, ct);
        if (files + (request.Back is null ? 1 : 2) > MostFiles) return KycRefusal.TooManyFiles.With(files);

        var again = kyc.SubmitAgain(request.Kind, now);
        return again.IsRefused ? again.Refusal : kyc;
    }

    private async Task Store(KycCase kyc, DocumentSide side, DocumentFile.Checked file, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        db.Add(new KycDocument
        {
            Id = id, CaseId = kyc.Id, Round = kyc.Round, Kind = kyc.DocumentKind, Side = side, Format = file.Format, Size = file.Bytes.Length, UploadedAt = now,
            Sealed = await vault.Seal(KycDocument.KeySubject(kyc.UserId), KycDocument.SealContext(id), file.Bytes, ct),
        });
        await db.SaveChangesAsync(ct);
    }
}
