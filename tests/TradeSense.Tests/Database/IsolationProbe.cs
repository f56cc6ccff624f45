using Npgsql;

namespace TradeSense.Tests.Database;

/// <summary>Tries, through the application's role and for one table, everything one tenant could do to another's row. Says what succeeded.</summary>
public sealed class IsolationProbe(NpgsqlDataSource application, Guid own, Guid foreign)
{
    public async Task<IReadOnlyList<string>> Leaks(string table)
    {
        var leaks = new List<string>();
        void Expect(bool good, string leak)
        {
            if (!good) leaks.Add($"{table}: {leak}");
        }

        Expect(await Number(own, $"select count(*) from {table}") == 1, "does not show exactly the tenant's own row");
        Expect(await Number(own, $"select count(*) from {table} where tenant_id = '{foreign}'") == 0, "shows a foreign row");
        Expect(await Affected(own, $"update {table} set tenant_id = tenant_id where tenant_id = '{foreign}'") == 0, "updates a foreign row");
        Expect(await Affected(own, $"delete from {table} where tenant_id = '{foreign}'") == 0, "deletes a foreign row");
        Expect(await IsRefused(own, connection => RowMaker.Insert(connection, table, foreign)), "takes a row for a foreign tenant");
        Expect(await IsRefused(own, connection => Execute(connection, $"update {table} set tenant_id = '{foreign}'")), "gives an own row to a foreign tenant");
        Expect(await Number(null, $"select count(*) from {table}") == 0, "shows rows when no tenant is set");
        Expect(await IsRefused(null, connection => RowMaker.Insert(connection, table, own)), "takes a row when no tenant is set");
        return leaks;
    }

    private Task<long> Number(Guid? tenant, string sql) => As(tenant, async connection =>
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    });

    private Task<int> Affected(Guid? tenant, string sql) => As(tenant, connection => Execute(connection, sql));

    private async Task<bool> IsRefused(Guid? tenant, Func<NpgsqlConnection, Task> attempt)
    {
        try
        {
            await As(tenant, async connection =>
            {
                await attempt(connection);
                return true;
            });
            return false;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege && error.MessageText.Contains("row-level security", StringComparison.Ordinal))
        {
            return true;
        }
    }

    /// <summary>As the application works: a transaction, the tenant set inside it. Here it is always rolled back.</summary>
    private async Task<T> As<T>(Guid? tenant, Func<NpgsqlConnection, Task<T>> work)
    {
        await using var connection = await application.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (tenant is not null) await Execute(connection, $"select set_config('app.tenant_id', '{tenant}', true)");
        return await work(connection);
    }

    private static async Task<int> Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }
}
