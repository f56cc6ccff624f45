namespace TradeSense.Modules.Trading.Quotes.Feeds.Live.Fix;

/// <summary>The session layer of FIX 4.4: logon, heartbeats, test requests, sequence numbers both ways. What is left are messages in order.</summary>
/// <remarks>
/// Numbers start at 1 with each logon. A leap in the other side's numbers asks for what is missing and leaves what follows alone until it came, since the answer
/// brings it again; an answer that does not come in time ends the connection, and the next one begins with fresh snapshots. What the other side asks again from
/// here is filled as a gap: old requests are worth nothing.
/// </remarks>
internal sealed class FixSession(FixConnection connection, FixOptions options, VenueTalk talk) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1);
    private long _next = 1;
    private long _expected = 1;
    private DateTimeOffset? _gapSince;
    private DateTimeOffset _lastSent = talk.Clock.GetUtcNow();
    private bool _isTesting;

    public async Task LogOn(CancellationToken ct)
    {
        var logon = new FixMessage(Types.Logon).Add(Tags.Encryption, 0).Add(Tags.HeartbeatSeconds, (long)options.Heartbeat.TotalSeconds).Add(Tags.ResetSequence, "Y");
        if (options.User is { } user) logon.Add(Tags.User, user);
        if (options.Password is { } password) logon.Add(Tags.Password, password);
        await Send(logon, ct);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        var answer = await connection.Next(limit.Token) ?? throw new VenueException(VenueFault.Refused, "the broker closed the connection instead of answering the logon");
        if (answer.Type == Types.Logout) throw new VenueException(VenueFault.Refused, $"the broker refuses the logon: {answer.Text(Tags.Words)}");
        if (answer.Type != Types.Logon) throw new VenueException(VenueFault.Protocol, $"the broker answered the logon with {answer.Type}");
        _expected = answer.Sequence + 1;
    }

    public async Task LogOut(CancellationToken ct) => await Send(new FixMessage(Types.Logout), ct);

    public async Task Send(FixMessage message, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            _lastSent = talk.Clock.GetUtcNow();
            await connection.Send(message.Encode(options.Sender, options.Target, _next++, _lastSent), ct);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message of the application, in order; null when the broker closed the connection.</summary>
    public async Task<FixMessage?> Next(CancellationToken ct)
    {
        while (await connection.Next(ct) is { } message)
        {
            _isTesting = false;
            if (await IsInOrder(message, ct) && await IsForApplication(message, ct)) return message;
        }

        return null;
    }

    /// <summary>Beats while nothing else is sent, asks when nothing is heard, and throws when that brings no answer either.</summary>
    public async Task KeepAlive(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(options.Heartbeat / 10, talk.Clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            var now = talk.Clock.GetUtcNow();
            var silence = now - (talk.LastHeardAt ?? now);
            if (silence > options.Heartbeat * 2.4) throw new VenueException(VenueFault.Silent, "the broker answers no test request");
            if (now - _gapSince > options.Heartbeat) throw new VenueException(VenueFault.Protocol, "missing messages were not sent again");

            if (silence > options.Heartbeat * 1.2 && !_isTesting)
            {
                _isTesting = true;
                await Send(new FixMessage(Types.TestRequest).Add(Tags.TestRequestId, "are you there"), ct);
            }
            else if (now - _lastSent >= options.Heartbeat)
            {
                await Send(new FixMessage(Types.Heartbeat), ct);
            }
        }
    }

    public void Dispose() => _sending.Dispose();

    private async Task<bool> IsInOrder(FixMessage message, CancellationToken ct)
    {
        // A reset outside a gap fill sets the count whatever its own number.
        if (message.Type == Types.SequenceReset && message.Text(Tags.GapFill) != "Y") return true;
        if (message.Sequence < _expected)
            return message.IsPossibleDuplicate ? false : throw new VenueException(VenueFault.Protocol, $"message {message.Sequence} came where {_expected} was expected");

        if (message.Sequence == _expected)
        {
            (_expected, _gapSince) = (_expected + 1, null);
            return true;
        }

        if (_gapSince is not null) return false;
        _gapSince = talk.Clock.GetUtcNow();
        talk.Missing(message.Sequence - _expected);
        await Send(new FixMessage(Types.ResendRequest).Add(Tags.BeginSequence, _expected).Add(Tags.EndSequence, 0), ct);
        return false;
    }

    private async Task<bool> IsForApplication(FixMessage message, CancellationToken ct)
    {
        switch (message.Type)
        {
            case Types.Heartbeat or Types.Logon: return false;
            case Types.TestRequest: await Send(new FixMessage(Types.Heartbeat).Add(Tags.TestRequestId, message.Text(Tags.TestRequestId) ?? ""), ct); return false;
            case Types.ResendRequest: await FillGap(message.Number(Tags.BeginSequence) ?? 1, ct); return false;
            case Types.SequenceReset: Reset(message.Number(Tags.NewSequence) ?? 0); return false;
            case Types.Logout: throw new VenueException(VenueFault.Lost, $"the broker logged out: {message.Text(Tags.Words)}");
            case Types.Reject or Types.BusinessReject: throw new VenueException(VenueFault.Protocol, $"the broker rejects a message: {message.Text(Tags.Words)}");
            default: return true;
        }
    }

    private void Reset(long next)
    {
        if (next < _expected) throw new VenueException(VenueFault.Protocol, $"the broker counts back to {next}");
        (_expected, _gapSince) = (next, null);
    }

    private async Task FillGap(long from, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            _lastSent = talk.Clock.GetUtcNow();
            var fill = new FixMessage(Types.SequenceReset).Add(Tags.GapFill, "Y").Add(Tags.NewSequence, _next);
            await connection.Send(fill.Encode(options.Sender, options.Target, from, _lastSent, isPossibleDuplicate: true), ct);
        }
        finally
        {
            _sending.Release();
        }
    }
}
