using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests.Values;

public sealed class OrderTextTests
{
    private static readonly Instrument EurUsd = InstrumentCatalog.All[0];

    public static TheoryData<string> Nonsense =>
        ["", " ", "0,10", "1e5", "NaN", "Infinity", "-1", "+1", " 1", "1 ", ".5", "1.", "1_000", "1,000", "0x10", "１", "1.1.1", new string('9', 400), "0." + new string('0', 398) + "1"];

    [Theory]
    [MemberData(nameof(Nonsense))]
    [InlineData(null)]
    public void Anything_but_a_plain_decimal_is_refused(string? text)
    {
        Assert.False(Lots.TryParse(text, EurUsd, out _));
        Assert.False(Price.TryParse(text, EurUsd, out _));
    }

    [Theory]
    [InlineData("0.01", true)]
    [InlineData("0.010", true)]
    [InlineData("100", true)]
    [InlineData("100.01", false)]
    [InlineData("0", false)]
    [InlineData("0.005", false)]
    [InlineData("1.015", false)]
    public void Lots_are_whole_steps_within_the_limits(string text, bool isAccepted) => Assert.Equal(isAccepted, Lots.TryParse(text, EurUsd, out _));

    [Theory]
    [InlineData("1.10005", true)]
    [InlineData("1.100050", true)]
    [InlineData("1.100055", false)]
    [InlineData("0", false)]
    [InlineData("0.00000", false)]
    [InlineData("99999999", false)]
    public void Prices_are_positive_and_in_the_instruments_digits(string text, bool isAccepted) => Assert.Equal(isAccepted, Price.TryParse(text, EurUsd, out _));

    [Theory]
    [InlineData("1.1", "1.1", true)]
    [InlineData("1.100051", "1.100052", true)]
    [InlineData("1.1000511", "1.1000522", false)]
    [InlineData("1.2", "1.1", false)]
    [InlineData("0", "1.1", false)]
    public void A_quote_is_positive_not_crossed_and_in_one_digit_more(string bid, string ask, bool isAccepted)
    {
        var quote = new Quote(default, "EURUSD", new Price(decimal.Parse(bid, System.Globalization.CultureInfo.InvariantCulture)), new Price(decimal.Parse(ask, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(isAccepted, EurUsd.Accepts(quote));
    }

    [Theory]
    [InlineData("194000.00", "194000")]
    [InlineData("-0.50", "-0.5")]
    [InlineData("-0.00", "0")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Plain_text_has_no_trailing_zeros_and_loses_nothing(string value, string text) =>
        Assert.Equal(text, PlainDecimal.Text(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)));
}
