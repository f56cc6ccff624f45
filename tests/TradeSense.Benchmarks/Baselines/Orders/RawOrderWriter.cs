using System.Threading.Channels;
using Npgsql;

namespace TradeSense.Baselines.Orders;

/// <summary>
/// The barest honest way to write orders and answer after the commit: one writer takes what waits, writes it with four unnested statements in one transaction,
/// and answers. No engine, no rules, no hash chain, no lease, no look for a client id seen before.
/// </summary>
public sealed class RawOrderWriter : IAsyncDisposable
{
    private const int Most = 2048;

    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(8192) { SingleReader = true });
    private readonly NpgsqlDataSource _source;
    private readonly OrderContent _content;
    private readonly Task _run;

    public RawOrderWriter(NpgsqlDataSource source, OrderContent content)
    {
        (_source, _content) = (source, content);
        _run = Task.Run(Run);
    }

    public async Task Write(PlainOrder order)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Waiting(order, done));
        await done.Task;
    }

    private async Task Run()
    {
        var batch = new List<Waiting>(Most);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < Most && _queue.Reader.TryRead(out var waiting)) batch.Add(waiting);
            await Commit(batch);
            foreach (var waiting in batch) waiting.Done.SetResult();
            batch.Clear();
        }
    }

    private async Task Commit(List<Waiting> waiting)
    {
        var (count, now) = (waiting.Count, DateTime.SpecifyKind(TimeProvider.System.GetUtcNow().UtcDateTime, DateTimeKind.Utc));
        var (tenants, accounts, numbers, clients) = (new Guid[count], new Guid[count], new int[count], new string[count]);
        for (var i = 0; i < count; i++)
        {
            var order = waiting[i].Order;
            (tenants[i], accounts[i], numbers[i], clients[i]) = (order.Tenant, order.Account, order.Number, order.ClientId);
        }

        var (hash, last) = (new byte[32], waiting.Select(one => one.Order).GroupBy(order => order.Account).Select(group => group.MaxBy(order => order.Number)!).ToArray());
        await using var batch = _source.CreateBatch();
        Add(batch, """
            insert into journal_entries (tenant_id, account_id, sequence, at, kind, body, hash)
            select n.tenant_id, n.account_id, n.sequence, $4, $5, $6, $7 from unnest($1, $2, $3) as n (tenant_id, account_id, sequence)
            """, tenants, accounts, numbers, now, _content.Kind, _content.Body, hash);
        Add(batch, """
            update trading_accounts a set last_position_number = n.number, journal_length = n.number, journal_head = $4, last_activity_at = $5, traded_today = true, trading_days = 1
            from unnest($1, $2, $3) as n (tenant_id, id, number) where a.tenant_id = n.tenant_id and a.id = n.id
            """, last.Select(order => order.Tenant).ToArray(), last.Select(order => order.Account).ToArray(), last.Select(order => order.Number).ToArray(), hash, now);
        Add(batch, """
            insert into positions (tenant_id, account_id, number, symbol, side, lots, open_price, opened_at, commission_paid, swap_paid, order_id)
            select n.tenant_id, n.account_id, n.number, $5, 'Buy', $6, $7, $8, 0, 0, n.client_id from unnest($1, $2, $3, $4) as n (tenant_id, account_id, number, client_id)
            """, tenants, accounts, numbers, clients, _content.Symbol, _content.Lots, _content.Price, now);
        Add(batch, """
            insert into trading_commands (tenant_id, account_id, client_id, content_hash, at, first_entry, entries)
            select n.tenant_id, n.account_id, n.client_id, $5, $6, n.number, 1 from unnest($1, $2, $3, $4) as n (tenant_id, account_id, number, client_id)
            """, tenants, accounts, numbers, clients, hash, now);
        await batch.ExecuteNonQueryAsync();
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _run;
    }

    private sealed record Waiting(PlainOrder Order, TaskCompletionSource Done);
}
