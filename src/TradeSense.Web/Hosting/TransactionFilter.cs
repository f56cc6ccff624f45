using Microsoft.AspNetCore.Mvc.Filters;
using TradeSense.Modules.Database;

namespace TradeSense.Web.Hosting;

/// <summary>
/// The one transaction of every page handler and API call. It is committed before the answer is sent, so that what a person reads as done is done.
/// A handler that throws leaves nothing behind; a use case that refuses has written nothing it would not stand by.
/// </summary>
internal sealed class TransactionFilter(TenantTransaction transaction) : IAsyncPageFilter, IEndpointFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        await using var open = transaction;
        if (context.HandlerMethod?.MethodInfo.IsDefined(typeof(BeginsLateAttribute), false) is not true) await transaction.Begin(context.HttpContext.RequestAborted);
        var executed = await next();
        if (transaction.IsOpen && (executed.Exception is null || executed.ExceptionHandled)) await transaction.Commit(CancellationToken.None);
    }

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var scoped = context.HttpContext.RequestServices.GetRequiredService<TenantTransaction>();
        await using var open = scoped;
        await scoped.Begin(context.HttpContext.RequestAborted);
        var answer = await next(context);
        await scoped.Commit(CancellationToken.None);
        return answer;
    }
}
