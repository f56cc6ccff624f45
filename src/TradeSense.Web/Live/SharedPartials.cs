using System.Collections.Concurrent;

namespace TradeSense.Web.Live;

/// <summary>The last markup of parts that several responses show: who comes second with an equal model need not render it.</summary>
public sealed class SharedPartials
{
    /// <summary>Where more are watched than this, few watch the same at the same instant, and keeping would cost more than it spares.</summary>
    private const int Most = 2_000;

    private readonly ConcurrentDictionary<Key, (object Model, LivePart Part)> _last = new();

    internal readonly record struct Key(Guid Tenant, string Culture, string Zone, string Partial, Guid About);

    internal LivePart? Find(Key key, object model) => _last.TryGetValue(key, out var last) && last.Model.Equals(model) ? last.Part : null;

    internal LivePart Keep(Key key, object model, LivePart part)
    {
        if (_last.Count >= Most) _last.Clear();
        _last[key] = (model, part);
        return part;
    }
}
