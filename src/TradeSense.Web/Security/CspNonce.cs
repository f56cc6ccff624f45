using System.Buffers.Text;
using System.Security.Cryptography;

namespace TradeSense.Web.Security;

/// <summary>This response's nonce: 144 random bits, made on first use. Base64url, because Razor would encode a plus sign and the header would no longer match.</summary>
public static class CspNonce
{
    private static readonly object Key = new();

    public static string Of(HttpContext context)
    {
        if (context.Items[Key] is string nonce) return nonce;

        nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        context.Items[Key] = nonce;
        return nonce;
    }

    /// <summary>Lets go of everything else that was put beside the request while it was answered: for a response that goes on for hours.</summary>
    public static void KeepAlone(HttpContext context)
    {
        var nonce = Of(context);
        context.Items.Clear();
        context.Items[Key] = nonce;
    }
}
