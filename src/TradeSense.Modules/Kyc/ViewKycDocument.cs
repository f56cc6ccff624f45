using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;

namespace TradeSense.Modules.Kyc;

/// <summary>A reviewer who has just shown the password looks at a document. Each look is audited in the transaction that unseals it: no entry, no document.</summary>
public sealed class ViewKycDocument(TradeSenseDb db, Vault vault, FreshProof proof, AuditTrail audit)
{
    public sealed record Opened(DocumentFormat Format, DocumentSide Side, byte[] Bytes)
    {
        public string MediaType => Format switch
        {
            DocumentFormat.Jpeg => "image/jpeg",
            DocumentFormat.Png => "image/png",
            DocumentFormat.Pdf => "application/pdf",
            _ => throw new InvalidOperationException($"{Format} has no media type."),
        };
    }

    public async Task<Result<Opened>> Run(Guid documentId, Guid sessionId, CancellationToken ct)
    {
        if (!await proof.Stands(sessionId, ct)) return KycRefusal.NotProved;

        var document = await db.Set<KycDocument>().AsNoTracking().SingleOrDefaultAsync(document => document.Id == documentId, ct);
        if (document is null) return KycRefusal.UnknownCase;

        var owner = await db.Set<KycCase>().Where(kyc => kyc.Id == document.CaseId).Select(kyc => kyc.UserId).SingleAsync(ct);
        var plain = await vault.Open(KycDocument.KeySubject(owner), KycDocument.SealContext(document.Id), document.Sealed, ct);
        await audit.Record("kyc.document_viewed", $"kyc:{document.CaseId}", new { DocumentId = document.Id, UserId = owner }, ct);
        return new Opened(document.Format, document.Side, plain);
    }
}
