using Microsoft.EntityFrameworkCore;

namespace TradeSense.Baselines;

public sealed record Fortune(int Id, string Message);

public sealed class FortuneDb(DbContextOptions<FortuneDb> options) : DbContext(options)
{
    public DbSet<Fortune> Fortunes => Set<Fortune>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Fortune>(fortune =>
    {
        fortune.ToTable("fortune");
        fortune.Property(row => row.Id).HasColumnName("id");
        fortune.Property(row => row.Message).HasColumnName("message");
    });
}
