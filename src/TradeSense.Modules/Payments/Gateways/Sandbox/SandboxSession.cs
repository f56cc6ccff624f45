using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payments.Gateways.Sandbox;

/// <summary>NoAnswer: the payment went through, but its page never learned so; only the late webhook tells.</summary>
public enum SandboxStatus { Open, AwaitingConfirmation, Succeeded, NoAnswer }

/// <summary>One hosted payment page of the sandbox. A page can be tried again after a decline and is paid once.</summary>
public sealed class SandboxSession : ITenantOwned
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public Guid TenantId { get; set; }
    public Guid Id { get; init; }

    /// <summary>The unguessable part of the page's address.</summary>
    public required string Token { get; init; }

    public Guid OrderId { get; init; }
    public long OrderNumber { get; init; }
    public required string Title { get; init; }
    public decimal Amount { get; init; }
    public Currency Currency { get; init; }
    public SandboxStatus Status { get; private set; }
    public string? CardLastFour { get; private set; }
    public int Tries { get; private set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }

    public Money Total => new(Amount, Currency);
    public string ReturnPath => $"/checkout/{OrderId}";
    public bool IsPaid => Status is SandboxStatus.Succeeded or SandboxStatus.NoAnswer;

    /// <summary>What the gateway calls the payment; one session has one payment.</summary>
    public string PaymentReference => $"pay_{Token[3..15]}";

    public static string NewToken() => "ss_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public bool IsOver(DateTimeOffset now) => !IsPaid && now >= ExpiresAt;

    public void Try(string lastFour) => (CardLastFour, Tries) = (lastFour, Tries + 1);

    public void MoveTo(SandboxStatus status) => Status = status;

    /// <summary>How honest the imitation is: some sessions report late, some twice. Decided by the token, so a session behaves the same whenever it is looked at.</summary>
    public (TimeSpan Delay, bool Twice) ReportStyle()
    {
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(Token));
        return (TimeSpan.FromSeconds(seed[0] % 3 == 0 ? 4 : 0), seed[1] % 3 == 0);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<SandboxSession>
    {
        public void Configure(EntityTypeBuilder<SandboxSession> session)
        {
            session.ToTable("sandbox_sessions").HasKey(row => new { row.TenantId, row.Id });
            session.Ignore(row => row.Total).Ignore(row => row.ReturnPath).Ignore(row => row.IsPaid).Ignore(row => row.PaymentReference);
        }
    }
}
