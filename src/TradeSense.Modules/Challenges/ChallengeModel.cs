using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges;

public enum ModelStatus { Offered, Retired }

/// <summary>Something a firm sells. What it promises stands in its versions; the newest is on offer.</summary>
public sealed class ChallengeModel : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string Slug { get; init; }

    /// <summary>The newest version's name, for lists.</summary>
    public required string Name { get; set; }

    public ModelStatus Status { get; set; }

    /// <summary>Where it stands among the firm's models on the pricing page.</summary>
    public int Rank { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ChallengeModel>
    {
        public void Configure(EntityTypeBuilder<ChallengeModel> model) => model.ToTable("challenge_models").HasKey(row => new { row.TenantId, row.Id });
    }
}

/// <summary>Terms as published at one time. Never changed afterwards: an account keeps the version it was bought under.</summary>
public sealed class ModelVersion : ITenantOwned
{
    private ModelDefinition? _definition;

    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid ModelId { get; init; }

    /// <summary>1, 2, 3 … within the model.</summary>
    public int Number { get; init; }

    /// <summary>The definition's canonical JSON, as text, so that the bytes hashed are the bytes kept.</summary>
    public required string DefinitionJson { get; init; }

    /// <summary>SHA-256 in hex over <see cref="DefinitionJson"/>; printed on receipt, contract and certificate.</summary>
    public required string Hash { get; init; }

    public DateTimeOffset PublishedAt { get; init; }

    public ModelDefinition Definition => _definition ??= ModelJson.Parse(DefinitionJson);

    public static string HashOf(string canonicalJson) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalJson)));

    internal sealed class Mapping : IEntityTypeConfiguration<ModelVersion>
    {
        public void Configure(EntityTypeBuilder<ModelVersion> version)
        {
            version.ToTable("model_versions").HasKey(row => new { row.TenantId, row.Id });
            version.Ignore(row => row.Definition);
        }
    }
}
