using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Kyc;

public enum DocumentSide { Front, Back }

public enum DocumentFormat { Jpeg, Png, Pdf }

public static class DocumentKinds
{
    public static string InWords(this DocumentKind kind) => kind switch
    {
        DocumentKind.Passport => "Passport",
        DocumentKind.NationalId => "National identity card",
        DocumentKind.DrivingLicence => "Driving licence",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <summary>One file of a case, sealed under the person's own data key. The file's name is not kept: people put their own in it.</summary>
public sealed class KycDocument : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public int Round { get; init; }
    public DocumentKind Kind { get; init; }
    public DocumentSide Side { get; init; }
    public DocumentFormat Format { get; init; }

    /// <summary>Bytes of the plain document.</summary>
    public int Size { get; init; }

    public required byte[] Sealed { get; init; }
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>The data key's subject: destroying it makes all documents of the person unreadable.</summary>
    public static string KeySubject(Guid userId) => $"kyc:{userId}";

    public static string SealContext(Guid documentId) => $"kyc_documents|sealed|{documentId}";

    internal sealed class Mapping : IEntityTypeConfiguration<KycDocument>
    {
        public void Configure(EntityTypeBuilder<KycDocument> row) => row.ToTable("kyc_documents").HasKey(document => new { document.TenantId, document.Id });
    }
}
