using System.Text.Json;
using System.Text.Json.Serialization;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Desk.Links;

/// <summary>One message of a link: a question with its id, or what belongs to the question of that id.</summary>
/// <param name="Kind">Of a question its name; of an answer what became of it.</param>
internal sealed record LinkMessage(long Id, string Kind, int Shard = 0, JsonElement? Body = null)
{
    public const string Answer = "answer";

    /// <summary>The shard is not served here; nothing was done.</summary>
    public const string Away = "away";

    /// <summary>The shard stopped on the way; what became of a command its client id will tell.</summary>
    public const string Stopped = "stopped";

    /// <summary>The question itself made the engine's process fail it; the body says why.</summary>
    public const string Failed = "failed";

    public const string FollowQuotes = "FollowQuotes";
}

/// <summary>Questions and answers as text: the product's JSON, with the kind beside whatever has several.</summary>
internal static class LinkText
{
    private static readonly Dictionary<string, Type> Questions = typeof(DeskQuestion).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(DeskQuestion))).ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Nulls are written: a picture of an account names every figure, also the one it has none of.</summary>
    public static JsonSerializerOptions Options { get; } = new(Json.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never, Converters = { new KindJson<AccountCommand>(), new KindJson<CommandOutcome>(), new KindJson<EngineEvent>(), new MoneyJson() } };

    public static byte[] Write(LinkMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, Options);

    public static LinkMessage Read(ReadOnlySpan<byte> text) => JsonSerializer.Deserialize<LinkMessage>(text, Options) ?? throw new JsonException("A message without content.");

    public static JsonElement Body(DeskQuestion question) => JsonSerializer.SerializeToElement(question, question.GetType(), Options);

    public static DeskQuestion Question(LinkMessage message) =>
        Questions.TryGetValue(message.Kind, out var type) && message.Body is { } body
            ? (DeskQuestion)body.Deserialize(type, Options)!
            : throw new JsonException($"There is no question “{message.Kind}”.");

    /// <summary>An answer in the type its question promises.</summary>
    public static JsonElement Body(DeskQuestion question, object? answer) =>
        JsonSerializer.SerializeToElement(answer, question.GetType().BaseType!.GetGenericArguments()[0], Options);

    private sealed class MoneyJson : JsonConverter<Money>
    {
        private sealed record Plain(decimal Amount, Currency Currency);

        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<Plain>(ref reader, options) is { } plain ? new Money(plain.Amount, plain.Currency) : throw new JsonException("An amount without content.");

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, new Plain(value.Amount, value.Currency), options);
    }

    /// <summary>A member of a family of records: its name and its content.</summary>
    private sealed class KindJson<T> : JsonConverter<T> where T : class
    {
        private static readonly Dictionary<string, Type> Kinds =
            typeof(T).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(T))).ToDictionary(type => type.Name, StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var kind = document.RootElement.GetProperty("kind").GetString() ?? "";
            return Kinds.TryGetValue(kind, out var type) ? (T)document.RootElement.GetProperty("body").Deserialize(type, options)! : throw new JsonException($"There is no {typeof(T).Name} “{kind}”.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", value.GetType().Name);
            writer.WritePropertyName("body");
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
            writer.WriteEndObject();
        }
    }
}
