using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk.Links;

/// <summary>Every accepted quote, to the processes that follow this one's feed. One that cannot keep up is let go: it comes again and begins with the newest.</summary>
internal sealed class QuoteFan
{
    private const int MostWaiting = 20_000;
    private ImmutableList<Channel<Quote>> _followers = [];

    public void Tell(Quote quote)
    {
        foreach (var follower in _followers)
            if (!follower.Writer.TryWrite(quote)) follower.Writer.TryComplete();
    }

    public async IAsyncEnumerable<Quote> Follow([EnumeratorCancellation] CancellationToken ct)
    {
        var follower = Channel.CreateBounded<Quote>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
        ImmutableInterlocked.Update(ref _followers, (all, one) => all.Add(one), follower);
        try
        {
            await foreach (var quote in follower.Reader.ReadAllAsync(ct)) yield return quote;
        }
        finally
        {
            ImmutableInterlocked.Update(ref _followers, (all, one) => all.Remove(one), follower);
        }
    }
}
