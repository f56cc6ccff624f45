using System.Collections.Concurrent;

namespace TradeSense.Web.Live;

/// <summary>The last markup of parts that several streams watch: who comes second with an equal model need not render it.</summary>
public sealed class SharedPartials
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<Key, (object Model, string Html)> _last = new();

    internal readonly record struct Key(Guid Tenant, string Culture, string Zone, string Partial, Guid About);

    internal string? Find(Key key, object model) => _last.TryGetValue(key, out var last) && last.Model.Equals(model) ? last.Html : null;

    internal void Keep(Key key, object model, string html)
    {
        if (_last.Count >= Most) _last.Clear();
        _last[key] = (model, html);
    }
}
