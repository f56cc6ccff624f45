using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Database;

/// <summary>How the product writes JSON into its own tables: camel case, enums by name, amounts as numbers of exact decimal text.</summary>
public static class Json
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            new ValueJson<Currency, string>(currency => currency.Code, Currency.Of),
            new ValueJson<Percent, decimal>(percent => percent.Value, value => new Percent(value)),
            new ValueJson<Price, decimal>(price => price.Value, value => new Price(value)),
            new ValueJson<Lots, decimal>(lots => lots.Value, value => new Lots(value)),
            new ValueJson<AccountId, Guid>(id => id.Value, value => new AccountId(value)),
            new ValueJson<PositionNumber, int>(number => number.Value, value => new PositionNumber(value)),
            new ValueJson<OrderNumber, int>(number => number.Value, value => new OrderNumber(value)),
        },
    };

    /// <summary>A value type written as the plain value it wraps.</summary>
    private sealed class ValueJson<T, TPlain>(Func<T, TPlain> unwrap, Func<TPlain, T> wrap) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            wrap(JsonSerializer.Deserialize<TPlain>(ref reader, options)!);

        /// <summary>By the plain type's own converter: the serializer's front door would be passed once more for each price of each event.</summary>
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            ((JsonConverter<TPlain>)options.GetConverter(typeof(TPlain))).Write(writer, unwrap(value), options);
    }
}
