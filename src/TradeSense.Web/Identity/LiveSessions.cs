using System.Threading.Channels;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Live;

namespace TradeSense.Web.Identity;

/// <summary>Cuts live streams of a session that was revoked or ran out. Thousands of streams ask every few seconds: what they ask together is one question for each brand.</summary>
internal sealed class LiveSessions(IServiceScopeFactory scopes) : BackgroundService
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private readonly Channel<Question> _questions = Channel.CreateUnbounded<Question>(new UnboundedChannelOptions { SingleReader = true });

    private sealed record Question(Tenant Tenant, Guid Session, TaskCompletionSource<bool> Answer);

    /// <summary>Whether the session still stands.</summary>
    public Task<bool> Stands(Tenant tenant, Guid session, CancellationToken ct)
    {
        var question = new Question(tenant, session, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _questions.Writer.TryWrite(question) ? question.Answer.Task.WaitAsync(ct) : Task.FromCanceled<bool>(new CancellationToken(true));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _questions.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(Gathering, stoppingToken);
                var asked = new List<Question>();
                while (_questions.Reader.TryRead(out var question)) asked.Add(question);
                foreach (var brand in asked.GroupBy(question => question.Tenant)) await Answer(brand.Key, [.. brand], stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, and its streams with it.
        }
    }

    private async Task Answer(Tenant tenant, IReadOnlyList<Question> asked, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant);
            var standing = await scope.ServiceProvider.GetRequiredService<Sessions>().Standing([.. asked.Select(question => question.Session).Distinct()], ct);
            foreach (var question in asked) question.Answer.TrySetResult(standing.Contains(question.Session));
        }
        catch (Exception error) when (error.FromDatabase() is { } trouble)
        {
            // As if each had asked by itself: its stream ends, and the browser connects again.
            foreach (var question in asked) question.Answer.TrySetException(trouble);
        }
    }
}

internal static class LiveSessionsSetup
{
    public static void AddLiveSessions(this IServiceCollection services)
    {
        services.AddSingleton<LiveSessions>().AddHostedService(provider => provider.GetRequiredService<LiveSessions>());
        services.Configure<LiveOptions>(live => live.StillSignedIn = Stands);
    }

    private static Task<bool> Stands(HttpContext context, CancellationToken ct)
    {
        var tenant = context.RequestServices.GetRequiredService<CurrentTenant>().Value;
        // A suspended brand is closed at once, also for who was in.
        return context.RequestServices.GetRequiredService<TenantDirectory>().Find(tenant.Id) is { Status: TenantStatus.Active }
            ? context.RequestServices.GetRequiredService<LiveSessions>().Stands(tenant, context.User.SessionId(), ct)
            : Task.FromResult(false);
    }
}
