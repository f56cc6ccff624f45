using System.Buffers;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeSense.Web.Security;

namespace TradeSense.Web.Kept;

/// <summary>A page that was rendered before, with this response's nonce, form token and fillings.</summary>
internal sealed class KeptPage(CutPage page, IReadOnlyList<Filling> fillings) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => Send(context.HttpContext, page, fillings);

    internal static async Task Send(HttpContext http, CutPage page, IReadOnlyList<Filling> fillings)
    {
        var pieces = page.For(CspNonce.Of(http), TokenOf(http), fillings);
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = pieces.Sum(piece => (long)piece.Length);
        foreach (var piece in pieces) http.Response.BodyWriter.Write(piece.Span);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    /// <summary>The same one however often it is asked for in a response; its cookie goes with the answer when the visitor has none.</summary>
    internal static string TokenOf(HttpContext http) => http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http).RequestToken!;
}

/// <summary>The page, rendered now.</summary>
/// <param name="keep">Told the page without what belongs to this response; null when it is nobody else's.</param>
internal sealed class RenderedPage(Action<CutPage>? keep, IReadOnlyList<Filling> fillings) : PageResult
{
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var page = new CutPage(await Render(context), CspNonce.Of(http), KeptPage.TokenOf(http));
        keep?.Invoke(page);
        await KeptPage.Send(http, page, fillings);
    }

    private async Task<ReadOnlyMemory<byte>> Render(ActionContext context)
    {
        var (response, answer) = (context.HttpContext.Response, context.HttpContext.Response.Body);
        var made = new MemoryStream();
        response.Body = made;
        try
        {
            await base.ExecuteResultAsync(context);
        }
        finally
        {
            response.Body = answer;
        }

        return made.ToArray();
    }
}
