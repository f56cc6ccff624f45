using System.Globalization;

namespace TradeSense.Modules.Identity;

/// <summary>The countries a person can live in, by ISO 3166 alpha-2 code, from the runtime's own culture data, with those under sanctions it lacks.</summary>
public static class Countries
{
    public static IReadOnlyDictionary<string, string> NameByCode { get; } = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => new RegionInfo(culture.Name))
        .Where(region => region.TwoLetterISORegionName is { Length: 2 } code && code.All(char.IsAsciiLetterUpper))
        .Select(region => (Code: region.TwoLetterISORegionName, Name: region.EnglishName))
        .DistinctBy(country => country.Code)
        .OrderBy(country => country.Name, StringComparer.Ordinal)
        .ToDictionary(country => country.Code, country => country.Name);

    public static string NameOf(string code) => NameByCode.GetValueOrDefault(code, code);
}
