using Microsoft.Extensions.Caching.Memory;

namespace TradeSense.Web.Kept;

/// <summary>Pages rendered a moment ago, for who would be shown the same. Bounded: the longest unseen goes first.</summary>
public sealed class KeptPages : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    internal CutPage? Find(object key) => _kept.Get<CutPage>(key);

    internal void Keep(object key, CutPage page) =>
        _kept.Set(key, page, new MemoryCacheEntryOptions { Size = page.Size, SlidingExpiration = TimeSpan.FromMinutes(2) });

    public void Dispose() => _kept.Dispose();
}
