using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Tenancy;

/// <summary>Reads and writes the tenants table, which belongs to no tenant. Everyone else reads <see cref="TenantDirectory"/>.</summary>
public sealed class TenantStore([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, TenantDirectory directory, TimeProvider clock) : IDisposable
{
    /// <summary>One reading at a time: else an older reading could replace a newer one, and a brand just created would be gone again.</summary>
    private readonly SemaphoreSlim _loading = new(1);

    /// <summary>Brings the directory up to what the table says now.</summary>
    public async Task Load(CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            directory.Replace(await Read(ct));
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    private async Task<List<Tenant>> Read(CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select t.id, t.slug, t.name, t.kind, t.status, t.culture, t.currency, t.day_time_zone, t.day_starts_at, t.theme, t.theme_overrides, t.texts,
                   t.prohibited_countries, coalesce(array_agg(h.host order by h.rank) filter (where h.host is not null), '{}')
            from tenants t left join hosts h on h.tenant = t.id group by t.id order by t.slug
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tenants = new List<Tenant>();
        while (await reader.ReadAsync(ct)) tenants.Add(Read(reader));
        return tenants;
    }

    /// <summary>Creates the tenant or brings it to this shape, hosts included, in one transaction; a host or slug of another tenant is refused and nothing is written.</summary>
    public async Task<Result> Save(Tenant tenant, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await Write(connection, tenant, ct);
            await WriteHosts(connection, tenant, ct);
            await transaction.CommitAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return error.TableName == "hosts" ? TenantRefusal.HostTaken : TenantRefusal.SlugTaken.With(tenant.Slug);
        }

        await Load(ct);
        return Result.Ok;
    }

    /// <summary>Of the description this tenant was last brought to by a file; null when there is no such tenant or none was applied.</summary>
    public async Task<string?> DescriptionHash(string slug, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select description_hash from tenants where slug = $1");
        command.Parameters.Add(new() { Value = slug });
        return await command.ExecuteScalarAsync(ct) as string;
    }

    public async Task NoteDescription(Guid id, string hash, CancellationToken ct)
    {
        await using var command = source.CreateCommand("update tenants set description_hash = $2 where id = $1 and description_hash is distinct from $2");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = hash });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task Write(NpgsqlConnection connection, Tenant tenant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            insert into tenants (id, slug, name, kind, status, culture, currency, day_time_zone, day_starts_at, theme, theme_overrides, texts, prohibited_countries, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12::jsonb, $13, $14)
            on conflict (id) do update set name = excluded.name, status = excluded.status, culture = excluded.culture, currency = excluded.currency,
                day_time_zone = excluded.day_time_zone, day_starts_at = excluded.day_starts_at, theme = excluded.theme, theme_overrides = excluded.theme_overrides,
                texts = excluded.texts, prohibited_countries = excluded.prohibited_countries
            """, connection);
        foreach (var value in (object[])
                 [
                     tenant.Id, tenant.Slug, tenant.Name, tenant.Kind.ToString(), tenant.Status.ToString(), tenant.Culture, tenant.Currency.Code,
                     tenant.TradingDay.TimeZone, tenant.TradingDay.StartsAt, tenant.Theme, JsonSerializer.Serialize(tenant.ThemeOverrides),
                     JsonSerializer.Serialize(tenant.Texts), tenant.ProhibitedCountries.ToArray(), clock.GetUtcNow(),
                 ])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task WriteHosts(NpgsqlConnection connection, Tenant tenant, CancellationToken ct)
    {
        await using var remove = new NpgsqlCommand("delete from hosts where tenant = $1", connection) { Parameters = { new() { Value = tenant.Id } } };
        await remove.ExecuteNonQueryAsync(ct);
        for (var rank = 0; rank < tenant.Hosts.Count; rank++)
        {
            await using var add = new NpgsqlCommand("insert into hosts (host, tenant, rank) values ($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = tenant.Hosts[rank].ToLowerInvariant() }, new() { Value = tenant.Id }, new() { Value = rank } },
            };
            await add.ExecuteNonQueryAsync(ct);
        }
    }

    private static Tenant Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), Enum.Parse<TenantKind>(row.GetString(3)), Enum.Parse<TenantStatus>(row.GetString(4)),
        row.GetFieldValue<string[]>(13), row.GetString(5), Currency.Of(row.GetString(6)), new TradingDay(row.GetString(7), row.GetFieldValue<TimeOnly>(8)),
        row.GetString(9), Words(row.GetString(10)), Words(row.GetString(11)), row.GetFieldValue<string[]>(12));

    private static Dictionary<string, string> Words(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}

public static class TenantRefusal
{
    public static Refusal HostTaken { get; } = new("tenant.host_taken", "Hosts");
    public static Refusal SlugTaken { get; } = new("tenant.slug_taken", "Slug");
    public static Refusal Invalid { get; } = new("tenant.invalid");
    public static Refusal Unknown { get; } = new("tenant.unknown");
    public static Refusal ReasonLength { get; } = new("tenant.reason_length", "Reason");
}
