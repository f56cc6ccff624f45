using System.Globalization;

namespace TradeSense.Web.Pages.Site;

public sealed class HowItWorksModel : TradeSensePage
{
    public string FirmName => Tenant.Name;
    public string DayStart => Tenant.TradingDay.StartsAt.ToString("HH:mm", CultureInfo.InvariantCulture);
    public string DayZone => Tenant.TradingDay.TimeZone is "UTC" ? "UTC" : $"{Tenant.TradingDay.TimeZone.Split('/')[^1].Replace('_', ' ')} time";

    public string CurrencyName => Tenant.Currency.Code switch
    {
        "USD" => "US dollars",
        "EUR" => "euros",
        "GBP" => "pounds sterling",
        var code => code,
    };
}
