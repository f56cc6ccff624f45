using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TradeSense.Modules.Payments.Gateways.Sandbox;

/// <summary>The header <c>Sandbox-Signature: t=1772452800,v1=hex</c>: HMAC-SHA256 over <c>t.body</c>. The time is signed too, so an old call cannot be played again.</summary>
public static class SandboxSignature
{
    public const string Header = "Sandbox-Signature";
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static string Sign(byte[] body, byte[] secret, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(Mac(body, secret, seconds))}");
    }

    public static bool IsGood(string? header, byte[] body, byte[] secret, DateTimeOffset now)
    {
        var parts = (header ?? "").Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToLookup(part => part[0], part => part[1]);
        if (!long.TryParse(parts["t"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > (long)Tolerance.TotalSeconds) return false;

        var right = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Mac(body, secret, seconds)));
        return parts["v1"].Any(given => CryptographicOperations.FixedTimeEquals(right, Encoding.ASCII.GetBytes(given)));
    }

    private static byte[] Mac(byte[] body, byte[] secret, long seconds)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds.ToString(CultureInfo.InvariantCulture) + "."), .. body];
        return HMACSHA256.HashData(secret, signed);
    }
}
