using System.Globalization;
using System.Text;

namespace TradeSense.Tests.Web.Api;

/// <summary>What a broken or hostile program might write where a number belongs; now and then something good, so that not everything ends at the first check.</summary>
public sealed class HostileText(Random chance)
{
    private static readonly string[] Numbers =
    [
        "NaN", "nan", "Infinity", "-Infinity", "∞", "-0", "-0.01", "-1", "0", "0.0", "0.00", "00.1", "1e308", "1e-2", "1E2", "1e400", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "18446744073709551616", "79228162514264337593543950335", "79228162514264337593543950336", "0.1+0.2", "0.30000000000000004", "1,5", "1.000,00", "1 000", "1_000", "1.5.5", " 1", "1 ", "\t1", "1\n", "+1", "0x10",
        "0b1", "1.", ".5", ".", "-", "+", "", " ", "١٢", "１.５", "Ⅷ", "½", "1²", "0.009", "0.011", "0.0100000000000000000000001", "100.01", "101", "1000000", "null", "true", "{}", "[]", "\"", "<b>1</b>", "1;drop table positions",
        "' or 1=1 --", "../../etc/passwd", "\u0000", "1\u0000", "😀", "\u202e1", "\ufeff1", "%31", "${1}", "1f", "1d", "1m", "1L", "#", "//1", "1/2", "1e", "e1", "--1", "0.01.", "9999999.99", "10000000", "10000000.01", "0.001",
        "60000.001", "60000.000000000000000000", "1.00000000000000000000000000001",
    ];

    private static readonly string[] Symbols = [.. Enumerable.Repeat("BTCUSD", 40), "ETHUSD", "EURUSD", "XAUUSD", "btcusd", "", "BTC", "BTCUSD ", "\u0000", "😀", "DROP", "BTCUSDBTCUSDBTCUSDBTCUSD"];

    private static readonly string[] Instants = ["2030-01-01T00:00:00Z", "2030-01-01T00:00:00+02:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "2030-01-01T00:00:00", "2030-02-30T00:00:00Z", "2001-01-01T00:00:00Z", "now", "", "2030-01-01", "-1", "2030-01-01T25:00:00Z", "0001-01-01T00:00:00+14:00"];

    public string Lots() => chance.Next(6) switch
    {
        0 => Any(),
        < 3 => (chance.Next(1, 200) / 100m).ToString(CultureInfo.InvariantCulture),
        _ => One("0.01", "0.10", "1", "2.5", "0.010", "100", "99.99"),
    };

    public string Price() => chance.Next(6) == 0 ? Any() : (60_000m + chance.Next(-2_000_000, 2_000_000) / 100m).ToString(CultureInfo.InvariantCulture);

    public string Any() => chance.Next(40) switch
    {
        0 => new string('9', 400),
        1 => "0." + new string('0', 400) + "1",
        2 => Noise(),
        _ => Numbers[chance.Next(Numbers.Length)],
    };

    public string Symbol() => Symbols[chance.Next(Symbols.Length)];

    public string Side() => Seldom(10) ? One("", "up", "1", "null", "buy ") : One("buy", "sell", "BUY", "Sell");

    public string Instant() => Instants[chance.Next(Instants.Length)];

    public string One(params ReadOnlySpan<string> choices) => choices[chance.Next(choices.Length)];

    public bool Often(int oneIn) => chance.Next(oneIn) != 0;

    public bool Seldom(int oneIn) => chance.Next(oneIn) == 0;

    public int Below(int most) => chance.Next(most);

    /// <summary>Any characters at all, without halves of surrogate pairs, which no encoder would send.</summary>
    private string Noise()
    {
        var text = new StringBuilder();
        for (var i = chance.Next(1, 60); i > 0; i--) text.Append((char)chance.Next(0, 0xD7FF));
        return text.ToString();
    }
}
