namespace TradeSense.Web.Security;

/// <summary>Marks an answer whose address changes with its content (<c>?v=hash</c>), so that browsers never ask for it again.</summary>
public static class Immutable
{
    private static readonly object Key = new();

    public static void Mark(HttpContext context) => context.Items[Key] = true;

    public static bool Is(HttpContext context) => context.Items.ContainsKey(Key) && context.Response.StatusCode is StatusCodes.Status200OK;
}
