namespace TradeSense.Web.Security;

/// <summary>The few widenings of the security headers a page may ask for before it answers: <c>PageExceptions.Of(HttpContext).NoReferrer = true</c>.</summary>
public sealed class PageExceptions
{
    private static readonly object Key = new();

    /// <summary>Reset, invitation and checkout pages: their address is a secret.</summary>
    public bool NoReferrer { get; set; }

    /// <summary>Identity checks photograph documents.</summary>
    public bool Camera { get; set; }

    /// <summary>The theme editor shows real pages in a frame.</summary>
    public bool FramesOwnPages { get; set; }

    /// <summary>A page inside the theme editor's frame.</summary>
    public bool FramedByOwnPages { get; set; }

    /// <summary>A file somebody uploaded: it may load, run and frame nothing, whatever it turns out to hold.</summary>
    public bool Sandboxed { get; set; }

    /// <summary>An e-mail in the development mailbox's frame: its own styles and the logo inside it, nothing else.</summary>
    public bool Letter { get; set; }

    /// <summary>Further origins a form may post or redirect to, each with a leading space: <c> https://pay.example</c>. Checkout only.</summary>
    public string FormTargets { get; set; } = "";

    public static PageExceptions Of(HttpContext context)
    {
        if (context.Items[Key] is PageExceptions exceptions) return exceptions;

        exceptions = new PageExceptions();
        context.Items[Key] = exceptions;
        return exceptions;
    }
}
