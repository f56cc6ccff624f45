using Microsoft.Extensions.Caching.Memory;

namespace TradeSense.Modules.Database;

/// <summary>
/// What pages show again and again, kept in this process with the version it was made of. Whoever asks has read that version under the tenant's wall in the same
/// transaction, so nothing is shown that may not be seen and nothing that changed since. Bounded: the longest unseen go first.
/// </summary>
public sealed class ReadModels : IDisposable
{
    private const int Most = 2000;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>The kept model of this version, else a new one.</summary>
    /// <param name="id">Unlike any other id, whatever the tenant.</param>
    public async Task<T> Get<T>(Guid id, string version, Func<Task<T>> read) where T : class
    {
        if (_kept.TryGetValue((typeof(T), id), out var found) && found is Kept<T> kept && kept.Version == version) return kept.Model;

        var model = await read();
        _kept.Set((typeof(T), id), new Kept<T>(version, model), new MemoryCacheEntryOptions { Size = 1 });
        return model;
    }

    public void Dispose() => _kept.Dispose();

    private sealed record Kept<T>(string Version, T Model);
}
