using TradeSense.Web.Security;

namespace TradeSense.Web.Kept;

/// <summary>What belongs to a single response: its nonce and its visitor's form token. Markup that is shown to somebody again must not hold them.</summary>
internal static class OneResponse
{
    private const string TokenField = "__RequestVerificationToken";

    /// <param name="name">Of the markup, for who has to mend it.</param>
    public static void MustNotBeIn(string markup, string name, HttpContext context)
    {
        if (markup.Contains(CspNonce.Of(context), StringComparison.Ordinal) || markup.Contains(TokenField, StringComparison.Ordinal))
            throw new InvalidOperationException($"“{name}” holds what belongs to one response only: it cannot be kept.");
    }
}
