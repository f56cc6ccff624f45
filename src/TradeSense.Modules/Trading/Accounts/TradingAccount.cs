using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>As the engine's <see cref="AccountStatus"/>, with the moment before the engine has opened the account.</summary>
public enum TradingAccountStatus { Opening, Active, Paused, Failed, Passed, Closed }

/// <summary>One phase's account: who holds it, its frozen terms, and the figures the engine last committed. Only the engine's role changes them.</summary>
public sealed class TradingAccount : ITenantOwned
{
    /// <summary>Accounts are spread over this many keys, and the keys over shards.</summary>
    public const int ShardKeys = 16384;

    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public Guid ChallengeId { get; init; }

    /// <summary>What people call the account: 100001, counted per brand.</summary>
    public long Number { get; init; }

    public int PhaseIndex { get; init; }
    public required string PhaseName { get; init; }
    public TradingAccountStatus Status { get; init; }
    public Currency Currency { get; init; }

    /// <summary>As frozen when the account was opened; what receipts print the hash of.</summary>
    public required AccountTerms Terms { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public int ShardKey { get; init; }
    public int? ShardApart { get; init; }
    public long? Opening { get; init; }
    public DateTimeOffset? OpenedAt { get; init; }
    public decimal Balance { get; init; }
    public DateOnly? TradingDay { get; init; }
    public decimal? DailyAnchor { get; init; }
    public decimal? DailyFloor { get; init; }
    public decimal? Peak { get; init; }
    public decimal? OverallFloor { get; init; }
    public bool FloorLifted { get; init; }
    public decimal? DayStartBalance { get; init; }
    public int TradingDays { get; init; }
    public bool TradedToday { get; init; }
    public decimal BestDayProfit { get; init; }
    public decimal PaidOut { get; init; }
    public DateTimeOffset? LastActivityAt { get; init; }
    public int LastPositionNumber { get; init; }
    public Breach? Breach { get; init; }

    /// <summary>What the account has grown to, and when it last grew; null while it has the size it was opened with.</summary>
    public decimal? ScaledSize { get; init; }
    public DateTimeOffset? ScaledAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
    public long JournalLength { get; init; }
    public required byte[] JournalHead { get; init; }

    public bool IsRunning => Status is TradingAccountStatus.Opening or TradingAccountStatus.Active or TradingAccountStatus.Paused;

    /// <summary>What rules and profit count from.</summary>
    public decimal Size => ScaledSize ?? Terms.InitialBalance;

    /// <summary>The terms as the rules apply them now: with the size the account has grown to.</summary>
    public AccountTerms TermsNow => ScaledSize is { } size ? Terms with { InitialBalance = size } : Terms;

    public static int ShardKeyOf(Guid account) => (account.ToByteArray(bigEndian: true)[14] << 8 | account.ToByteArray(bigEndian: true)[15]) % ShardKeys;

    internal sealed class Mapping : IEntityTypeConfiguration<TradingAccount>
    {
        public void Configure(EntityTypeBuilder<TradingAccount> account)
        {
            account.ToTable("trading_accounts").HasKey(row => new { row.TenantId, row.Id });
            account.Ignore(row => row.IsRunning).Ignore(row => row.Size).Ignore(row => row.TermsNow);
            account.Property(row => row.Terms).HasColumnType("jsonb")
                .HasConversion(terms => JsonSerializer.Serialize(terms, Json.Options), text => JsonSerializer.Deserialize<AccountTerms>(text, Json.Options)!);
            account.Property(row => row.Breach).HasColumnType("jsonb")
                .HasConversion(breach => JsonSerializer.Serialize(breach, Json.Options), text => JsonSerializer.Deserialize<Breach>(text, Json.Options)!);
        }
    }
}
