using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TradeSense.Engine.Values;

namespace TradeSense.Web.Api.V2;

/// <summary>How the API writes and reads JSON. Amounts, prices and lots are written as strings of exact digits and read from strings or numbers alike, digit by digit.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Answers { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new ExactText() },
    };

    /// <summary>Nothing is guessed: an unknown or doubled name, another case, a comment or a comma too many is told.</summary>
    public static JsonSerializerOptions Requests { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        Converters = { new StrictInstant() },
    };

    private sealed class ExactText : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Answers are written only.");

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(PlainDecimal.Text(value));
    }

    /// <summary>An instant with its offset; one without could mean any zone.</summary>
    private sealed class StrictInstant : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String || !Has(reader.GetString()!) || !reader.TryGetDateTimeOffset(out var at)) throw new JsonException();
            return at.ToUniversalTime();
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        private static bool Has(string text) => text.Length >= 20 && (text[^1] == 'Z' || text[^6] is '+' or '-');
    }
}

/// <summary>A size or price as its sender wrote it, in a string or as a number: what is wrong with it is told by the desk, in its place among the reasons.</summary>
internal sealed class AsWritten : JsonConverter<string>
{
    private const int Longest = 512;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        // Longer than any number that could be meant: cut, it is refused all the same.
        JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, Longest)]),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
