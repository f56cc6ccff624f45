using System.Security.Cryptography;
using System.Text.Json;
using TradeSense.Engine.Accounts;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>The fingerprint of an account's frozen terms, on every receipt.</summary>
public static class TermsHash
{
    public static string Of(AccountTerms terms) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(terms, Json.Options)));
}
