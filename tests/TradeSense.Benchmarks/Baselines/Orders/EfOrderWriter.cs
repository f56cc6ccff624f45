using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace TradeSense.Baselines.Orders;

/// <summary>The ordinary way: a pooled context for each order, four entities, one <c>SaveChanges</c>.</summary>
public sealed class EfOrderWriter(NpgsqlDataSource source, OrderContent content)
{
    private readonly PooledDbContextFactory<OrderDb> _contexts = new(new DbContextOptionsBuilder<OrderDb>().UseNpgsql(source).Options, poolSize: 128);

    public async Task Write(PlainOrder order)
    {
        await using var db = await _contexts.CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var account = new AccountRow { TenantId = order.Tenant, Id = order.Account };
        db.Attach(account);
        (account.LastPositionNumber, account.JournalLength, account.JournalHead, account.LastActivityAt, account.TradedToday, account.TradingDays) = (order.Number, order.Number, new byte[32], now, true, 1);
        db.Add(new JournalRow { TenantId = order.Tenant, AccountId = order.Account, Sequence = order.Number, At = now, Kind = content.Kind, Body = content.Body, Hash = new byte[32] });
        db.Add(new PositionRow
        {
            TenantId = order.Tenant, AccountId = order.Account, Number = order.Number, Symbol = content.Symbol, Side = "Buy", Lots = content.Lots, OpenPrice = content.Price, OpenedAt = now, OrderId = order.ClientId,
        });
        db.Add(new CommandRow { TenantId = order.Tenant, AccountId = order.Account, ClientId = order.ClientId, ContentHash = new byte[32], At = now, FirstEntry = order.Number, Entries = 1 });
        await db.SaveChangesAsync();
    }
}

internal sealed class OrderDb(DbContextOptions<OrderDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AccountRow>().ToTable("trading_accounts").HasKey(row => new { row.TenantId, row.Id });
        modelBuilder.Entity<JournalRow>().ToTable("journal_entries").HasKey(row => new { row.TenantId, row.AccountId, row.Sequence });
        modelBuilder.Entity<PositionRow>().ToTable("positions").HasKey(row => new { row.TenantId, row.AccountId, row.Number });
        modelBuilder.Entity<CommandRow>().ToTable("trading_commands").HasKey(row => new { row.TenantId, row.AccountId, row.ClientId });
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
                property.SetColumnName(string.Concat(property.Name.Select((letter, i) => char.IsUpper(letter) && i > 0 ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString())));
            }
        }
    }
}

internal sealed class AccountRow
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public int LastPositionNumber { get; set; }
    public long JournalLength { get; set; }
    public byte[] JournalHead { get; set; } = [];
    public DateTimeOffset LastActivityAt { get; set; }
    public bool TradedToday { get; set; }
    public int TradingDays { get; set; }
}

internal sealed class JournalRow
{
    public Guid TenantId { get; init; }
    public Guid AccountId { get; init; }
    public long Sequence { get; init; }
    public DateTimeOffset At { get; init; }
    public required string Kind { get; init; }
    public required string Body { get; init; }
    public required byte[] Hash { get; init; }
}

internal sealed class PositionRow
{
    public Guid TenantId { get; init; }
    public Guid AccountId { get; init; }
    public int Number { get; init; }
    public required string Symbol { get; init; }
    public required string Side { get; init; }
    public decimal Lots { get; init; }
    public decimal OpenPrice { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public decimal CommissionPaid { get; init; }
    public decimal SwapPaid { get; init; }
    public required string OrderId { get; init; }
}

internal sealed class CommandRow
{
    public Guid TenantId { get; init; }
    public Guid AccountId { get; init; }
    public required string ClientId { get; init; }
    public required byte[] ContentHash { get; init; }
    public DateTimeOffset At { get; init; }
    public long FirstEntry { get; init; }
    public int Entries { get; init; }
}
