using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds;

/// <summary>Recordings read as one stream in time order. Rows of one instant keep their order: within a file as written, between files as the files are named.</summary>
public static class QuoteFiles
{
    /// <exception cref="QuoteFileException">A line is malformed.</exception>
    public static IEnumerable<Quote> Read(IReadOnlyList<string> files)
    {
        var readers = new List<QuoteFileReader>();
        try
        {
            foreach (var file in files) readers.Add(new QuoteFileReader(file));

            // A handful of files at most: looking at each head is quicker than keeping a heap.
            var heads = new Quote[readers.Count];
            var open = new bool[readers.Count];
            for (var i = 0; i < heads.Length; i++) open[i] = readers[i].TryRead(out heads[i]);

            while (true)
            {
                var first = -1;
                for (var i = 0; i < heads.Length; i++)
                {
                    if (open[i] && (first < 0 || heads[i].At < heads[first].At)) first = i;
                }

                if (first < 0) yield break;

                yield return heads[first];
                open[first] = readers[first].TryRead(out heads[first]);
            }
        }
        finally
        {
            foreach (var reader in readers) reader.Dispose();
        }
    }
}
