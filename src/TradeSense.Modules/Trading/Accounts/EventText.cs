using System.Text.Json;
using TradeSense.Engine.Events;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>Engine events as the journal keeps them: the kind is the event's name in snake case, the body its JSON.</summary>
public static class EventText
{
    private static readonly Dictionary<string, Type> TypeByKind =
        typeof(EngineEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(EngineEvent))).ToDictionary(type => SnakeCase.Of(type.Name), StringComparer.Ordinal);

    private static readonly Dictionary<Type, string> KindByType = TypeByKind.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static (string Kind, string Body) Write(EngineEvent fact) =>
        (KindByType[fact.GetType()], JsonSerializer.Serialize(fact, fact.GetType(), Json.Options));

    public static EngineEvent Read(string kind, string body) =>
        (EngineEvent)(JsonSerializer.Deserialize(body, TypeByKind[kind], Json.Options) ?? throw new InvalidOperationException($"A {kind} without content."));
}
