namespace TradeSense.Modules.Trading.Quotes.Feeds.Live.Fix;

/// <summary>A broker's prices over FIX 4.4: top of book by snapshot and increments, one request for each symbol.</summary>
internal sealed class FixBridge(LiveOptions live) : IVenue
{
    public string Name => FeedRoute.Fix;

    public async Task Talk(VenueTalk talk, CancellationToken ct)
    {
        var options = live.Fix ?? throw new InvalidOperationException("A FIX session without its settings.");
        using var connection = await FixConnection.Open(options, talk, ct);
        using var session = new FixSession(connection, options, talk);
        await session.LogOn(ct);
        await Subscribe(session, talk, ct);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var (reading, beating) = (Read(session, talk, stop.Token), session.KeepAlive(stop.Token));
        var ended = await Task.WhenAny(reading, beating);
        if (ct.IsCancellationRequested) await LeaveQuietly(session);
        await stop.CancelAsync();
        connection.Dispose();
        await Task.WhenAll(reading, beating).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ended;
    }

    private static async Task Subscribe(FixSession session, VenueTalk talk, CancellationToken ct)
    {
        for (var i = 0; i < talk.Names.Count; i++)
        {
            await session.Send(
                new FixMessage(Types.MarketDataRequest).Add(Tags.RequestId, i + 1).Add(Tags.SubscriptionType, 1).Add(Tags.Depth, 1).Add(Tags.UpdateType, 1)
                    .Add(Tags.EntryTypes, 2).Add(Tags.EntryType, 0).Add(Tags.EntryType, 1).Add(Tags.Symbols, 1).Add(Tags.Symbol, talk.Names[i]), ct);
        }
    }

    private static async Task Read(FixSession session, VenueTalk talk, CancellationToken ct)
    {
        var (book, refused) = (new FixBook(talk), 0);
        while (await session.Next(ct) is { } message)
        {
            switch (message.Type)
            {
                case Types.Snapshot: Opened(talk); book.TakeSnapshot(message); break;
                case Types.Incremental: book.TakeIncrements(message); break;
                case Types.RequestReject when ++refused == talk.Names.Count: throw new VenueException(VenueFault.Refused, $"the broker gives none of the symbols: {message.Text(Tags.Words)}");
                case Types.RequestReject: talk.Unreadable(); break;
                default: talk.Unreadable(); break;
            }
        }

        throw new VenueException(VenueFault.Lost, "the broker closed the connection");
    }

    private static void Opened(VenueTalk talk)
    {
        if (!talk.IsOpen) talk.Opened();
    }

    private static async Task LeaveQuietly(FixSession session)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await session.LogOut(limit.Token);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The broker is gone already.
        }
    }
}
