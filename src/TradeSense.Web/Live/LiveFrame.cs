using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace TradeSense.Web.Live;

/// <summary>One message of a live stream: the partials that changed since the message before. A stream has one, filled again for each message.</summary>
public sealed class LiveFrame
{
    private readonly PartialRenderer _renderer;
    private readonly Dictionary<string, UInt128> _sent = [];
    private List<ReadOnlyMemory<byte>>? _parts;
    private StringBuilder? _told;
    private ReadOnlyMemory<byte> _shared;

    internal LiveFrame(PartialRenderer renderer) => _renderer = renderer;

    internal bool IsEmpty => _shared.IsEmpty && _parts is null && _told is null;

    /// <summary>What is shared first, then named events, then the markup as one unnamed message: all as they go over the line.</summary>
    internal ValueTask<FlushResult> WriteTo(PipeWriter writer, CancellationToken ct)
    {
        writer.Write(_shared.Span);
        // Encoded first, then copied: the server's writer gives less room than it is asked for where a chunk's own frame has to fit in.
        if (_told is not null) writer.Write(Encoding.UTF8.GetBytes(_told.ToString()));
        if (_parts is not null)
        {
            foreach (var part in _parts) writer.Write(part.Span);
            writer.Write("\n"u8);
        }

        (_parts, _told, _shared) = (null, null, default);
        return writer.FlushAsync(ct);
    }

    /// <summary>An event made once for all streams, as it goes over the line.</summary>
    public void Share(ReadOnlyMemory<byte> lines) => _shared = lines;

    /// <summary>Renders the page's own partial and has the browser morph the element of that id into it. Nothing is sent when it looks as it did.</summary>
    /// <param name="elementId">The id of the partial's root element, without #.</param>
    /// <param name="sharedBy">Names what the partial is about, where its model is a plain value and others may watch the same: it is rendered once for all of them.</param>
    public async Task Add(string elementId, string partial, object model, Guid? sharedBy = null)
    {
        var part = sharedBy is { } about ? await _renderer.RenderOnce(partial, about, model) : new LivePart(await _renderer.Render(partial, model));
        if (_sent.TryGetValue(elementId, out var before) && before == part.Mark) return;

        _sent[elementId] = part.Mark;
        (_parts ??= []).Add(part.LinesFor(elementId));
    }

    /// <summary>A named event with data for the page's own script: it becomes a DOM event of that name on the stream's element.</summary>
    /// <param name="id">Given back as <c>Last-Event-ID</c> when the browser connects again; null for what is worth nothing later.</param>
    public void Tell(string name, string data, string? id = null) =>
        (_told ??= new StringBuilder()).Append("event: ").Append(name).Append('\n').Append(id is null ? "" : $"id: {id}\n").Append(AsData(data));

    /// <summary>Every line becomes a data line; a line break of any kind must not end the message early.</summary>
    internal static string AsData(string text) => "data: " + text.ReplaceLineEndings("\n").TrimEnd('\n').Replace("\n", "\ndata: ", StringComparison.Ordinal) + "\n\n";
}
