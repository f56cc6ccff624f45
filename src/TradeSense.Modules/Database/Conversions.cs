using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Database;

internal sealed class CurrencyConverter() : ValueConverter<Currency, string>(currency => currency.Code, code => Currency.Of(code));

internal sealed class PercentConverter() : ValueConverter<Percent, decimal>(percent => percent.Value, value => new Percent(value));

/// <summary>EmailConfirmedAt → email_confirmed_at.</summary>
internal static class SnakeCase
{
    public static string Of(string name)
    {
        var result = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord) result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }
}
