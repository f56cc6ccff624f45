using System.Globalization;

namespace TradeSense.Web.Api.V2;

/// <summary>How much the trading API gives to one key, and to strangers.</summary>
/// <param name="Rate">Requests a second that a key may make in the long run.</param>
/// <param name="Burst">Requests it may make at once after a rest.</param>
internal sealed record ApiOptions(int Rate, int Burst)
{
    /// <summary>Tries with keys that do not work, from one address: a second one every six seconds, ten at once.</summary>
    public const int BadKeysAtOnce = 10, SecondsBetweenBadKeys = 6;

    public const int MostStreams = 5;

    /// <summary>Far above the greatest order, far below anything that could hurt.</summary>
    public const int MostBodyBytes = 16 * 1024;

    /// <summary>TRADESENSE_API_RATE and TRADESENSE_API_BURST; 50 and 200 where not set.</summary>
    public static ApiOptions Read(Func<string, string?> setting) => new(Number(setting, "TRADESENSE_API_RATE", 50), Number(setting, "TRADESENSE_API_BURST", 200));

    private static int Number(Func<string, string?> setting, string name, int otherwise)
    {
        if (setting(name) is not { Length: > 0 } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000_000) return number;
        throw new InvalidOperationException($"{name} is '{text}'; it must be a whole number from 1 to 1000000.");
    }
}
