using Microsoft.AspNetCore.Mvc;

namespace TradeSense.Web.Live;

/// <summary>
/// Where streams run: outside of everything a page is made with. A page's handler answers with what is to be streamed, its filters, model, services and database context are
/// given back, and only then the stream begins.
/// </summary>
internal static class LiveStreams
{
    internal sealed record Waiting(LiveStream Stream, ActionContext Context);

    public static void UseLiveStreams(this WebApplication app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (http.Features.Get<Waiting>() is not { } waiting) return;

        http.Features.Set<Waiting>(null);
        await waiting.Stream.Run(waiting.Context);
    });
}
