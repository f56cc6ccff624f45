using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using TradeSense.Engine.Accounts;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Api;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.History;
using TradeSense.Web.Live;

namespace TradeSense.Web.Api.V2;

/// <summary>
/// What happens to an account, as server-sent events straight from its journal: the event's id is the journal's number, so a reader who says the last id it
/// saw is sent everything after it, once and in order, however long it was away.
/// </summary>
internal static class EventsApi
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1), BetweenChecks = TimeSpan.FromSeconds(3), Heartbeat = TimeSpan.FromSeconds(15);

    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGet("/accounts/{id:guid}/events", Events);

    private static async Task<IResult> Events(Guid id, HttpContext http, OwnAccount own, ApiScope scope, ApiLimits limits, ApiProblems problems, CancellationToken ct)
    {
        if (await own.Check(id, ct) is { } refusal) return problems.Of(refusal);
        var journal = http.RequestServices.GetRequiredService<JournalTail>();
        if (await StartOf(http.Request, own, journal, id, ct) is not { } after) return problems.Of(Query.Wrong("Last-Event-ID"));
        if (limits.OpenStream(scope.Grant.KeyId) is not { } open) return problems.Of(ApiRefusal.TooManyStreams.With(ApiOptions.MostStreams));
        return new EventStream(id, after, scope.Grant, open);
    }

    /// <summary>The header a client sends when it connects again, else the parameter <c>after</c>; without either only what is still to come. Null when it is no id.</summary>
    private static async Task<long?> StartOf(HttpRequest request, OwnAccount own, JournalTail journal, Guid account, CancellationToken ct)
    {
        var text = request.Headers["Last-Event-ID"].FirstOrDefault() ?? request.Query["after"].FirstOrDefault();
        if (string.IsNullOrEmpty(text)) return await journal.Head(own.TenantId, account, ct);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : null;
    }

    private sealed class EventStream(Guid account, long after, ApiGrant grant, IDisposable open) : IResult
    {
        private long _sent = after;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using var held = open;
            var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
            Open(httpContext);
            try
            {
                await Pump(httpContext, end.Token);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The reader left or the application stops: it connects again with the last id it saw.
            }
        }

        private async Task Pump(HttpContext http, CancellationToken ct)
        {
            var services = http.RequestServices;
            var (journal, keys) = (services.GetRequiredService<JournalTail>(), services.GetRequiredService<ApiKeys>());
            using var changed = new AccountChanges(services.GetRequiredService<TradingDesk>(), account);
            var (checkedAt, toldAt) = (Environment.TickCount64, Environment.TickCount64);
            await Send(http, "retry: 2000\n: from the next event on\n\n", ct);

            while (true)
            {
                var rows = await journal.After(grant.TenantId, account, _sent, MostAtOnce, ct);
                if (rows.Count > 0)
                {
                    await Send(http, string.Concat(rows.Select(Lines)), ct);
                    (_sent, toldAt) = (rows[^1].Sequence, Environment.TickCount64);
                }

                if (Environment.TickCount64 - checkedAt >= BetweenChecks.TotalMilliseconds)
                {
                    // A suspended brand is closed at once, also for who was in.
                    if (services.GetRequiredService<TenantDirectory>().Find(grant.TenantId) is not { Status: TenantStatus.Active } || !await keys.Stands(grant, ct)) return;
                    checkedAt = Environment.TickCount64;
                }

                if (Environment.TickCount64 - toldAt >= Heartbeat.TotalMilliseconds)
                {
                    await Send(http, ": still here\n\n", ct);
                    toldAt = Environment.TickCount64;
                }

                if (rows.Count < MostAtOnce) await changed.Wait(LongestWait, ct);
            }
        }

        private static string Lines(JournalTail.Row row)
        {
            var fact = ApiEvent.Of(row.Event);
            return string.Create(CultureInfo.InvariantCulture, $"id: {row.Sequence}\nevent: {fact.Type}\ndata: {JsonSerializer.Serialize(fact, ApiJson.Answers)}\n\n");
        }

        private static void Open(HttpContext http)
        {
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers["X-Accel-Buffering"] = "no";
        }

        private static async Task Send(HttpContext http, string text, CancellationToken ct)
        {
            await http.Response.WriteAsync(text, ct);
            await http.Response.Body.FlushAsync(ct);
        }
    }
}

/// <summary>Wakes a stream when the desk's picture of the account says that its journal may have grown; moving prices alone wake nobody.</summary>
internal sealed class AccountChanges : IDisposable
{
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly WatchedAccount _watched;
    private readonly IDisposable _follow;
    private int _seen;

    public AccountChanges(TradingDesk desk, Guid account)
    {
        _watched = new WatchedAccount(desk, account);
        _follow = _watched.Follow(Look);
    }

    /// <summary>Until something changed, or the time is over: a command that was refused changes the journal and nothing else.</summary>
    public Task Wait(TimeSpan longest, CancellationToken ct) => _news.WaitAsync(longest, ct);

    private void Look()
    {
        if (_watched.Newest is not { } view || Interlocked.Exchange(ref _seen, Shape(view)) == Shape(view) || _news.CurrentCount > 0) return;
        _news.Release();
    }

    private static int Shape(AccountView view)
    {
        var shape = new HashCode();
        shape.Add((view.State.Status, view.State.Balance, view.State.TradingDay, view.State.LastPositionNumber, view.State.LastOrderNumber, view.State.LastActivityAt));
        foreach (var position in view.Positions) shape.Add((position.State.Number, position.State.Lots, position.State.StopLoss, position.State.TakeProfit));
        foreach (var order in view.Orders) shape.Add((order.State.Number, order.State.Lots, order.State.Price, order.State.IsTriggered));
        return shape.ToHashCode();
    }

    /// <summary>Whoever follows may still be told once after this, which a semaphore that is not disposed bears.</summary>
    public void Dispose() => _follow.Dispose();
}
